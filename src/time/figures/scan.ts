import { boundOf } from './bound.ts';
import { type ClockFound, clockAt } from './clock.ts';
import { isExcluded, isRepeated } from './context.ts';
import { dateAt } from './date.ts';
import { type DurationFound, durationAt } from './duration.ts';
import { isSymbol, isWord, standsAlone, type Token } from './tokens.ts';
import type { DateFound } from './types.ts';

/** What was found from token `start` to before token `end`. */
export type Item = { start: number; end: number } & (
  | { kind: 'date'; date: DateFound; taken: boolean }
  | { kind: 'clock'; clock: ClockFound }
  | { kind: 'duration'; duration: DurationFound; counts: boolean }
);

/** More are not read: a timeline of thousands of lines has fewer. */
export const MOST_ITEMS = 10_000;

/** Finds dates, clock times and durations from left to right, each token in at most one; the first MOST_ITEMS. */
export function scanItems(tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length && items.length < MOST_ITEMS; ) {
    const item = itemAt(tokens, at, items.at(-1));
    if (item) items.push(item);
    at = item ? (item.kind === 'clock' ? item.clock.zoneEnd : item.end) : at + 1;
  }
  return items;
}

function itemAt(tokens: readonly Token[], start: number, before: Item | undefined): Item | null {
  const date = dateAt(tokens, start);
  if (date) return { kind: 'date', start, end: date.end, date, taken: false };
  const dated = before?.kind === 'date' && isDateGap(tokens, before.end, start);
  if (!dated && !standsAlone(tokens, start) && !isOtherZone(tokens, start, before)) return null;
  // `On Sep 24, 2:35 after the release` may still be a length.
  const clock = clockAt(tokens, start, dated && !isSymbol(tokens[start - 1], ','));
  if (clock?.duration && isRepeated(tokens, start)) return null;
  if (clock) return { kind: 'clock', start, end: clock.end, clock: withBound(tokens, start, clock) };
  const duration = durationAt(tokens, start);
  if (!duration) return null;
  const bound = duration.bound ?? (duration.upTo === null ? boundOf(tokens, start, duration.end) : null);
  const counts = !isExcluded(tokens, start, duration.end);
  return { kind: 'duration', start, end: duration.end, duration: { ...duration, bound }, counts };
}

/** The 19:18 of `17:18 UTC/19:18 CEST`. */
function isOtherZone(tokens: readonly Token[], start: number, before: Item | undefined): boolean {
  return before?.kind === 'clock' && before.clock.zoneEnd === start - 1 && isSymbol(tokens[start - 1], '/');
}

function withBound(tokens: readonly Token[], start: number, found: ClockFound): ClockFound {
  if (!found.duration || found.clock) return found;
  return { ...found, duration: { ...found.duration, bound: boundOf(tokens, start, found.end) } };
}

const DATE_GAP = [
  'at',
  'around',
  'about',
  'approximately',
  'roughly',
  'by',
  'from',
  'between',
  'until',
  'before',
  'after',
  'since',
  't',
  'the',
];

/** `Sep 24th, at 5:03pm`, `2025-09-24T17:03`, `24 September (17:03`. */
export function isDateGap(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from > 3) return false;
  return tokens.slice(from, to).every((token) => isWord(token, ...DATE_GAP) || isSymbol(token, ',@~:(-–—'));
}
