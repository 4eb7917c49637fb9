import { HOUR } from '../duration.ts';
import type { Refusal } from '../parse/form.ts';
import { inFuture } from '../refusals.ts';
import type { ChoiceReason, Instant } from '../types.ts';
import type { Readings } from '../zones.ts';
import { TOLERANCE } from './days.ts';

/** What a typed time is in one zone. */
export type Outcome =
  | { kind: 'one'; instant: Instant; notes: string[] }
  | { kind: 'choice'; reason: ChoiceReason; instants: Instant[]; anotherTime: boolean }
  | Refusal;

// TIME: a time without a date that is older than this is asked about.
const OLD = 12 * HOUR;

export function one(instant: Instant, ...notes: string[]): Outcome {
  return { kind: 'one', instant, notes };
}

/** A choice that is left with one reading also offers to type another time. */
export function choice(reason: ChoiceReason, instants: Instant[], anotherTime = false): Outcome {
  return { kind: 'choice', reason, instants, anotherTime: anotherTime || instants.length < 2 };
}

export function notAfter(now: Instant, instants: Instant[]): Instant[] {
  return instants.filter((instant) => instant <= now + TOLERANCE);
}

export function isOld(now: Instant, instant: Instant): boolean {
  return now - instant > OLD;
}

/** A dated time: what occurs once is meant, what occurs twice or never is asked, what is to come is refused. */
export function outcomeOfDated({ instants, skipped }: Readings, now: Instant, typed: string): Outcome {
  const past = notAfter(now, instants);
  const [first] = past;
  if (first === undefined) return inFuture(typed);
  if (skipped) return choice(skipped, past);
  return instants.length > 1 ? choice('twice', past) : one(first);
}
