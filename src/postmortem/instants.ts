import { MINUTE, SECOND } from '../time/duration.ts';
import type { Instant } from '../time/types.ts';
import { momentsOf } from './moments.ts';
import type { Facts } from './types.ts';

/** The moments of the facts in whole seconds since 1970, sorted. */
export interface Instants {
  /** Cut to the minute, as everything printed is. */
  minutes: number[];
  /** Cut to the second. */
  seconds: number[];
  /** The total of several windows in seconds, cut either way: a length that no two instants need to show. */
  totals: { minutes: number; seconds: number } | null;
}

export function instantsOf(facts: Facts): Instants {
  const all = momentsOf(facts);
  return {
    minutes: all.map(({ at }) => wholeSeconds(at, MINUTE)),
    seconds: all.map(({ at }) => wholeSeconds(at, SECOND)),
    totals: totalsOf(facts),
  };
}

/** Seconds since 1970 of an instant cut to `unit` (milliseconds). */
export function wholeSeconds(instant: Instant, unit: number): number {
  return (Math.floor(instant / unit) * unit) / SECOND;
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

/** Indices of the two instants whose distance comes nearest to `length`; null if there are no two. */
export function nearestPair(sorted: readonly number[], length: number): [number, number] | null {
  let best: [number, number] | null = null;
  let miss = Number.POSITIVE_INFINITY;
  let later = 0;
  for (let earlier = 0; earlier < sorted.length; earlier += 1) {
    later = Math.max(later, earlier + 1);
    const from = sorted[earlier] ?? 0;
    while (later < sorted.length - 1 && (sorted[later] ?? 0) - from < length) later += 1;
    for (const index of [later - 1, later]) {
      const distance = Math.abs((sorted[index] ?? Number.NaN) - from - length);
      if (index > earlier && distance < miss) {
        miss = distance;
        best = [earlier, index];
      }
    }
  }
  return best;
}

function totalsOf({ impact }: Facts): Instants['totals'] {
  if (impact.open || impact.windows.length < 2) return null;
  return { minutes: unionLength(impact.windows, MINUTE), seconds: unionLength(impact.windows, SECOND) };
}

function unionLength(windows: Facts['impact']['windows'], unit: number): number {
  let length = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to } of windows) {
    const start = Math.max(wholeSeconds(from.at, unit), covered);
    const end = to ? wholeSeconds(to.at, unit) : start;
    length += Math.max(0, end - start);
    covered = Math.max(covered, end);
  }
  return length;
}
