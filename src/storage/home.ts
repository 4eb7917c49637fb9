import { randomUUID } from 'node:crypto';
import type { HomeTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { Prisma } from './client.ts';
import { date } from './rows.ts';

/** Rows of people's Home tabs. The row's id is the lane of the outbox in which the tab is published. */
export const homes = (db: Db): HomeTx => ({
  async openHome(teamId, userId, at, filter) {
    const change = { openedAt: date(at), ...(filter !== undefined && { filter }) };
    const { id } = await db.home.upsert({
      where: { teamId_userId: { teamId, userId } },
      create: { id: randomUUID(), teamId, userId, ...change },
      update: change,
      select: { id: true },
    });
    return id;
  },

  async home(id) {
    const row = await db.home.findUnique({ where: { id } });
    return row && { id, teamId: row.teamId, userId: row.userId, filter: row.filter };
  },

  // One that waits already shows this change too: it reads the state when it is published.
  refreshHomes: (teamId, { openedAfter, at, runAfter }) =>
    db.$executeRaw(Prisma.sql`
    INSERT INTO "Outbox" (lane, kind, payload, "createdAt", "runAfter")
    SELECT h.id::text, 'home', '{}', ${date(at)}, ${date(runAfter)} FROM "Home" h
    WHERE h."teamId" = ${teamId} AND h."openedAt" > ${date(openedAfter)} AND NOT EXISTS (
      SELECT 1 FROM "Outbox" o
      WHERE o.lane = h.id::text AND o."doneAt" IS NULL AND o."claimedUntil" IS NULL)`),
});
