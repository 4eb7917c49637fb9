import type { Status } from '../incident/types.ts';
import type { ReviewAnswer, ReviewEnd } from '../postmortem/review.ts';
import type { Instant } from '../time/types.ts';
import type { LeftOut, NudgeAnswer } from './types.ts';

/** Why a use case did nothing. One sentence is made of it at the edge; what was typed is repeated there. */
export type Reason =
  | { code: 'no-incident-here' }
  | { code: 'no-such-incident'; number: number }
  | { code: 'no-such-entry'; number: number }
  | { code: 'no-such-action'; number: number }
  | { code: 'no-channel'; number: number }
  | { code: 'empty'; what: string; example: string }
  | { code: 'too-long'; what: string; longest: number; length: number }
  | { code: 'too-many'; what: string; most: number; count: number }
  /** Markdown that would take too long to read, from that line on. */
  | { code: 'tangled'; line: number }
  /** The words that a fix would replace are not in the text as they were read. */
  | { code: 'not-there'; words: string }
  | { code: 'time'; message: string }
  /** No web address, or one that holds a user name or password. */
  | { code: 'address'; why: 'no-address' | 'password' }
  | { code: 'no-zone' }
  | { code: 'already'; what: string }
  /** Somebody else was faster. `what` says what they did. */
  | { code: 'overtaken'; what: string; by: string; at: Instant }
  | { code: 'closed'; number: number; status: Status; change?: { by: string; at: Instant } | null }
  | { code: 'not-closed'; number: number; status: Status }
  | { code: 'merged'; number: number; into: number }
  | { code: 'cannot-merge'; number: number; into: number; why: 'same' | 'private' | 'test' | 'gone' }
  | { code: 'cannot-relate'; number: number; into: number; why: 'same' | 'private' }
  | { code: 'retracted'; number: number }
  | { code: 'answered' }
  | { code: 'not-admin'; admins: string[]; known: boolean }
  /** A guest or somebody of another workspace, and what the settings leave to them. */
  | { code: 'outsider'; may: 'nothing' | 'notes' }
  | { code: 'nudge-answered'; kind: NudgeAnswer; by: string; at: Instant }
  /** Nobody of those who were picked may be asked to review. */
  | { code: 'no-reviewer'; leftOut: LeftOut[] }
  | { code: 'review-answered'; kind: ReviewAnswer; by: string; at: Instant }
  | { code: 'review-over'; why: ReviewEnd; by: string; at: Instant }
  /** No such request any more, or its incident may not be seen any more. */
  | { code: 'review-gone' }
  | { code: 'no-draft'; number: number }
  /** Slack did not open the form that was asked for; its word why. */
  | { code: 'no-form'; slack: string }
  | { code: 'unknown'; what: string; word: string; known: string[] };

export class Refusal extends Error {
  readonly reason: Reason;
  /** What was asked for without the right to it, for the log: ids, never texts. Null: nothing of that kind. */
  readonly denied: string | null;

  constructor(reason: Reason, denied: string | null = null) {
    super(reason.code);
    this.name = 'Refusal';
    this.reason = reason;
    this.denied = denied;
  }
}
