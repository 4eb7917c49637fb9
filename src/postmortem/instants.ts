import { MINUTE, SECOND } from '../time/duration.ts';
import type { Instant } from '../time/types.ts';
import type { Facts, Moment } from './types.ts';

/** What figures in prose are compared with: sorted, in whole seconds since 1970. */
export interface Instants {
  /** Cut to the minute, as everything printed is. */
  minutes: number[];
  /** Cut to the second. */
  seconds: number[];
  /** The total of several windows in seconds, cut either way: a length that no two instants need to show. */
  totals: { minutes: number; seconds: number } | null;
}

/**
 * The instants of all lines and of every window's ends. An end that a line proves is that line's instant, not a
 * second one; an open window has no end.
 */
export function instantsOf(facts: Facts): Instants {
  const lines = new Set(facts.lines.map(({ entry }) => entry.number));
  const ends = facts.impact.windows
    .flatMap(({ from, to }) => [from, to])
    .filter((end): end is Moment => end !== null)
    .filter(({ entryNumber }) => entryNumber === null || !lines.has(entryNumber));
  const all = [...facts.lines.map(({ entry }) => entry.occurredAt), ...ends.map(({ at }) => at)].sort(
    (a, b) => a - b,
  );
  return {
    minutes: all.map((at) => cut(at, MINUTE)),
    seconds: all.map((at) => cut(at, SECOND)),
    totals: totalsOf(facts),
  };
}

/** Whether some two instants lie from `low` to `high` apart. One pass: both ends only ever move forward. */
export function somePairApart(sorted: readonly number[], low: number, high: number): boolean {
  let later = 0;
  for (let earlier = 0; earlier < sorted.length; earlier += 1) {
    later = Math.max(later, earlier + 1);
    const from = sorted[earlier] ?? 0;
    while (later < sorted.length && (sorted[later] ?? 0) - from < low) later += 1;
    if (later === sorted.length) return false;
    if ((sorted[later] ?? 0) - from <= high) return true;
  }
  return false;
}

function totalsOf({ impact }: Facts): Instants['totals'] {
  if (impact.open || impact.windows.length < 2) return null;
  return { minutes: unionLength(impact.windows, MINUTE), seconds: unionLength(impact.windows, SECOND) };
}

function unionLength(windows: Facts['impact']['windows'], unit: number): number {
  let length = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to } of windows) {
    const start = Math.max(cut(from.at, unit), covered);
    const end = to ? cut(to.at, unit) : start;
    length += Math.max(0, end - start);
    covered = Math.max(covered, end);
  }
  return length;
}

function cut(instant: Instant, unit: number): number {
  return (Math.floor(instant / unit) * unit) / SECOND;
}
