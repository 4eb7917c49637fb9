import { maskUnread } from './figures/mask.ts';
import { relateItems } from './figures/relate.ts';
import { type Item, scanItems } from './figures/scan.ts';
import { type Token, tokenize } from './figures/tokens.ts';
import type { DateMention, Figure } from './figures/types.ts';
import { type Visible, visibleText } from './figures/visible.ts';

export type { CalendarDay, ClockReading, DateMention, DurationReading, Figure } from './figures/types.ts';

/**
 * Every duration and clock time in prose (Markdown or Slack's mrkdwn), in order of appearance, by TIME's
 * "Figures in prose". Never throws; cost is linear in the length, which the caller limits.
 */
export function findFigures(text: string): Figure[] {
  return readProse(text).figures;
}

/** Every calendar date in prose, in order of appearance; `clock` is true where a clock time carries it. */
export function findDates(text: string): DateMention[] {
  return readProse(text).dates;
}

function readProse(text: string): { figures: Figure[]; dates: DateMention[] } {
  const visible = visibleText(text);
  const tokens = tokenize(maskUnread(visible.text));
  const items = scanItems(tokens);
  relateItems(tokens, items);
  const figures: Figure[] = [];
  const dates: DateMention[] = [];
  for (const item of items) {
    const place = placeOf(visible, tokens, item);
    if (item.kind === 'date') {
      const mentions = item.date.weak
        ? []
        : item.date.days.map((day) => ({ ...place, dates: day, clock: item.taken }));
      dates.push(...mentions);
    } else if (item.kind === 'clock') figures.push({ ...place, ...clockFigure(item) });
    else if (item.counts) figures.push({ ...place, duration: durationOf(item), clock: null });
  }
  return { figures, dates };
}

/** A zone beside it, its own or that of its range, leaves the clock time alone. */
function clockFigure({
  clock: { clock, duration },
}: Item & { kind: 'clock' }): Pick<Figure, 'clock' | 'duration'> {
  return { clock, duration: clock?.zones ? null : duration };
}

function durationOf({
  duration: { seconds, upTo, precision, bound },
}: Item & { kind: 'duration' }): Figure['duration'] {
  return { seconds, upTo, precision, bound };
}

function placeOf(
  visible: Visible,
  tokens: readonly Token[],
  { start, end }: Item,
): { text: string; index: number } {
  return visible.original(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0);
}
