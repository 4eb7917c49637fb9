import { answerReview, openReview } from '../../usecases/answerReview.ts';
import { lockPostmortem } from '../../usecases/drafts.ts';
import { forForm, recordRead } from '../../usecases/reads.ts';
import { Refusal } from '../../usecases/refusal.ts';
import { chooseReviewers } from '../../usecases/reviewers.ts';
import { sendToReview } from '../../usecases/sendToReview.ts';
import { message } from '../views/blocks.ts';
import { replyModal } from '../views/modals.ts';
import { approvedText, changesModal, sendToReviewModal, sentReply } from '../views/review.ts';
import { onPress, type Press } from './actions.ts';
import type { ListenerDeps } from './context.ts';
import { openForm } from './forms.ts';
import { onSubmit } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

/** "Send to review": asks whom, with those filled in who are asked anyway. */
export async function reviewWanted({ value, run, args }: Press): Promise<null> {
  const initial = await run(async (scope) => {
    const { state, record } = await lockPostmortem(scope, value);
    if (state === 'published') throw new Refusal({ code: 'already', what: 'The postmortem is published' });
    await recordRead(scope, record.incident, 'form');
    return state === 'in_review' ? [] : (await chooseReviewers(scope, record.incident)).reviewers;
  });
  const view = sendToReviewModal(value, initial);
  await openForm(args, view);
  return null;
}

export const reviewSent = (deps: ListenerDeps) =>
  onSubmit('reviewers', async ({ run }, args) => {
    const { body, client } = args;
    const reviewers = chosen(args, 'reviewers');
    const teamId = body.team?.id ?? body.user.team_id ?? '';
    // Whether they are guests or apps is learnt before it is decided; each answer takes a second at the most.
    await Promise.all(reviewers.map((id) => deps.people.actor(client, teamId, id)));
    const input = { postmortemId: args.view.private_metadata, reviewers, message: texts(args).message ?? '' };
    const sent = await run((scope) => sendToReview(scope, input));
    return { view: replyModal('Send to review', sentReply(sent)) };
  })(deps);

export const approvePressed = onPress(false, async ({ value, run }) => {
  const input = { requestId: value, answer: 'approved' as const, comment: '' };
  const { incident, approved, asked } = await run((scope) => answerReview(scope, input));
  return message(approvedText(incident.number, approved, asked));
});

export const changesWanted = onPress(false, async ({ value, run, args }) => {
  const { incident } = await run((scope) => forForm(scope, openReview(scope, value)));
  const view = changesModal(value, incident);
  await openForm(args, view);
  return null;
});

export const changesSubmitted = onSubmit('comment', async ({ run }, args) => {
  const requestId = args.view.private_metadata;
  const comment = texts(args).comment ?? '';
  await run((scope) => answerReview(scope, { requestId, answer: 'changes', comment }));
  return null;
});
