import { randomUUID } from 'node:crypto';
import type { UpdateTx } from '../usecases/ports.ts';
import type { StakeholderUpdate, Subscription } from '../usecases/types.ts';
import type { Db } from './client.ts';
import type * as Row from './generated/client.ts';
import { date, dateOrNull, instant, instantOrNull } from './rows.ts';

/** Rows of what stakeholders were told, and of who wants to be told. */
export const updates = (db: Db): UpdateTx => ({
  async addUpdate(incidentId, { at, nextBy, ...update }) {
    const number = (await db.update.count({ where: { incidentId } })) + 1;
    const ends = { at: date(at), nextBy: dateOrNull(nextBy) };
    return updateOf(
      await db.update.create({ data: { ...update, ...ends, id: randomUUID(), incidentId, number } }),
    );
  },

  async update(id) {
    const row = await db.update.findUnique({ where: { id } });
    return row && updateOf(row);
  },

  async announced(id) {
    const row = await db.incident.findUniqueOrThrow({ where: { id } });
    const { announceChannel: channelId, announceTs: ts } = row;
    return channelId && ts ? { channelId, ts } : null;
  },

  async setAnnounced(id, { channelId: announceChannel, ts: announceTs }) {
    await db.incident.update({ where: { id }, data: { announceChannel, announceTs } });
  },

  async subscriptions(teamId, userId) {
    const rows = await db.subscription.findMany({
      where: { teamId, userId },
      orderBy: [{ kind: 'asc' }, { value: 'asc' }],
    });
    // The kind is checked by the database.
    return rows.map(({ kind, value }) => ({ kind: kind as Subscription['kind'], value }));
  },

  async subscribe(teamId, userId, subscription, at) {
    const data = [{ teamId, userId, ...subscription, at: date(at) }];
    return (await db.subscription.createMany({ data, skipDuplicates: true })).count === 1;
  },

  async unsubscribe(teamId, userId, subscription) {
    return (await db.subscription.deleteMany({ where: { teamId, userId, ...subscription } })).count === 1;
  },

  async subscribers(teamId, to) {
    const rows = await db.subscription.findMany({
      where: { teamId, OR: to },
      distinct: ['userId'],
      orderBy: { userId: 'asc' },
    });
    return rows.map(({ userId }) => userId);
  },
});

const updateOf = (row: Row.Update): StakeholderUpdate => ({
  id: row.id,
  number: row.number,
  text: row.text,
  impact: row.impact,
  by: row.by,
  at: instant(row.at),
  nextBy: instantOrNull(row.nextBy),
});
