import type { PrismaClient } from '../client.ts';
import { Prisma } from '../client.ts';
import { NOBODYS, partsOfTeam } from './belonging.ts';
import { LONG, name } from './erase.ts';

const MIGRATIONS = '_prisma_migrations';

/** Every table with rows of ours, what is referred to before what refers to it. */
const TABLES = [
  ...new Set(
    partsOfTeam('')
      .map(({ table }) => table)
      .reverse(),
  ),
  ...NOBODYS.filter((table) => table !== MIGRATIONS),
];

/**
 * The whole database as it is at one moment: first which migrations it has, then a line of JSON for each row. Tokens of
 * installations stay sealed. Returns the number of rows.
 */
export function dump(prisma: PrismaClient, write: (line: string) => void): Promise<number> {
  return prisma.$transaction(
    async (db) => {
      write(JSON.stringify({ migrations: await migrationsOf(db) }));
      let count = 0;
      for (const table of TABLES) {
        // As text: JavaScript has no whole numbers of PostgreSQL's size.
        const rows = await db.$queryRaw<{ row: string }[]>(
          Prisma.sql`SELECT to_jsonb(t)::text AS row FROM ${name(table)} AS t`,
        );
        for (const { row } of rows) write(`{"table":${JSON.stringify(table)},"row":${row}}`);
        count += rows.length;
      }
      return count;
    },
    { ...LONG, isolationLevel: 'RepeatableRead' },
  );
}

/**
 * Puts a dump into an empty database of the same migrations, all of it or nothing. Throws a sentence where the
 * database is not empty, has other migrations, or the dump is not whole.
 */
export async function restore(prisma: PrismaClient, lines: AsyncIterable<string>): Promise<number> {
  const rows = new Map<string, string[]>(TABLES.map((table) => [table, []]));
  let migrations: string[] | null = null;
  for await (const line of lines) {
    const table = /^\{"table":"(\w+)","row":/.exec(line)?.[1];
    if (table === undefined) migrations ??= (JSON.parse(line) as { migrations: string[] }).migrations;
    else if (rows.has(table)) rows.get(table)?.push(line.slice(`{"table":"${table}","row":`.length, -1));
    else throw new Error(`The dump has a table that this version does not know: ${table}.`);
  }
  return prisma.$transaction(async (db) => {
    if (String(migrations) !== String(await migrationsOf(db)))
      throw new Error(
        'The dump is of another version: migrate an empty database with the version that made it, restore there, then upgrade.',
      );
    for (const table of TABLES) {
      const [found] = await db.$queryRaw<object[]>(Prisma.sql`SELECT 1 FROM ${name(table)} LIMIT 1`);
      if (found) throw new Error(`The database is not empty: ${table} has rows. Nothing was restored.`);
    }
    let count = 0;
    for (const [table, all] of rows) {
      if (all.length === 0) continue;
      // One statement a table: rows may refer to each other.
      count += await db.$executeRaw(Prisma.sql`INSERT INTO ${name(table)}
        SELECT * FROM jsonb_populate_recordset(NULL::${name(table)}, ${`[${all.join(',')}]`}::jsonb)`);
    }
    await advanceSequences(db);
    return count;
  }, LONG);
}

async function migrationsOf(db: Prisma.TransactionClient): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>(
    Prisma.sql`SELECT migration_name AS name FROM ${name(MIGRATIONS)} ORDER BY migration_name`,
  );
  return rows.map((row) => row.name);
}

/** Numbers that PostgreSQL hands out go on after the highest that was restored. */
async function advanceSequences(db: Prisma.TransactionClient): Promise<void> {
  const columns = await db.$queryRaw<{ table: string; column: string }[]>(Prisma.sql`
    SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'`);
  for (const { table, column } of columns)
    await db.$queryRaw(Prisma.sql`SELECT setval(pg_get_serial_sequence(${`"${table}"`}, ${column}),
      (SELECT coalesce(max(${name(column)}), 0) + 1 FROM ${name(table)}), false)::text`);
}
