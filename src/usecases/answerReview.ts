import type { Incident } from '../incident/types.ts';
import { latestRound, type ReviewAnswer, type ReviewRequest, standingOf } from '../postmortem/review.ts';
import { keepChanged } from './drafts.ts';
import { endReview } from './endReview.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, mayHear, mustBeId, type Scope } from './scope.ts';
import { LONGEST_COMMENT } from './sendToReview.ts';
import { textFor } from './texts.ts';
import type { StoredPostmortem } from './types.ts';

export interface OpenReview {
  source: StoredPostmortem;
  incident: Incident;
  request: ReviewRequest;
}

/** The reviewer's own request while it waits for their answer, its incident locked; otherwise a refusal in words. */
export async function openReview(scope: Scope, requestId: string): Promise<OpenReview> {
  mustBeId(requestId);
  const found = await scope.tx.reviewRequest(requestId);
  const gone = (denied: string | null = null) => new Refusal({ code: 'review-gone' }, denied);
  if (!found) throw gone(`review ${requestId}, which is not there`);
  if (found.reviewerId !== scope.who.userId) throw gone(`review ${requestId}, of somebody else`);
  const incident = await incidentFor(scope, { id: found.incidentId }).catch((error: unknown) => {
    const lost = error instanceof Refusal && error.reason.code === 'no-incident-here';
    throw lost ? gone(error.denied) : error;
  });
  const source = await scope.tx.postmortem({ id: found.postmortemId });
  const request = source?.reviews.find(({ id }) => id === requestId);
  if (!source || !request) throw gone();
  const { answer, ended } = request;
  if (answer)
    throw new Refusal({ code: 'review-answered', kind: answer.kind, at: answer.at, by: request.reviewerId });
  if (ended) throw new Refusal({ code: 'review-over', ...ended });
  return { source, incident, request };
}

export interface ReviewAnswered {
  incident: Incident;
  postmortemId: string;
  approved: number;
  asked: number;
}

/**
 * Keeps a reviewer's answer, and tells who asked and the channel. Changes asked for take the draft back and end the
 * requests of the others; of two who press at once one wins, and the other is told.
 */
export async function answerReview(
  scope: Scope,
  input: { requestId: string; answer: ReviewAnswer; comment: string },
): Promise<ReviewAnswered> {
  const { tx, now, who } = scope;
  const { source, incident, request } = await openReview(scope, input.requestId);
  const changes = input.answer === 'changes';
  const comment = changes
    ? textFor('comment', input.comment, 'The impact began earlier', LONGEST_COMMENT)
    : '';
  if (!(await tx.answerReview(request.id, input.answer, comment, now)))
    throw new Error('the lock was not held');
  await scope.send(incident.id, { kind: 'review', requestId: request.id });
  const approved = standingOf(source.reviews).approved.length + (changes ? 0 : 1);
  const asked = latestRound(source.reviews).length;
  const words = changes
    ? 'Changes to the postmortem asked for'
    : `The postmortem is approved (${approved} of ${asked})`;
  if (changes) {
    await tx.setPostmortemState(source.id, 'draft');
    const others = source.reviews.filter(({ id }) => id !== request.id);
    await endReview(scope, { ...source, reviews: others }, 'changes');
  }
  await tx.addActivity(incident.id, who.userId, now, words, 'postmortem');
  await tellAnswer(scope, incident, request);
  await keepChanged(scope, source.id, changes ? 'changes asked for' : 'approved');
  return { incident, postmortemId: source.id, approved, asked };
}

/** Slack took no message for the reviewer, or they may not see the incident any more: who asked hears it. */
export async function reviewerUnreachable(scope: Scope, requestId: string): Promise<void> {
  const found = await scope.tx.reviewRequest(requestId);
  if (!found) return;
  const incident = await incidentFor(scope, { id: found.incidentId });
  if (!(await scope.tx.endReview(requestId, 'unreachable', scope.who.userId, scope.now))) return;
  const words = `<@${found.reviewerId}> could not be asked to review`;
  await scope.tx.addActivity(incident.id, scope.who.userId, scope.now, words, 'postmortem');
  await tellAnswer(scope, incident, found, { channel: false });
}

async function tellAnswer(
  scope: Scope,
  incident: Incident,
  { id: requestId, askedBy }: ReviewRequest,
  { channel = true } = {},
): Promise<void> {
  if (await mayHear(scope.tx, incident, askedBy))
    await scope.send(incident.id, { kind: 'review-told', requestId, to: askedBy });
  if (channel && incident.channelId)
    await scope.send(incident.id, { kind: 'review-told', requestId, to: incident.channelId });
}
