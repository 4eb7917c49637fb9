import { inSentence } from '../../incident/milestones.ts';
import { formatMinutes } from '../../time/duration.ts';
import { formatUtc } from '../../time/format.ts';
import type { Instant } from '../../time/types.ts';
import type { Facts, Moment, TimelineLine } from '../types.ts';

/** Longest piece of somebody's text in a message. */
const QUOTE_LIMIT = 60;

/** `impact started (2025-09-23 17:18 UTC, #1)`. */
export function momentWords({ at, label, entryNumber }: Moment): string {
  const line = entryNumber === null ? '' : `, #${entryNumber}`;
  return `${inSentence(label)} (${formatUtc(at, { seconds: 'nonzero' })}${line})`;
}

/** `38 h 49 min, from detected (…) to fix released (…)`. */
export function spanWords(minutes: number, from: Moment, to: Moment): string {
  return `${formatMinutes(minutes)}, from ${momentWords(from)} to ${momentWords(to)}`;
}

/** A line as one end of a span: named by its milestone where it has one. */
export function lineMoment(facts: Facts, { entry }: TimelineLine): Moment {
  const end = [
    facts.impact.start,
    facts.impact.end,
    ...facts.durations.flatMap(({ from, to }) => [from, to]),
  ].find((moment) => moment?.entryNumber === entry.number);
  return end ?? { at: entry.occurredAt, label: `line #${entry.number}`, entryNumber: entry.number };
}

/** Somebody's words in quotation marks, on one line, cut when long. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > QUOTE_LIMIT ? `${line.slice(0, QUOTE_LIMIT - 1).trimEnd()}…` : line}”`;
}

/** `1 line`, `3 lines`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The line numbers that a moment has: none or one. */
export function numbersOf(...moments: (Moment | null | undefined)[]): number[] {
  const numbers = moments.map((moment) => moment?.entryNumber ?? null).filter((number) => number !== null);
  return [...new Set(numbers)];
}

/** `2025-09-23 17:18 UTC`, with seconds where there are any. */
export function timeWords(at: Instant): string {
  return formatUtc(at, { seconds: 'nonzero' });
}
