import { randomUUID } from 'node:crypto';
import type { ReviewAnswer, ReviewEnd, ReviewRequest } from '../postmortem/review.ts';
import type { ReviewTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import type * as Row from './generated/client.ts';
import { date, incidentOf, instant } from './rows.ts';

const OPEN = { answeredAt: null, endedAt: null };

/** Rows of who is asked to review a draft, and what they answered. The caller holds the incident's lock. */
export const reviews = (db: Db): ReviewTx => ({
  async askReview(postmortemId, { askedAt, ...request }) {
    const id = randomUUID();
    await db.reviewRequest.create({ data: { ...request, id, postmortemId, askedAt: date(askedAt) } });
    return id;
  },

  async reviewRequest(id) {
    const row = await db.reviewRequest.findUnique({ where: { id }, include: { postmortem: true } });
    return (
      row && { ...requestOf(row), postmortemId: row.postmortemId, incidentId: row.postmortem.incidentId }
    );
  },

  async reviewPosted(id, { channelId, ts: messageTs }) {
    await db.reviewRequest.update({ where: { id }, data: { channelId, messageTs } });
  },

  async answerReview(id, answer, comment, at) {
    const data = { answer, comment, answeredAt: date(at) };
    return (await db.reviewRequest.updateMany({ where: { id, ...OPEN }, data })).count === 1;
  },

  async endReview(id, ended, endedBy, at) {
    const data = { ended, endedBy, endedAt: date(at) };
    return (await db.reviewRequest.updateMany({ where: { id, ...OPEN }, data })).count === 1;
  },

  async draftsToReview(teamId, reviewerId) {
    const rows = await db.reviewRequest.findMany({
      where: { reviewerId, ...OPEN, postmortem: { incident: { teamId } } },
      include: { postmortem: { include: { incident: true } } },
      orderBy: { askedAt: 'desc' },
      take: 50,
    });
    return rows.map(({ postmortemId, askedBy, postmortem }) => ({
      postmortemId,
      askedBy,
      incident: incidentOf(postmortem.incident),
    }));
  },
});

export const requestOf = (row: Row.ReviewRequest): ReviewRequest => ({
  id: row.id,
  round: row.round,
  reviewerId: row.reviewerId,
  askedBy: row.askedBy,
  askedAt: instant(row.askedAt),
  message: row.message,
  version: row.version,
  posted: row.channelId && row.messageTs ? { channelId: row.channelId, ts: row.messageTs } : null,
  // The database checks which words there are.
  answer:
    row.answer && row.answeredAt
      ? { kind: row.answer as ReviewAnswer, comment: row.comment, at: instant(row.answeredAt) }
      : null,
  ended:
    row.ended && row.endedBy && row.endedAt
      ? { why: row.ended as ReviewEnd, by: row.endedBy, at: instant(row.endedAt) }
      : null,
});
