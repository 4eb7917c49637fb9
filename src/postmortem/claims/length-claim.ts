import type { Anchor } from './events.ts';

/** What a sentence says a duration to be, and how much of the sentence says so, in characters on either side. */
export type LengthClaim = {
  before: number;
  after: number;
} /** `implied`: the sentence speaks of the services' state, or does not name the start, which is the impact's. */ & (
  | { kind: 'impact'; implied: boolean }
  | { kind: 'between'; from: Anchor; to: Anchor; implied: boolean }
);
