import { readingLabel } from '../../src/time/format.ts';
import { readTime } from '../../src/time/read.ts';
import type { ReadContext, ReadResult } from '../../src/time/types.ts';

/** A moment of typing, for tests. Times as ISO 8601. */
export interface Moment {
  now: string;
  zone?: string;
  previous?: string;
  retrospective?: boolean;
  entries?: Record<number, string>;
}

export function contextAt({
  now,
  zone = 'UTC',
  previous,
  retrospective = false,
  entries = {},
}: Moment): ReadContext {
  const entryAt = (number: number) => {
    const iso = entries[number];
    return iso === undefined ? undefined : Date.parse(iso);
  };
  const context = { now: Date.parse(now), zone, retrospective, entryAt };
  return previous === undefined ? context : { ...context, previous: Date.parse(previous) };
}

/** The result in one line: `2025-09-23 19:53 UTC`, `choice twice: …`, `refusal future`. */
export function brief(result: ReadResult | null, now = 0): string {
  if (result === null) return 'none';
  if (result.kind === 'refusal') return `refusal ${result.reason}`;
  const instants = result.kind === 'one' ? [result.reading] : result.readings;
  const times = instants.map((reading) => /\d{4}-\S+ \S+ UTC$/.exec(readingLabel(reading, now))?.[0]);
  if (result.kind === 'one') return times.join();
  return `choice ${result.reason}: ${times.join(', ')}${result.anotherTime ? ', another time' : ''}`;
}

export function reading(text: string, moment: Moment): string {
  return brief(readTime(text, contextAt(moment)));
}
