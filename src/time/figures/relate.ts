import type { ClockFound } from './clock.ts';
import { type Item, isDateGap } from './scan.ts';
import { isSymbol, isWord, type Token } from './tokens.ts';

/** Lets neighbours speak of each other: dates and zones beside clock times, am and pm across a range. */
export function relateItems(tokens: readonly Token[], items: readonly Item[]): void {
  items.forEach((item, index) => {
    const next = items[index + 1];
    if (item.kind === 'clock') zoneInFront(tokens, item, items[index - 1]);
    if (item.kind === 'date' && next?.kind === 'clock' && isDateGap(tokens, item.end, next.start)) {
      attachDate(item, next.clock);
    }
  });
  // Dates bind forward first: in `14:05, Sep 24 15:00` the date is that of 15:00.
  items.forEach((item, index) => {
    const next = items[index + 1];
    if (item.kind !== 'clock' || !next) return;
    if (
      next.kind === 'date' &&
      !next.taken &&
      // `36:49 on Sep 24` has no clock reading for a date to hold.
      item.clock.clock?.dates === null &&
      isBackGap(tokens, item.clock.zoneEnd, next.start)
    ) {
      attachDate(next, item.clock);
      item.clock.duration = null;
    }
    if (next.kind === 'clock' && isRange(tokens, item, next.start)) shareBack(item.clock, next.clock);
  });
}

function attachDate(item: Item & { kind: 'date' }, { clock }: ClockFound): void {
  if (!clock) return;
  clock.dates = item.date.days.flat();
  item.taken = true;
}

/** `17:03 on Sep 24th`, `17:03 UTC (Sep 24)`, `17:03 UTC Sep 24`. */
function isBackGap(tokens: readonly Token[], from: number, to: number): boolean {
  return (
    tokens.slice(from, to).length <= 3 &&
    tokens.slice(from, to).every((token) => isWord(token, 'on', 'the') || isSymbol(token, ',('))
  );
}

/** `14:05–15:30`, `from 14:05 to 15:30`, `between 14:05 and 15:30`. */
function isRange(tokens: readonly Token[], first: Item & { kind: 'clock' }, next: number): boolean {
  if (next !== first.end + 1) return false;
  const between = tokens[first.end];
  if (isSymbol(between, '-–—→') || isWord(between, 'to', 'until', 'till', 'through')) return true;
  return isWord(between, 'and') && isWord(tokens[first.start - 1], 'between');
}

/** In `2:05–3:30pm UTC` both are in UTC, and 2:05 may be in the afternoon. */
function shareBack(first: ClockFound, next: ClockFound): void {
  if (!first.clock || !next.clock) return;
  const [hour] = first.clock.hours;
  if (next.meridiem && !first.meridiem && hour !== undefined && hour >= 1 && hour <= 12) {
    first.clock.hours = [hour, (hour % 12) + (next.meridiem === 'pm' ? 12 : 0)];
  }
  first.clock.zones ??= next.clock.zones;
}

/** `UTC 14:05`, unless that zone stands behind another time. */
function zoneInFront(
  tokens: readonly Token[],
  item: Item & { kind: 'clock' },
  before: Item | undefined,
): void {
  const { clock } = item.clock;
  if (!clock || clock.zones || !isWord(tokens[item.start - 1], 'utc', 'gmt')) return;
  if (before?.kind !== 'clock' || before.clock.zoneEnd < item.start) clock.zones = ['UTC'];
}
