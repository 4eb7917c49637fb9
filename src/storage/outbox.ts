import type { Outbox, OutboxRow } from '../usecases/edges.ts';
import { Prisma, type PrismaClient } from './client.ts';
import { date } from './rows.ts';
import { isAwake } from './standstills.ts';

/** SQL: the workspace of a lane, which is an incident's or a Home's id. */
const teamOf = (lane: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE(
  (SELECT "teamId" FROM "Incident" WHERE id = ${lane}::uuid),
  (SELECT "teamId" FROM "Home" WHERE id = ${lane}::uuid))`;

export function createOutbox(prisma: PrismaClient): Outbox {
  return {
    async claim(lane, now, leaseMs) {
      const team = teamOf(Prisma.sql`${lane}`);
      const rows = await prisma.$queryRaw<OutboxRow[]>(Prisma.sql`
        UPDATE "Outbox" SET "claimedUntil" = ${date(now + leaseMs)}, attempts = attempts + 1
        WHERE id = (SELECT id FROM "Outbox" WHERE lane = ${lane} AND "doneAt" IS NULL ORDER BY id LIMIT 1)
          AND "doneAt" IS NULL
          AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${date(now)})
          AND ("runAfter" IS NULL OR "runAfter" <= ${date(now)})
          AND ${isAwake(team, now)}
        RETURNING id, lane, kind, payload, attempts, "createdAt", ${team} AS "teamId",
          EXISTS (SELECT 1 FROM "Standstill" WHERE "teamId" = ${team}) AS rested`);
      return rows[0] ?? null;
    },

    async done(id, now, result) {
      await prisma.outbox.update({ where: { id }, data: { doneAt: date(now), result, claimedUntil: null } });
    },

    async giveUp(id, now, error) {
      await prisma.outbox.update({ where: { id }, data: { doneAt: date(now), error, claimedUntil: null } });
    },

    async retryAt(id, runAfter, error) {
      await prisma.outbox.update({
        where: { id },
        data: { runAfter: date(runAfter), error, claimedUntil: null },
      });
    },

    async doneLike(lane, kind, upTo, now) {
      const where = { lane, kind, id: { lte: upTo }, doneAt: null };
      await prisma.outbox.updateMany({ where, data: { doneAt: date(now), claimedUntil: null } });
    },

    async newest(lane, kind) {
      const found = await prisma.outbox.aggregate({
        where: { lane, kind, doneAt: null },
        _max: { id: true },
      });
      return found._max.id;
    },

    async extend(id, until) {
      const where = { id, doneAt: null, claimedUntil: { not: null } };
      await prisma.outbox.updateMany({ where, data: { claimedUntil: date(until) } });
    },

    async lanesWaiting(now, limit) {
      const rows = await prisma.$queryRaw<{ lane: string }[]>(Prisma.sql`
        SELECT lane FROM (
          SELECT DISTINCT ON (lane) lane, "claimedUntil", "runAfter" FROM "Outbox"
          WHERE "doneAt" IS NULL ORDER BY lane, id) AS first
        WHERE ("claimedUntil" IS NULL OR "claimedUntil" <= ${date(now)})
          AND ("runAfter" IS NULL OR "runAfter" <= ${date(now)})
          AND ${isAwake(teamOf(Prisma.sql`lane`), now)}
        LIMIT ${limit}`);
      return rows.map((row) => row.lane);
    },
  };
}
