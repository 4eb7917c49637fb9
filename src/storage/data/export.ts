import type { PrismaClient } from '../client.ts';
import { Prisma } from '../client.ts';
import { partsOfTeam } from './belonging.ts';
import { LONG, name } from './erase.ts';
import { mentions } from './person.ts';
import { rowsOf, type Write } from './stream.ts';

/** Sealed, and of no use to anybody but the bot. */
const SECRETS = ['token', 'refreshToken'];

/**
 * Everything of a workspace as it is at one moment, or (`userId`) its rows that name a person: a line of JSON for each
 * row, `{"table": …, "row": …}`. Tokens are left out.
 */
export async function exportData(
  prisma: PrismaClient,
  { teamId, userId }: { teamId: string; userId: string | null },
  write: Write,
): Promise<number> {
  return prisma.$transaction(
    async (db) => {
      let count = 0;
      for (const { table, where } of partsOfTeam(teamId)) {
        const about =
          userId === null ? Prisma.empty : Prisma.sql`AND to_jsonb(t)::text ~ ${mentions(userId)}`;
        const query = Prisma.sql`SELECT to_jsonb(t) - ${SECRETS}::text[] AS row FROM ${name(table)} AS t
          WHERE (${where}) ${about}`;
        for await (const { row } of rowsOf<{ row: object }>(db, query)) {
          await write(JSON.stringify({ table, row }));
          count++;
        }
      }
      return count;
    },
    { ...LONG, isolationLevel: 'RepeatableRead' },
  );
}
