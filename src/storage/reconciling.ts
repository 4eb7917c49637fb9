import { PIN } from '../incident/emoji.ts';
import type { KnownPin, Pass, ReconcilingStore } from '../usecases/edges.ts';
import { Prisma, type PrismaClient } from './client.ts';
import { date } from './rows.ts';
import { isAwake } from './standstills.ts';

/** Open incidents, and those that were merged into one: its lines still stand for messages of their channels. */
const GOING_ON = Prisma.sql`
  WITH RECURSIVE going_on AS (
    SELECT id FROM "Incident" WHERE status IN ('investigating', 'identified', 'monitoring')
    UNION SELECT m.id FROM "Incident" m JOIN going_on g ON m."mergedIntoId" = g.id)`;

const MINUTE_S = 60;

/** From the channel's first message on. */
const anewAt = (now: number) => ({
  sinceTs: '0',
  passTs: null,
  phase: 'history',
  cursor: null,
  todo: [],
  again: false,
  nextAt: date(now),
  updatedAt: date(now),
});

export function createReconcilingStore(prisma: PrismaClient): ReconcilingStore {
  const membersDue: ReconcilingStore['membersDue'] = async (now, teamId = '') => {
    await prisma.$executeRaw(Prisma.sql`
      INSERT INTO "Outbox" (lane, kind, payload, "createdAt")
      SELECT id::text, 'members', '{}'::jsonb, ${date(now)} FROM "Incident" i
      WHERE "isPrivate" AND "channelId" IS NOT NULL AND ${teamId}::text IN ('', "teamId")
        AND NOT EXISTS (
          SELECT 1 FROM "Outbox" WHERE lane = i.id::text AND kind = 'members' AND "doneAt" IS NULL)`);
  };
  return {
    membersDue,

    async claim(now, leaseMs) {
      await prisma.$executeRaw(Prisma.sql`
        ${GOING_ON}
        INSERT INTO "Reconciling" ("incidentId", todo, "nextAt", "updatedAt")
        SELECT id, '{}', ${date(now)}, ${date(now)} FROM "Incident"
        WHERE id IN (SELECT id FROM going_on) AND "channelId" IS NOT NULL
        ON CONFLICT DO NOTHING`);
      const rows = await prisma.$queryRaw<Pass[]>(Prisma.sql`
        ${GOING_ON}
        UPDATE "Reconciling" r SET "claimedUntil" = ${date(now + leaseMs)}
        FROM "Incident" i
        WHERE i.id = r."incidentId" AND r."incidentId" = (
          SELECT r2."incidentId" FROM "Reconciling" r2 JOIN "Incident" i2 ON i2.id = r2."incidentId"
          WHERE i2.id IN (SELECT id FROM going_on) AND i2."channelId" IS NOT NULL
            AND r2."nextAt" <= ${date(now)}
            AND (r2."claimedUntil" IS NULL OR r2."claimedUntil" <= ${date(now)})
            AND ${isAwake(Prisma.sql`i2."teamId"`, now)}
          ORDER BY r2."nextAt" LIMIT 1 FOR UPDATE OF r2 SKIP LOCKED)
        RETURNING r."incidentId"::text AS "incidentId", i."teamId", i."channelId",
          r."sinceTs", r."passTs", r.phase, r.cursor, r.todo,
          (extract(epoch FROM r."nextAt") * 1000)::float8 AS "dueAt",
          (extract(epoch FROM r."claimedUntil") * 1000)::float8 AS "claimedUntil"`);
      return rows[0] ?? null;
    },

    async save({ incidentId, dueAt, claimedUntil, ...at }, nextAt, now) {
      const { sinceTs, passTs, phase, cursor, todo } = at;
      const ours = { incidentId, claimedUntil: date(Math.round(claimedUntil)) };
      const where = { ...ours, nextAt: date(Math.round(dueAt)) };
      const free = { claimedUntil: null };
      const data = { sinceTs, passTs, phase, cursor, todo, nextAt: date(nextAt), updatedAt: date(now) };
      if (passTs === null)
        await prisma.reconciling.updateMany({
          where: { ...where, again: true },
          data: { ...anewAt(now), ...free },
        });
      await prisma.reconciling.updateMany({ where, data: { ...data, ...free } });
      await prisma.reconciling.updateMany({ where: ours, data: free });
    },

    async dueNow(now, teamId) {
      const where = teamId === undefined ? {} : { incident: { teamId } };
      await prisma.reconciling.updateMany({ where, data: anewAt(now) });
      await membersDue(now, teamId);
    },

    async missed(teamId, minuteS, now) {
      const where = { incident: { teamId } };
      const whole = { sinceTs: '0', passTs: { not: null } };
      await prisma.$executeRaw(Prisma.sql`
        UPDATE "Reconciling" r SET again = true, "updatedAt" = ${date(now)} FROM "Incident" i
        WHERE i.id = r."incidentId" AND i."teamId" = ${teamId}
          AND r."sinceTs" = '0' AND r."passTs"::numeric < ${minuteS + MINUTE_S}`);
      await prisma.reconciling.updateMany({ where: { ...where, NOT: whole }, data: anewAt(now) });
      await membersDue(now, teamId);
    },

    async known(incidentId, teamId, channelId, sinceTs) {
      const holders = await prisma.$queryRaw<{ id: string }[]>(Prisma.sql`
        WITH RECURSIVE holder AS (
          SELECT id, "mergedIntoId" FROM "Incident" WHERE id = ${incidentId}::uuid
          UNION SELECT i.id, i."mergedIntoId" FROM "Incident" i JOIN holder h ON i.id = h."mergedIntoId")
        SELECT id::text AS id FROM holder`);
      const entries = await prisma.entry.findMany({
        where: {
          incidentId: { in: holders.map(({ id }) => id) },
          channelId,
          messageTs: { gte: sinceTs },
          source: { in: ['reaction', 'shortcut'] },
        },
        select: { messageTs: true, messageChange: true, messageGoneAt: true },
      });
      const reactions = await prisma.reaction.findMany({
        where: { teamId, channelId, messageTs: { gte: sinceTs }, emoji: { not: PIN } },
        select: { messageTs: true, emoji: true, userId: true, present: true, eventTs: true },
      });
      const pins = await prisma.$queryRaw<KnownPin[]>(Prisma.sql`
        SELECT r."messageTs" AS ts, r.present, r."eventTs", EXISTS (
            SELECT 1 FROM "Entry" l
            WHERE l."channelId" = r."channelId" AND l."messageTs" = r."messageTs") AS line
        FROM "Reaction" r
        WHERE r."teamId" = ${teamId} AND r."channelId" = ${channelId} AND r.emoji = ${PIN}
          AND NOT EXISTS (
            SELECT 1 FROM "Entry" e
            WHERE e."channelId" = r."channelId" AND e."messageTs" = r."messageTs"
              AND e."messageGoneAt" IS NOT NULL)
        ORDER BY r."messageTs"`);
      return {
        pins,
        entries: entries.map((one) => ({
          ts: one.messageTs ?? '',
          messageChange: one.messageChange,
          gone: one.messageGoneAt !== null,
        })),
        reactions: reactions.map(({ messageTs: ts, ...one }) => ({ ts, ...one })),
      };
    },
  };
}
