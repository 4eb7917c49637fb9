import type { Button, ModalView } from '@slack/types';
import type { Incident } from '../../incident/types.ts';
import type { Postmortem } from '../../postmortem/postmortem.ts';
import { latestRound, type ReviewRequest, standingOf } from '../../postmortem/review.ts';
import type { Instant } from '../../time/types.ts';
import { MOST_REVIEWERS } from '../../usecases/reviewers.ts';
import { LONGEST_COMMENT, type SentToReview } from '../../usecases/sendToReview.ts';
import type { LeftOut } from '../../usecases/types.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { clip, quote, safe } from '../mrkdwn.ts';
import { button, buttons, type Message, message, section } from './blocks.ts';
import { draftLines } from './draft.ts';
import { modal, textInput, words } from './inputs.ts';
import { timeForAll } from './words.ts';

/** Slack's input ends at 3,000 characters, and so does a section, which says more than the comment. */
const SHOWN_COMMENT = 1500;

export interface ReviewShown {
  postmortem: Postmortem;
  request: ReviewRequest;
  /** The reviewer's own link; null: they may not see the incident any more, and learn no more of it. */
  url: string | null;
}

/** A reviewer's direct message, whole from its state: what is asked, or what became of it. */
export function reviewMessage({ postmortem, request, url }: ReviewShown): Message {
  const { incident } = postmortem.record;
  const name = `the postmortem of INC-${incident.number}`;
  const over = overText(request);
  if (url === null) return message(`:lock: ${over ?? 'This request is over.'}`);
  const { checks } = postmortem;
  const text = [
    `:eyes: <@${request.askedBy}> asks you to review *${name}*: ${clip(safe(incident.title), 300)}`,
    ...(request.message ? [quote(request.message, 800)] : []),
    ...draftLines(postmortem),
    `<${url}|Read it> · ${checks.length} ${checks.length === 1 ? 'check' : 'checks'} to look at`,
  ].join('\n');
  const end = over === null ? buttons(answerButtons(request.id)) : [section(over)];
  return { ...message(text, ...end), text: `Please review ${name}: ${clip(safe(incident.title), 300)}` };
}

const answerButtons = (requestId: string): Button[] => [
  button(ACTIONS.reviewApprove, 'Approve', requestId, 'primary'),
  button(ACTIONS.reviewChanges, 'Ask for changes', requestId),
];

/** What became of a request; null while it waits. */
function overText({ answer, ended }: ReviewRequest): string | null {
  if (answer?.kind === 'approved') return `:white_check_mark: You approved it, ${timeForAll(answer.at)}.`;
  if (answer)
    return `:pencil2: You asked for changes, ${timeForAll(answer.at)}:\n${quote(answer.comment, SHOWN_COMMENT)}`;
  return ended && `${endedText(ended)} There is nothing left to answer here.`;
}

/** Why a request is over that nobody answered, who ended it and when. */
export function endedText({ why, by, at }: { why: string; by: string; at: Instant }): string {
  const who = `<@${by}>`;
  const when = timeForAll(at);
  switch (why) {
    case 'changes':
      return `${who} asked for changes, ${when}, so the postmortem is a draft again.`;
    case 'published':
      return `${who} published the postmortem, ${when}.`;
    case 'draft':
      return `${who} made the postmortem a draft again, ${when}.`;
    case 'unreachable':
      return `You could not be asked to review this, ${when}.`;
    default:
      return `The incident was ${why} by ${who}, ${when}, and its postmortem is a draft again.`;
  }
}

/** Reminds of a draft that rests: a reviewer of their answer (`request`), or the lead. */
export function restMessage({
  incident,
  postmortemId,
  state,
  request,
  url,
  last,
}: {
  incident: Incident;
  postmortemId: string;
  state: 'draft' | 'in_review' | 'published';
  request: ReviewRequest | null;
  url: string;
  last: boolean;
}): Message {
  const name = `the postmortem of *INC-${incident.number}*, ${clip(safe(incident.title), 300)}`;
  const what = request
    ? `<@${request.askedBy}> waits for your review of ${name}. They asked ${timeForAll(request.askedAt)}.`
    : `Nobody has touched ${name} for a while. ${state === 'draft' ? 'It is still a draft.' : 'It is in review, and waits for nobody’s answer.'}`;
  const next = state === 'draft' ? 'Send to review' : 'Publish';
  const to = state === 'draft' ? 'in_review' : 'published';
  const steps = [
    button(ACTIONS.editDraft, 'Edit a section', postmortemId),
    button(ACTIONS.editOnPage, 'Edit on the page', postmortemId),
    button(`${ACTIONS.postmortemState}_${to}`, next, postmortemId),
  ];
  const end = last ? ['This is my last reminder until something changes.'] : [];
  return message(
    [`:hourglass: ${what}`, `<${url}|Read it>`, ...end].join('\n'),
    ...buttons(request ? answerButtons(request.id) : steps),
  );
}

