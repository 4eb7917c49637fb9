import { randomInt } from 'node:crypto';
import type { Db, PrismaClient } from '../client.ts';
import { Prisma } from '../client.ts';
import { partsOfTeam } from './belonging.ts';
import { allowErasing, LONG, name } from './erase.ts';
import { replaceName } from './names.ts';

/** PostgreSQL's pattern for a Slack id that stands by itself, in data also behind a line break: `\n` as it is written there. */
export const mentions = (userId: string): string =>
  `(?:(?<![A-Za-z0-9])|(?<=\\\\[bfnrt]))${userId}(?![A-Za-z0-9])`;

/**
 * Forgets a person: their profile, their lists and what they asked for is deleted, and everywhere else a pseudonym
 * that nothing leads back from stands in place of their id, and of their name in drafts. What they wrote stays.
 * Returns the pseudonym; throws, with nothing changed, when something were left.
 */
export function forgetPerson(
  prisma: PrismaClient,
  { teamId, userId }: { teamId: string; userId: string },
): Promise<string> {
  const pseudonym = `U0GONE${suffix()}`;
  return prisma.$transaction(async (db) => {
    await allowErasing(db);
    const who = { teamId, id: userId };
    const known = await db.slackUser.findUnique({ where: { teamId_id: who } });
    await db.slackUser.deleteMany({ where: who });
    for (const table of ['Home', 'Subscription', 'Choice', 'ChannelMember'])
      await db.$executeRaw(
        Prisma.sql`DELETE FROM ${name(table)} WHERE "teamId" = ${teamId} AND "userId" = ${userId}`,
      );
    // Requests hold names and addresses beside ids. Those not finished yet are pseudonymous, and gone in some days.
    await db.$executeRaw(Prisma.sql`DELETE FROM "Inbox" WHERE split_part(key, ':', 2) = ${teamId}
      AND "doneAt" IS NOT NULL AND (key || body::text) ~ ${mentions(userId)}`);
    const called = `Former member ${pseudonym.slice(-4)}`;
    await db.$executeRaw(Prisma.sql`INSERT INTO "SlackUser" ("teamId", id, name, "fetchedAt")
      VALUES (${teamId}, ${pseudonym}, ${called}, now())`);
    await replaceAll(db, teamId, { pattern: mentions(userId), by: pseudonym });
    if (known && known.name !== userId) await replaceName(db, teamId, known.name, called);
    const left = await countMentions(db, teamId, mentions(userId));
    if (left > 0) throw new Error(`${left} rows would still name the person; nothing was changed`);
    return pseudonym;
  }, LONG);
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const suffix = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

interface Column {
  table: string;
  column: string;
  type: string;
}

/** Every column in which an id can stand. */
const textColumns = (db: Db): Promise<Column[]> =>
  db.$queryRaw(Prisma.sql`
    SELECT table_name AS "table", column_name AS "column",
      CASE data_type WHEN 'ARRAY' THEN 'text[]' ELSE data_type END AS type
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND (data_type IN ('text', 'jsonb', 'character varying') OR udt_name = '_text')`);

async function replaceAll(db: Db, teamId: string, { pattern, by }: { pattern: string; by: string }) {
  const columns = await textColumns(db);
  for (const { table, where } of partsOfTeam(teamId)) {
    for (const { column, type } of columns.filter((one) => one.table === table)) {
      const text = Prisma.sql`${name(column)}::text`;
      await db.$executeRaw(Prisma.sql`UPDATE ${name(table)}
        SET ${name(column)} = regexp_replace(${text}, ${pattern}, ${by}, 'g')::${Prisma.raw(type)}
        WHERE (${where}) AND ${text} ~ ${pattern}`);
    }
  }
}

async function countMentions(db: Db, teamId: string, pattern: string): Promise<number> {
  let count = 0;
  for (const { table, where } of partsOfTeam(teamId)) {
    const [row] = await db.$queryRaw<{ count: bigint }[]>(
      Prisma.sql`SELECT count(*) FROM ${name(table)} AS t WHERE (${where}) AND to_jsonb(t)::text ~ ${pattern}`,
    );
    count += Number(row?.count ?? 0);
  }
  return count;
}
