import type { MemberTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { Prisma } from './client.ts';

/** SQL: Slack's time of an answer that is newer than what was known at `ts`, which may be null. */
const laterThan = (asOfTs: string, ts: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`GREATEST(${asOfTs}::numeric, ${ts}::numeric + 0.000001)::text`;

/** Rows of who is in an incident's channel. */
export const members = (db: Db): MemberTx => ({
  async isMember(teamId, channelId, userId) {
    const row = await db.channelMember.findUnique({
      where: { teamId_channelId_userId: { teamId, channelId, userId } },
    });
    if (row) return row.present;
    return (await db.channelMember.findFirst({ where: { teamId, channelId } })) ? false : null;
  },

  async setMember(teamId, { channelId, userId, present, eventTs }) {
    await db.$executeRaw(Prisma.sql`
      INSERT INTO "ChannelMember" ("teamId", "channelId", "userId", present, "eventTs")
      VALUES (${teamId}, ${channelId}, ${userId}, ${present}, ${eventTs})
      ON CONFLICT ("teamId", "channelId", "userId")
      DO UPDATE SET present = EXCLUDED.present, "eventTs" = EXCLUDED."eventTs"
      WHERE "ChannelMember"."eventTs"::numeric < EXCLUDED."eventTs"::numeric`);
  },

  async leaveAll(teamId, userId, eventTs) {
    await db.$executeRaw(Prisma.sql`
      UPDATE "ChannelMember" SET present = false, "eventTs" = ${eventTs}
      WHERE "teamId" = ${teamId} AND "userId" = ${userId} AND "eventTs"::numeric < ${eventTs}::numeric`);
  },

  membersKnown: (teamId, channelId) =>
    db.channelMember.findMany({ where: { teamId, channelId }, select: { userId: true, eventTs: true } }),

  async setMembers(teamId, channelId, userIds, asOfTs, before = []) {
    const known = Prisma.sql`unnest(${before.map((one) => one.userId)}::text[],
      ${before.map((one) => one.eventTs)}::text[]) AS k(id, ts)`;
    await db.$executeRaw(Prisma.sql`
      INSERT INTO "ChannelMember" ("teamId", "channelId", "userId", present, "eventTs")
      SELECT ${teamId}, ${channelId}, here.id, true, ${laterThan(asOfTs, Prisma.sql`k.ts`)}
      FROM unnest(${userIds}::text[]) AS here(id) LEFT JOIN ${known} ON k.id = here.id
      ON CONFLICT ("teamId", "channelId", "userId")
      DO UPDATE SET present = true, "eventTs" = EXCLUDED."eventTs"
      WHERE "ChannelMember"."eventTs"::numeric < EXCLUDED."eventTs"::numeric`);
    await db.$executeRaw(Prisma.sql`
      UPDATE "ChannelMember" m SET present = false, "eventTs" = ${laterThan(asOfTs, Prisma.sql`m."eventTs"`)}
      WHERE "teamId" = ${teamId} AND "channelId" = ${channelId} AND present
        AND NOT ("userId" = ANY(${userIds}::text[]))
        AND (m."eventTs"::numeric < ${asOfTs}::numeric
          OR EXISTS (SELECT 1 FROM ${known} WHERE k.id = m."userId" AND k.ts = m."eventTs"))`);
  },

  async isOutsider(teamId, id) {
    const where = { teamId_id: { teamId, id } };
    return (await db.slackUser.findUnique({ where, select: { isOutsider: true } }))?.isOutsider ?? null;
  },

  async isGone(teamId, id) {
    const where = { teamId_id: { teamId, id } };
    return (await db.slackUser.findUnique({ where, select: { isGone: true } }))?.isGone === true;
  },

  async isBot(teamId, id) {
    const where = { teamId_id: { teamId, id } };
    return (await db.slackUser.findUnique({ where, select: { isBot: true } }))?.isBot ?? null;
  },
});

/**
 * Whether a person may see the incident of alias `i`. The same rule as `maySee` of the use cases, for lists: one who
 * declared or leads counts only while nothing is known of the channel's members.
 */
export const visibleIncident = (viewer: string): Prisma.Sql => Prisma.sql`(NOT i."isPrivate"
  OR EXISTS (SELECT 1 FROM "ChannelMember" m WHERE m."teamId" = i."teamId" AND m."channelId" = i."channelId"
    AND m."userId" = ${viewer} AND m.present)
  OR (${viewer} IN (i."declaredBy", i."leadId") AND NOT EXISTS (SELECT 1 FROM "ChannelMember" a
    WHERE a."teamId" = i."teamId" AND a."channelId" = i."channelId")))`;

/** The incidents of a workspace that a person may see. */
export async function visibleTo(db: Db, teamId: string, viewer: string): Promise<Prisma.IncidentWhereInput> {
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT i.id FROM "Incident" i WHERE i."teamId" = ${teamId} AND i."isPrivate" AND ${visibleIncident(viewer)}`);
  return { teamId, OR: [{ isPrivate: false }, { id: { in: rows.map(({ id }) => id) } }] };
}
