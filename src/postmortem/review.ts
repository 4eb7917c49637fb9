import type { SourceMessage } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';

export type ReviewAnswer = 'approved' | 'changes';

/** Why a request is over that its reviewer did not answer. */
export type ReviewEnd =
  | 'changes'
  | 'draft'
  | 'published'
  | 'reopened'
  | 'canceled'
  | 'merged'
  /** Slack did not take the message, or the person may not see the incident any more. */
  | 'unreachable';

/** One person asked to review a draft. */
export interface ReviewRequest {
  id: string;
  /** Counts the times that the draft was sent to review. */
  round: number;
  reviewerId: string;
  askedBy: string;
  askedAt: Instant;
  /** What the one who asked wrote; empty: nothing. */
  message: string;
  /** The draft's version that they were asked about. */
  version: number;
  /** Their direct message, once it is posted. */
  posted: SourceMessage | null;
  answer: { kind: ReviewAnswer; comment: string; at: Instant } | null;
  ended: { why: ReviewEnd; by: string; at: Instant } | null;
}

/** How far a review is: of the latest round, those who approved (the earliest first) and those who have not answered yet. */
export interface ReviewStanding {
  approved: ReviewRequest[];
  waiting: ReviewRequest[];
}

export const isWaiting = ({ answer, ended }: ReviewRequest): boolean => answer === null && ended === null;

/** Counts from 1; 0 before the draft was ever sent to review. */
export const roundOf = (requests: readonly ReviewRequest[]): number =>
  Math.max(0, ...requests.map(({ round }) => round));

/** The latest round's requests, the earliest first. One that reached nobody does not count. */
export const latestRound = (requests: readonly ReviewRequest[]): ReviewRequest[] =>
  requests.filter(({ round, ended }) => round === roundOf(requests) && ended?.why !== 'unreachable');

export function standingOf(requests: readonly ReviewRequest[]): ReviewStanding {
  const round = latestRound(requests);
  return {
    approved: round
      .filter(({ answer }) => answer?.kind === 'approved')
      .sort((a, b) => (a.answer?.at ?? 0) - (b.answer?.at ?? 0)),
    waiting: round.filter(isWaiting),
  };
}

/** What is said of publishing: ` with 1 of 2 approvals`. An earlier round's approvals were of another draft. */
export function approvalsSaid(state: string, requests: readonly ReviewRequest[]): string {
  const round = state === 'in_review' ? latestRound(requests) : [];
  if (round.length === 0) return ' without a review';
  const { length: approved } = standingOf(requests).approved;
  return ` with ${approved} of ${round.length} ${round.length === 1 ? 'approval' : 'approvals'}`;
}
