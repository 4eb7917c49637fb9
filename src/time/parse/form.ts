import type { Wall } from '../calendar.ts';
import type { Instant, Precision, ReadResult } from '../types.ts';

export type Refusal = Extract<ReadResult, { kind: 'refusal' }>;

/** A time of day as typed. */
export interface Clock {
  kind: 'clock';
  /** Milliseconds since 00:00; 24 hours for `24:00`. For a `half` clock, its reading before noon. */
  time: number;
  /** Whether am or pm is left open: `1.28`, `9` after `at`. */
  half: boolean;
  /** Typed as `1.28` or `9`, which may be a version, a ratio or a count when prose follows. */
  bare: boolean;
  midnight: boolean;
}

/** A day as typed. `day` and `month`/`dayOfMonth` are checked against the calendar already. */
export type DateForm =
  | { kind: 'day'; day: Wall }
  | { kind: 'month-day'; month: number; dayOfMonth: number }
  | { kind: 'days-from-today'; days: -1 | 0 | 1 };

/** The zones that a typed name may mean: one, or several for an abbreviation such as `IST`. */
export interface ZoneForm {
  zones: string[];
  /** Upper case, where it was an abbreviation with an offset of its own. */
  abbreviation: string | null;
}

/** What was typed, before the moment of typing and the zones' clocks are brought in. */
export type TimeForm =
  | { kind: 'now' }
  | { kind: 'ago'; span: number }
  | { kind: 'entry'; number: number; shift: number }
  | { kind: 'message'; instant: Instant }
  | { kind: 'wall'; date: DateForm | null; weekday: number | null; clock: Clock; zone: ZoneForm | null };

/**
 * `whole`: the text is a time. `leading`: prose may follow it, so doubtful words are left to the prose. `trailing`: prose
 * stands before it. In prose a bare number that cannot be a time (`1.75`, `at 90`) is no wrong time but no time.
 */
export type Mode = 'whole' | 'leading' | 'trailing';

/** A typed time, or why it is none. */
export type Typed = { form: TimeForm; precision: Precision } | { refusal: Refusal };

/** A time found in a source. `end` is the index of the atom behind it. */
export type Parsed = Typed & { end: number };

/** A part of a time: its value or why it cannot be, and the index of the atom behind it. */
export type Part<T> = { value: T; next: number } | { refusal: Refusal; next: number };

/** What a word in front says of how sure the time is; undefined for any other word. */
export function parsePrecision(word: string): Precision | undefined {
  if (/^(about|around|approximately|roughly|~)$/.test(word)) return 'about';
  return /^(by|before)$/.test(word) ? 'by' : undefined;
}
