import type { Instant } from '../../src/time/types.ts';
import type { Clock } from '../../src/usecases/ports.ts';

/** A clock that stands still until it is moved. */
export interface FixedClock extends Clock {
  /** ISO 8601 with an offset. */
  set(iso: string): Instant;
  /** Moves by so many minutes and returns the new instant. */
  forward(minutes: number): Instant;
}

export function fixedClock(iso: string): FixedClock {
  let now = instantOf(iso);
  return {
    now: () => now,
    set(other) {
      now = instantOf(other);
      return now;
    },
    forward(minutes) {
      now += minutes * 60_000;
      return now;
    },
  };
}

/** Milliseconds of an ISO 8601 time with an offset. */
export function instantOf(iso: string): Instant {
  const at = Date.parse(iso);
  if (Number.isNaN(at) || !/(Z|[+-]\d\d:\d\d)$/.test(iso)) throw new Error(`No instant: ${iso}`);
  return at;
}

/** `2026-03-10T14:05:00.000Z`, so that a failed comparison can be read. */
export const iso = (at: Instant): string => new Date(at).toISOString();
