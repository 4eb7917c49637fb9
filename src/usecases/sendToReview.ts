import type { Incident } from '../incident/types.ts';
import { latestRound, roundOf } from '../postmortem/review.ts';
import { keepChanged, lockPostmortem } from './drafts.ts';
import { Refusal } from './refusal.ts';
import { chooseReviewers, type Reviewers } from './reviewers.ts';
import type { Scope } from './scope.ts';
import { textFor } from './texts.ts';
import type { LeftOut, StoredPostmortem } from './types.ts';

/** Longest word to the reviewers, and from them. */
export const LONGEST_COMMENT = 3000;

export interface SentToReview extends Reviewers {
  incident: Incident;
  postmortemId: string;
  /** The review was under way: these are asked beside the others. */
  more: boolean;
}

/**
 * Sends a draft to review: each reviewer is asked by direct message, by a request of their own. Sent while it is in
 * review, it asks further people in the same round. Nobody picked: see `chooseReviewers`.
 */
export async function sendToReview(
  scope: Scope,
  input: { postmortemId: string; reviewers: readonly string[]; message: string },
): Promise<SentToReview> {
  const { tx, now, who } = scope;
  const source = await lockPostmortem(scope, input.postmortemId);
  const { incident } = source.record;
  const { reviewers, leftOut } = await newReviewers(scope, source, input.reviewers);
  const message =
    input.message.trim() && textFor('message', input.message, 'Is the impact right?', LONGEST_COMMENT);
  const more = source.state === 'in_review';
  const round = roundOf(source.reviews) + (more ? 0 : 1);
  // The version that this very step makes.
  const asked = { round, askedBy: who.userId, askedAt: now, message, version: source.version + 1 };
  for (const reviewerId of reviewers) {
    const requestId = await tx.askReview(source.id, { ...asked, reviewerId });
    await scope.send(incident.id, { kind: 'review', requestId });
  }
  await tx.setPostmortemState(source.id, 'in_review');
  await tx.addActivity(incident.id, who.userId, now, activityText(reviewers, leftOut), 'postmortem');
  await keepChanged(scope, source.id, more ? 'more reviewers' : 'in review');
  return { incident, postmortemId: source.id, reviewers, leftOut, more };
}

async function newReviewers(
  scope: Scope,
  { state, reviews, record }: StoredPostmortem,
  picked: readonly string[],
): Promise<Reviewers> {
  if (state === 'published') throw new Refusal({ code: 'already', what: 'The postmortem is published' });
  if (state === 'in_review' && picked.length === 0)
    throw new Refusal({ code: 'already', what: 'The postmortem is in review' });
  const chosen = await chooseReviewers(scope, record.incident, picked);
  if (picked.length > 0 && chosen.reviewers.length === 0)
    throw new Refusal({ code: 'no-reviewer', leftOut: chosen.leftOut });
  const there = state === 'in_review' ? latestRound(reviews).map(({ reviewerId }) => reviewerId) : [];
  const reviewers = chosen.reviewers.filter((one) => !there.includes(one));
  if (state === 'in_review' && reviewers.length === 0)
    throw new Refusal({ code: 'already', what: 'They are asked to review it' });
  return { ...chosen, reviewers };
}

function activityText(reviewers: readonly string[], leftOut: readonly LeftOut[]): string {
  const named = (ids: readonly string[]) => ids.map((id) => `<@${id}>`).join(', ');
  const asked = reviewers.length === 0 ? 'nobody asked' : `asked: ${named(reviewers)}`;
  const others = leftOut.map(({ userId, why }) => `<@${userId}> ${LEFT_OUT_SAID[why]}`);
  return `Sent to review, ${asked}${others.length > 0 ? `; left out: ${others.join(', ')}` : ''}`;
}

export const LEFT_OUT_SAID: Record<LeftOut['why'], string> = {
  yourself: '(who sent it)',
  bot: '(an app)',
  'cannot-see': '(may not see this incident)',
  outsider: '(a guest, of another workspace, or deactivated)',
};
