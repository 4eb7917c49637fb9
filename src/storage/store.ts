import { DEFAULT_SETTINGS, type Settings } from '../incident/settings.ts';
import type { Store, Tx } from '../usecases/ports.ts';
import type { Db, PrismaClient } from './client.ts';
import { drafts } from './drafts.ts';
import { entries } from './entries.ts';
import { homes } from './home.ts';
import { incidents } from './incidents.ts';
import { members } from './members.ts';
import { merging } from './merging.ts';
import { parts } from './parts.ts';
import { publications } from './publications.ts';
import { reads } from './reads.ts';
import { reviews } from './reviews.ts';
import { roles } from './roles.ts';
import { date } from './rows.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { timers } from './timers.ts';
import { updates } from './updates.ts';

/**
 * The use cases' store on PostgreSQL. `defaults` are the settings of a workspace that has saved none. A transaction
 * that takes over ten seconds is rolled back.
 */
export function createStore(prisma: PrismaClient, defaults: Settings = DEFAULT_SETTINGS): Store {
  return {
    transaction: (work) =>
      prisma.$transaction((db) => work(txOf(db, defaults)), {
        maxWait: 30_000,
        timeout: 10_000,
      }),
  };
}

const txOf = (db: Db, defaults: Settings): Tx => ({
  ...incidents(db, defaults),
  ...search(db),
  ...homes(db),
  ...entries(db),
  ...members(db),
  ...merging(db),
  ...reads(db),
  ...roles(db),
  ...parts(db),
  ...drafts(db, defaults),
  ...publications(db),
  ...reviews(db),
  ...settings(db, defaults),
  ...timers(db),
  ...updates(db),

  async send(steps, at) {
    const data = steps.map(({ incidentId: lane, delivery: { kind, ...payload } }) => ({
      lane,
      kind,
      payload,
      createdAt: date(at),
    }));
    await db.outbox.createMany({ data });
  },

  async outboxDone(id, at) {
    const { count } = await db.outbox.updateMany({
      where: { id, doneAt: null },
      data: { doneAt: date(at), claimedUntil: null },
    });
    if (count === 0) throw new Error(`outbox row ${id} is done already`);
  },

  async inboxDone(id, at) {
    const { count } = await db.inbox.updateMany({ where: { id, doneAt: null }, data: { doneAt: date(at) } });
    if (count === 0) throw new Error(`inbox row ${id} is done already`);
  },
});
