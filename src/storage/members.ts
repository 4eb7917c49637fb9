import type { Tx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { Prisma } from './client.ts';

type MemberTx = Pick<Tx, 'isMember' | 'setMember' | 'setMembers'>;

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

  async setMembers(teamId, channelId, userIds, asOfTs) {
    await db.$executeRaw(Prisma.sql`
      INSERT INTO "ChannelMember" ("teamId", "channelId", "userId", present, "eventTs")
      SELECT ${teamId}, ${channelId}, id, true, ${asOfTs} FROM unnest(${userIds}::text[]) AS id
      ON CONFLICT ("teamId", "channelId", "userId")
      DO UPDATE SET present = true, "eventTs" = EXCLUDED."eventTs"
      WHERE "ChannelMember"."eventTs"::numeric < EXCLUDED."eventTs"::numeric`);
    await db.$executeRaw(Prisma.sql`
      UPDATE "ChannelMember" SET present = false, "eventTs" = ${asOfTs}
      WHERE "teamId" = ${teamId} AND "channelId" = ${channelId} AND present
        AND NOT ("userId" = ANY(${userIds}::text[])) AND "eventTs"::numeric < ${asOfTs}::numeric`);
  },
});

/** Which incidents a person may see. The same rule as `maySee` of the use cases, for lists. */
export async function visibleTo(db: Db, teamId: string, viewer: string): Promise<Prisma.IncidentWhereInput> {
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT i.id FROM "Incident" i
    LEFT JOIN "ChannelMember" m
      ON m."teamId" = i."teamId" AND m."channelId" = i."channelId" AND m."userId" = ${viewer}
    WHERE i."teamId" = ${teamId} AND i."isPrivate" AND (m.present OR (
      m."userId" IS NULL AND ${viewer} IN (i."declaredBy", i."leadId")
      AND NOT EXISTS (SELECT 1 FROM "ChannelMember" a
        WHERE a."teamId" = i."teamId" AND a."channelId" = i."channelId")))`);
  return { teamId, OR: [{ isPrivate: false }, { id: { in: rows.map(({ id }) => id) } }] };
}
