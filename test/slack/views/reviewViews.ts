import type { ReviewEnd, ReviewRequest } from '../../../src/postmortem/review.ts';
import { plain } from '../../../src/slack/mrkdwn.ts';
import * as blocks from '../../../src/slack/views/blocks.ts';
import * as review from '../../../src/slack/views/review.ts';
import type { LeftOut } from '../../../src/usecases/types.ts';
import { type Case, postmortem as postmortemOf, type Shown } from './everyView.ts';
import { NOW, type World } from './worlds.ts';

const [ANA, BEN, CLEO] = ['U0123456789', 'U1123456789', 'U2123456789'];
const ID = '5f0c2a3e-7f0b-4f4e-9a53-0d1a51a3c0de';
const URL = `https://debrief.example.com/postmortems/5f0c2a3e?sig=${'a'.repeat(64)}&v=1`;
const ENDS: ReviewEnd[] = ['changes', 'draft', 'published', 'reopened', 'canceled', 'merged', 'unreachable'];
const LEFT_OUT: LeftOut[] = (['yourself', 'bot', 'cannot-see', 'outsider'] as const).map((why) => ({
  userId: CLEO,
  why,
}));

const message = (one: blocks.Message): Shown => ({ message: one });
const shown = (text: string): Shown => message(blocks.message(text));

const typed = (text: string): string => text.slice(0, 3000) || 'The impact began earlier.';

const request = (text: string, over: Partial<ReviewRequest> = {}): ReviewRequest => ({
  id: ID,
  round: 1,
  reviewerId: BEN,
  askedBy: ANA,
  askedAt: NOW,
  message: text.slice(0, 3000),
  version: 3,
  posted: null,
  answer: null,
  ended: null,
  ...over,
});

const states = (text: string): ReviewRequest[] => [
  request(text),
  request('', { answer: { kind: 'approved', comment: '', at: NOW } }),
  request(text, { answer: { kind: 'changes', comment: typed(text), at: NOW } }),
  ...ENDS.map((why) => request(text, { ended: { why, by: ANA, at: NOW } })),
];

const sent = ({ record }: World) => ({
  incident: record.incident,
  postmortemId: ID,
  reviewers: [BEN, CLEO],
  leftOut: LEFT_OUT,
  more: false,
});

/** What people see of a review. */
export const REVIEW_VIEWS: Record<string, Case> = {
  reviewMessage: (world) => {
    const { text } = world;
    const postmortem = postmortemOf(world);
    return [
      ...states(text).map((one) => message(review.reviewMessage({ postmortem, request: one, url: URL }))),
      message(review.reviewMessage({ postmortem, request: request(text), url: null })),
    ];
  },
  restMessage: ({ record, text }) =>
    [null, request(text)].flatMap((one) =>
      (['draft', 'in_review'] as const).map((state) =>
        message(
          review.restMessage({
            incident: record.incident,
            postmortemId: ID,
            state,
            request: one,
            url: URL,
            last: state === 'in_review',
          }),
        ),
      ),
    ),
  endedText: () => ENDS.map((why) => shown(review.endedText({ why, by: ANA, at: NOW }))),
  reviewToldMessage: ({ record, text }) =>
    [true, false].flatMap((toAsker) =>
      states(text)
        .filter(({ answer, ended }) => answer !== null || ended?.why === 'unreachable')
        .flatMap((one) =>
          [[one], [one, request(text, { id: 'other', reviewerId: CLEO })]].map((round) =>
            message(review.reviewToldMessage(record.incident, ID, round, one, toAsker)),
          ),
        ),
    ),
  sendToReviewModal: () =>
    [[], Array(30).fill(BEN)].map((initial) => ({ view: review.sendToReviewModal(ID, initial) })),
  changesModal: ({ record }) => [{ view: review.changesModal(ID, record.incident) }],
  sentReply: (world) => [
    message(review.sentReply(sent(world))),
    message(review.sentReply({ ...sent(world), more: true, leftOut: [] })),
    message(review.sentReply({ ...sent(world), reviewers: [] })),
  ],
  leftOutLines: () => [shown(review.leftOutLines(LEFT_OUT).join('\n'))],
  approvedText: ({ record, text }) => [
    shown(`${review.approvedText(record.incident.number, 1, 2)} ${plain(text).slice(0, 0)}`),
  ],
};
