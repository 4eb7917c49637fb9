import { describe, expect, it } from 'vitest';
import { approvalsSaid, type ReviewRequest, standingOf } from '../../src/postmortem/review.ts';

const request = (reviewerId: string, over: Partial<ReviewRequest> = {}): ReviewRequest => ({
  id: reviewerId,
  round: 1,
  reviewerId,
  askedBy: 'U1',
  askedAt: 0,
  message: '',
  version: 1,
  posted: null,
  answer: null,
  ended: null,
  ...over,
});
const approved = { answer: { kind: 'approved', comment: '', at: 1 } } as const;
const unreachable = { ended: { why: 'unreachable', by: 'debrief', at: 1 } } as const;

describe('how far a review is', () => {
  it('is told by the latest round alone, without those who could not be asked', () => {
    const all = [
      request('A', approved),
      request('A', { round: 2 }),
      request('B', { round: 2, ...approved }),
      request('C', { round: 2, ...unreachable }),
    ];
    const { approved: yes, waiting } = standingOf(all);
    expect([yes, waiting].map((some) => some.map(({ reviewerId }) => reviewerId))).toEqual([['B'], ['A']]);
    expect(approvalsSaid('in_review', all)).toBe(' with 1 of 2 approvals');
  });

  it.each([
    ['in_review', [], ' without a review'],
    ['draft', [request('A', approved)], ' without a review'],
    ['in_review', [request('A')], ' with 0 of 1 approval'],
    ['in_review', [request('A', unreachable)], ' without a review'],
  ])('is said at publishing: %s', (state, requests, said) => {
    expect(approvalsSaid(state, requests)).toBe(said);
  });
});
