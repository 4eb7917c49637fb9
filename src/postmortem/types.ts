import type { Milestone } from '../incident/milestones.ts';
import type { Entry, Mark, Provenance } from '../incident/types.ts';
import type { Instant, Precision } from '../time/types.ts';

/** A named instant; `entryNumber` is the line that proves it (null: given by a person as an impact window). */
export interface Moment {
  at: Instant;
  label: string;
  entryNumber: number | null;
  /** As the line says; absent: exact. */
  precision?: Exclude<Precision, 'exact'>;
}

/** A figure and its two named ends. Minutes are whole, from instants cut to the minute. `to` null: still running. */
export interface Fact {
  name: string;
  label: string;
  from: Moment;
  to: Moment | null;
  minutes: number;
}

export interface TimelineLine {
  entry: Entry;
  marks: Mark[];
  /** Whole minutes since the line before, null on the first. */
  minutesSincePrevious: number | null;
}

export interface MilestoneFact {
  milestone: Milestone;
  /** What the workspace calls it. */
  label: string;
  at: Instant;
  /** Whole minutes from the impact's start, negative before it; null when there is no impact. */
  minutesFromStart: number | null;
  entryNumber: number;
  provenance: Provenance;
  precision?: Moment['precision'];
}

export interface Impact {
  start: Moment | null;
  /** Null while the impact is open. */
  end: Moment | null;
  open: boolean;
  /** Length of the windows' union (an open one runs to `now`), null when nothing is known. */
  minutes: number | null;
  windows: Fact[];
  /** The gaps between separate windows. */
  relapses: Fact[];
}

/** Every figure of an incident. The only place that durations come from. */
export interface Facts {
  impact: Impact;
  /** In order of time. */
  milestones: MilestoneFact[];
  lines: TimelineLine[];
  /** Time to detect, to call, to root cause, to mitigate, to fix, to resolve: those whose ends both exist. */
  durations: Fact[];
}
