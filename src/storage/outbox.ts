import type { Outbox, OutboxRow } from '../usecases/edges.ts';
import { Prisma, type PrismaClient } from './client.ts';
import { date } from './rows.ts';
import { isAwake } from './standstills.ts';

/** SQL: the workspace of a lane, which is an incident's or a Home's id. */
const teamOf = (lane: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE(
  (SELECT "teamId" FROM "Incident" WHERE id = ${lane}::uuid),
  (SELECT "teamId" FROM "Home" WHERE id = ${lane}::uuid))`;

/** After so long without a try (a rest, no worker) the trying begins anew. Longer than any wait of our own. */
const PAUSE_MS = 3_600_000;

/** The row while it is that try's: each claim counts one up. */
const held = ({ id, attempts }: Pick<OutboxRow, 'id' | 'attempts'>) => ({ id, attempts });

export function createOutbox(prisma: PrismaClient): Outbox {
  return {
    async claim(lane, now, leaseMs) {
      const team = teamOf(Prisma.sql`${lane}`);
      const rows = await prisma.$queryRaw<(OutboxRow & { unsureSince: Date })[]>(Prisma.sql`
        UPDATE "Outbox" SET "claimedUntil" = ${date(now + leaseMs)}, attempts = attempts + 1,
          "unsureSince" = COALESCE("unsureSince", ${date(now)}),
          "triedSince" = CASE WHEN GREATEST("runAfter", "claimedUntil") > ${date(now - PAUSE_MS)}
            THEN COALESCE("triedSince", ${date(now)}) ELSE ${date(now)} END
        WHERE id = (SELECT id FROM "Outbox" WHERE lane = ${lane} AND "doneAt" IS NULL ORDER BY id LIMIT 1)
          AND "doneAt" IS NULL
          AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${date(now)})
          AND ("runAfter" IS NULL OR "runAfter" <= ${date(now)})
          AND ${isAwake(team, now)}
        RETURNING id, lane, kind, payload, attempts, faults, "unsureSince", looked, "triedSince", ${team} AS "teamId",
          EXISTS (SELECT 1 FROM "Standstill" WHERE "teamId" = ${team}) AS rested`);
      const row = rows[0];
      // What this very claim put there says nothing of an earlier try.
      return row ? { ...row, unsureSince: row.unsureSince.getTime() === now ? null : row.unsureSince } : null;
    },

    async done(row, now, result) {
      const data = { doneAt: date(now), result, error: null, claimedUntil: null };
      return (await prisma.outbox.updateMany({ where: held(row), data })).count === 1;
    },

    async giveUp(row, now, error) {
      const data = { doneAt: date(now), error, claimedUntil: null };
      return (await prisma.outbox.updateMany({ where: { ...held(row), doneAt: null }, data })).count === 1;
    },

    async retryAt(row, runAfter, error, unsure) {
      const { count } = await prisma.outbox.updateMany({
        where: { ...held(row), doneAt: null },
        data: {
          runAfter: date(runAfter),
          claimedUntil: null,
          faults: row.faults,
          triedSince: row.triedSince,
          looked: row.looked === null ? Prisma.DbNull : { ...row.looked },
          ...(error !== null && { error }),
          ...(!unsure && { unsureSince: row.unsureSince }),
        },
      });
      return count === 1;
    },

    async doneLike(lane, kind, upTo, now) {
      const where = { lane, kind, id: { lte: upTo }, doneAt: null };
      const data = { doneAt: date(now), error: null, claimedUntil: null };
      await prisma.outbox.updateMany({ where, data });
    },

    async newest(lane, kind) {
      const found = await prisma.outbox.aggregate({
        where: { lane, kind, doneAt: null },
        _max: { id: true },
      });
      return found._max.id;
    },

    async extend(row, until) {
      const where = { ...held(row), doneAt: null, claimedUntil: { not: null } };
      return (await prisma.outbox.updateMany({ where, data: { claimedUntil: date(until) } })).count === 1;
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
