import type { Db, PrismaClient } from '../client.ts';
import { Prisma } from '../client.ts';
import { type Part, partsOfIncidents, partsOfTeam } from './belonging.ts';

/** Large workspaces take their time. */
export const LONG = { maxWait: 30_000, timeout: 30 * 60_000 };

/** Rows that the parts mean, by table; what is deleted, in `erase…`. */
export type Counts = Record<string, number>;

export async function countTeam(prisma: PrismaClient, teamId: string): Promise<Counts> {
  const counts: Counts = {};
  for (const { table, where } of partsOfTeam(teamId)) {
    const [row] = await prisma.$queryRaw<{ count: bigint }[]>(
      Prisma.sql`SELECT count(*) FROM ${name(table)} WHERE ${where}`,
    );
    add(counts, table, Number(row?.count ?? 0));
  }
  return counts;
}

/** Deletes everything of a workspace, its history too. What Slack itself keeps stays there. */
export const eraseTeam = (prisma: PrismaClient, teamId: string): Promise<Counts> =>
  prisma.$transaction((db) => erase(db, partsOfTeam(teamId)), LONG);

const INTO_NOTHING = 'It was merged into an incident that is deleted by now.';

/** Deletes incidents with all that hangs on them, in the transaction `db`; an incident that was merged into one of them stays, for itself. */
export async function eraseIncidents(db: Db, ids: string[]): Promise<Counts> {
  const meant = Prisma.sql`SELECT unnest(${ids}::uuid[])`;
  await db.$executeRaw(
    Prisma.sql`UPDATE "Incident" SET "mergedIntoId" = NULL, status = 'canceled', "closeReason" = ${INTO_NOTHING}
      WHERE "mergedIntoId" IN (${meant})`,
  );
  return erase(db, partsOfIncidents(meant));
}

async function erase(db: Db, parts: Part[]): Promise<Counts> {
  await allowErasing(db);
  const counts: Counts = {};
  for (const { table, where } of parts)
    add(counts, table, await db.$executeRaw(Prisma.sql`DELETE FROM ${name(table)} WHERE ${where}`));
  return counts;
}

/** For this transaction, what is on record may be changed and deleted. */
export async function allowErasing(db: Db): Promise<void> {
  await db.$executeRaw(Prisma.sql`SET LOCAL debrief.erasing = 'yes'`);
}

function add(counts: Counts, table: string, count: number): void {
  if (count > 0) counts[table] = (counts[table] ?? 0) + count;
}

/** A table or column by name; names are our own or the catalog's. */
export const name = (identifier: string): Prisma.Sql => Prisma.raw(`"${identifier.replaceAll('"', '""')}"`);
