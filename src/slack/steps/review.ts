import { buildPostmortem } from '../../postmortem/postmortem.ts';
import { isWaiting } from '../../postmortem/review.ts';
import { reviewerUnreachable } from '../../usecases/answerReview.ts';
import { barred } from '../../usecases/reviewers.ts';
import { act } from '../../usecases/scope.ts';
import { conversationWith, postOnce } from '../post.ts';
import { allowing, unlessRefused } from '../slackErrors.ts';
import { restMessage, reviewMessage, reviewToldMessage } from '../views/review.ts';
import { postOrSay } from './refused.ts';
import { hears, itself, NOT_TOLD, reading, type Step, type StepDeps, type StepHandler } from './types.ts';

interface Which {
  incidentId: string;
  delivery: { requestId: string };
}

async function reviewState(deps: StepDeps, { incidentId, delivery }: Which) {
  return reading(deps, async (tx) => {
    const source = await tx.postmortem({ incidentId });
    const request = source?.reviews.find(({ id }) => id === delivery.requestId);
    if (!source || !request) throw new Error('the request is gone');
    const { incident } = source.record;
    return { source, incident, request, barred: await barred({ tx }, incident, request.reviewerId) };
  });
}

/**
 * Asks a reviewer by direct message, or renders it anew. Where Slack takes none, or they may not see the incident any
 * more, the request ends, and who asked is told.
 */
export const showReview: StepHandler<'review'> = async (deps, step) => {
  const known = await reviewState(deps, step);
  const { incident, request } = known;
  const waits = isWaiting(request);
  const toAsk = waits && !request.posted;
  // Whether it is an app's user or a guest's, Slack knows.
  if (toAsk) await deps.people.actor(deps.client, incident.teamId, request.reviewerId);
  const state = toAsk ? await reviewState(deps, step) : known;
  const url = state.barred === null ? deps.personalUrl(state.source.id, request.reviewerId) : null;
  const postmortem = buildPostmortem(state.source, deps.clock.now());
  const view = reviewMessage({ postmortem, request, url });
  if (request.posted) {
    const { channelId: channel, ts } = request.posted;
    const update = step.write(() => deps.client.chat.update({ channel, ts, ...view }));
    return { code: await allowing(['message_not_found'], update) };
  }
  if (!waits) return { skipped: 'over' };
  const posted = url === null ? null : await unlessRefused(post(deps, step, request.reviewerId, view), null);
  if (posted) {
    await deps.store.transaction((tx) => tx.reviewPosted(request.id, posted));
    return { ts: posted.ts };
  }
  await act(deps.runner, { who: itself(incident.teamId) }, (scope) => reviewerUnreachable(scope, request.id));
  return { skipped: state.barred ?? 'Slack refused' };
};

async function post(
  deps: StepDeps,
  step: Step<'review'>,
  userId: string,
  view: ReturnType<typeof reviewMessage>,
) {
  const channelId = await conversationWith(deps.client, userId);
  return { channelId, ts: await postOnce(deps, step, channelId, view) };
}

/** Reminds of a draft that nobody touches, unless it was answered or published meanwhile. */
export const remindOfDraft: StepHandler<'draft-rests'> = async (deps, step) => {
  const { to, requestId, last } = step.delivery;
  const source = await reading(deps, (tx) => tx.postmortem({ incidentId: step.incidentId }));
  if (!source || source.state === 'published') return { skipped: 'published' };
  const request = source.reviews.find(({ id }) => id === requestId) ?? null;
  if (request && !isWaiting(request)) return { skipped: 'answered' };
  if (!(await hears(deps, source.record.incident, to))) return NOT_TOLD;
  const url = deps.personalUrl(source.id, to);
  const { id: postmortemId, state, record } = source;
  const { incident } = record;
  const view = restMessage({ incident, postmortemId, state, request, url, last });
  const what = 'the reminder that the postmortem waits for them';
  return postOrSay(deps, step, { incident, to, what }, view);
};

/** Tells who asked, or the channel, what became of a request. */
export const tellReview: StepHandler<'review-told'> = async (deps, step) => {
  const { source, incident, request } = await reviewState(deps, step);
  const { to } = step.delivery;
  if (!(await hears(deps, incident, to))) return NOT_TOLD;
  const view = reviewToldMessage(incident, source.id, source.reviews, request, to !== incident.channelId);
  const what = 'word of what became of the review that they asked for';
  return postOrSay(deps, step, { incident, to, what }, view);
};
