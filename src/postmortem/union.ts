import { cutToMinute, minutesBetween } from '../time/duration.ts';
import type { Instant } from '../time/types.ts';
import type { Fact, Moment } from './types.ts';

interface Stretch {
  from: Moment;
  /** Null: still running. */
  to: Moment | null;
}

/**
 * Whole minutes covered by the windows, overlaps once, an open one up to `now`; and the gaps between
 * separate windows as relapses. Windows of no length and windows that end before they start cover nothing.
 */
export function unionOf(windows: readonly Fact[], now: Instant): { minutes: number; relapses: Fact[] } {
  const stretches: Stretch[] = [];
  const sorted = windows.filter((window) => window.minutes > 0).sort((a, b) => a.from.at - b.from.at);
  for (const { from, to } of sorted) {
    const last = stretches.at(-1);
    if (last && touches(last, from)) last.to = laterEnd(last.to, to);
    else stretches.push({ from, to });
  }
  const minutes = stretches.reduce((sum, { from, to }) => sum + minutesBetween(from.at, to?.at ?? now), 0);
  return { minutes, relapses: stretches.slice(1).flatMap((next, index) => gap(stretches[index], next)) };
}

function touches(stretch: Stretch, start: Moment): boolean {
  return stretch.to === null || cutToMinute(start.at) <= cutToMinute(stretch.to.at);
}

function laterEnd(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return null;
  return b.at > a.at ? b : a;
}

function gap(before: Stretch | undefined, next: Stretch): Fact[] {
  if (!before?.to) return [];
  const minutes = minutesBetween(before.to.at, next.from.at);
  return [{ name: 'relapse', label: 'Between impacts', from: before.to, to: next.from, minutes }];
}