/** Tells who asked, or the channel, of an answer; `toAsker`: with what they may do next. */
export function reviewToldMessage(
  incident: Incident,
  postmortemId: string,
  reviews: readonly ReviewRequest[],
  request: ReviewRequest,
  toAsker: boolean,
): Message {
  const { answer, reviewerId } = request;
  const name = `the postmortem of *INC-${incident.number}*`;
  const who = `<@${reviewerId}>`;
  if (!answer)
    return message(
      `:no_bell: I could not ask ${who} to review ${name}: Slack took no message for them, or they may not see the incident. Ask somebody else: \`/incident INC-${incident.number} review @user\`.`,
    );
  if (answer.kind === 'changes')
    return message(
      `:pencil2: ${who} asks for changes to ${name}, which is a draft again:\n${quote(answer.comment, SHOWN_COMMENT)}`,
      ...buttons(
        toAsker
          ? [
              button(ACTIONS.editDraft, 'Edit a section', postmortemId),
              button(ACTIONS.editOnPage, 'Edit on the page', postmortemId),
              button(`${ACTIONS.postmortemState}_in_review`, 'Send to review', postmortemId),
            ]
          : [],
      ),
    );
  const round = latestRound(reviews.filter(({ round: one }) => one <= request.round));
  const approved = round.filter((one) => one.answer?.kind === 'approved' && one.answer.at <= answer.at);
  const all = approved.length === round.length && standingOf(reviews).waiting.length === 0;
  return message(
    `:white_check_mark: ${who} approved ${name} (${approved.length} of ${round.length}).${all ? ' Everybody who was asked has approved.' : ''}`,
    ...buttons(toAsker ? [publishButton(postmortemId, all ? 'Publish' : 'Publish already')] : []),
  );
}

const publishButton = (postmortemId: string, label = 'Publish'): Button =>
  button(
    `${ACTIONS.postmortemState}_published`,
    label,
    postmortemId,
    label === 'Publish' ? 'primary' : undefined,
  );

/** Whom to ask, and what to tell them. `initial`: who is asked where nobody is picked. */
export const sendToReviewModal = (postmortemId: string, initial: readonly string[]): ModalView =>
  modal(CALLBACKS.sendToReview, 'Send to review', 'Send', postmortemId, [
    {
      type: 'input',
      block_id: 'reviewers',
      optional: true,
      label: words('Who reviews it'),
      hint: {
        type: 'plain_text',
        text: 'Each gets a direct message with buttons. Nobody: the managers of the settings, else the lead.',
      },
      element: {
        type: 'multi_users_select',
        action_id: 'reviewers',
        max_selected_items: MOST_REVIEWERS,
        placeholder: words('Nobody'),
        // Slack refuses an empty list.
        ...(initial.length > 0 && { initial_users: initial.slice(0, MOST_REVIEWERS) }),
      },
    },
    textInput({
      id: 'message',
      label: 'A word to them',
      optional: true,
      multiline: true,
      longest: LONGEST_COMMENT,
    }),
  ]);

/** What a reviewer wants changed. */
export const changesModal = (requestId: string, { number, title }: Incident): ModalView =>
  modal(CALLBACKS.reviewChanges, 'Ask for changes', 'Send', requestId, [
    section(
      `*INC-${number}* ${clip(safe(title), 300)}\nThe postmortem becomes a draft again. Who sent it and the incident’s channel hear what you write.`,
    ),
    textInput({
      id: 'comment',
      label: 'What should change',
      multiline: true,
      longest: LONGEST_COMMENT,
    }),
  ]);

/** Reply to whoever sent it: who is asked, who is left out and why, and what to do where that is nobody. */
export function sentReply({ incident, postmortemId, reviewers, leftOut, more }: SentToReview): Message {
  const asked = reviewers.map((id) => `<@${id}>`).join(', ');
  const name = `The postmortem of *INC-${incident.number}*`;
  const text =
    reviewers.length > 0
      ? `${more ? 'Asked to review as well' : `${name} is in review. Asked by direct message`}: ${asked}. I tell you what they answer.`
      : `${name} is in review, but nobody is asked: the settings name no manager whom I could ask, and there is no other lead. \`/incident INC-${incident.number} review @user\` asks somebody.`;
  return message(
    [text, ...leftOutLines(leftOut)].join('\n'),
    ...buttons(reviewers.length === 0 ? [publishButton(postmortemId)] : []),
  );
}

/** Who was not asked, and why. */
export const leftOutLines = (leftOut: readonly LeftOut[]): string[] =>
  leftOut.map(({ userId, why }) => `Left out: <@${userId}>, ${LEFT_OUT[why]}.`);

const LEFT_OUT: Record<LeftOut['why'], string> = {
  yourself: 'who cannot review what they send themselves',
  bot: 'which is an app',
  'cannot-see': 'who may not see this incident',
  outsider: 'who is a guest, of another workspace, or deactivated',
};

/** Reply to a reviewer who approved. */
export const approvedText = (number: number, approved: number, asked: number): string =>
  `You approved the postmortem of INC-${number} (${approved} of ${asked}). It is on record.`;
