/** Milliseconds since 1970-01-01T00:00:00Z on the UTC time line. May carry a fraction (Slack's microseconds). */
export type Instant = number;

/** How sure a person was: at that moment, near it, or at the latest then. */
export type Precision = 'exact' | 'about' | 'by';

/** One way to read a typed time. `zone` is an IANA name or a fixed offset (`UTC+02:00`) it was read in. */
export interface Reading {
  instant: Instant;
  zone: string;
  precision: Precision;
}

/** What the reader needs to know about the moment of typing. Nothing else influences it. */
export interface ReadContext {
  /** From the clock. */
  now: Instant;
  /** IANA zone of the person who types. */
  zone: string;
  retrospective: boolean;
  /** `occurredAt` of the entry before (live: the latest whose time a person gave or that was observed). */
  previous?: Instant;
  /** Looks up `#N`; undefined when there is no such entry. */
  entryAt?: (number: number) => Instant | undefined;
}

export type ChoiceReason =
  | 'skipped'
  | 'twice'
  | 'older-than-12h'
  | 'am-or-pm'
  | 'abbreviation'
  | 'skipped-day';

export type RefusalReason =
  | 'unreadable'
  | 'impossible'
  | 'future'
  | 'unknown-zone'
  | 'unknown-entry'
  | 'needs-year'
  | 'needs-date';

/** Result of reading a typed time. Whatever is not `one` must store nothing. */
export type ReadResult =
  | { kind: 'one'; reading: Reading; notes: string[] }
  /** `anotherTime`: also offer to type another one. */
  | { kind: 'choice'; reason: ChoiceReason; readings: Reading[]; anotherTime: boolean }
  /** `message`: one or two plain sentences for the person who typed. */
  | { kind: 'refusal'; reason: RefusalReason; message: string };
