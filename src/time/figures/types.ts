/** A day as prose names it; what is not said is undefined. `month` counts from 1, `weekday` 0 is Sunday. */
export interface CalendarDay {
  year?: number | undefined;
  month?: number | undefined;
  day?: number | undefined;
  weekday?: number | undefined;
}

export interface DurationReading {
  /** The figure's value in seconds; of a range its lower end. */
  seconds: number;
  /** Upper end of a range in seconds, else null. */
  upTo: number | null;
  /** The smallest unit written, in seconds: 3600 for `43 hrs`, 1800 for `two and a half hours`. */
  precision: number;
  /** `over X`, `under X`; null for plain figures and `about X`. */
  bound: 'over' | 'under' | null;
}

export interface ClockReading {
  /** Hours 0–23. Several where another figure's am or pm may speak for this one (`2:05–3:30pm`). */
  hours: number[];
  minute: number;
  /** Null when not written. */
  second: number | null;
  /**
   * The readings of the zone written beside it: IANA names or fixed offsets (`UTC+02:00`), several for an
   * ambiguous abbreviation, `local` for the incident's own. Null when none is written.
   */
  zones: string[] | null;
  /** The date written beside it: any of these (`9/10` is two). Null when none is. */
  dates: CalendarDay[] | null;
}

/** A duration or clock time in prose. `H:MM` without a zone may be both. */
export interface Figure {
  /** The exact substring, number to last unit, am or pm included, zone and date not. */
  text: string;
  index: number;
  duration: DurationReading | null;
  clock: ClockReading | null;
}

/** A date in prose; `clock` tells whether a clock time beside it carries it. */
export interface DateMention {
  text: string;
  index: number;
  dates: CalendarDay[];
  clock: boolean;
}

/** A date found among tokens; `end` is the index of the token after it. */
export interface DateFound {
  /** The days named, one or a range's two; any reading of each (`9/10` has two). */
  days: CalendarDay[][];
  /** A bare weekday, a bare ordinal or slashes without a year: a date only beside a clock time. */
  weak: boolean;
  end: number;
}
