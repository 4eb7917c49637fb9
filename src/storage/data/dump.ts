import type { Db, PrismaClient } from '../client.ts';
import { Prisma } from '../client.ts';
import { NOBODYS, partsOfTeam } from './belonging.ts';
import { LONG, name } from './erase.ts';
import { rowsOf, type Write } from './stream.ts';

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
 * The whole database as it is at one moment: first which migrations it has, then a line of JSON for each row, last how
 * many they are. Tokens of installations stay sealed. Returns the number of rows.
 */
export function dump(prisma: PrismaClient, write: Write): Promise<number> {
  return prisma.$transaction(
    async (db) => {
      await write(JSON.stringify({ migrations: await migrationsOf(db) }));
      let count = 0;
      for (const table of TABLES) {
        // As text: JavaScript has no whole numbers of PostgreSQL's size.
        const query = Prisma.sql`SELECT to_jsonb(t)::text AS row FROM ${name(table)} AS t`;
        for await (const { row } of rowsOf<{ row: string }>(db, query)) {
          await write(`{"table":${JSON.stringify(table)},"row":${row}}`);
          count++;
        }
      }
      await write(JSON.stringify({ rows: count }));
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
  return prisma.$transaction(async (db) => {
    const migrations = await takeIn(db, lines);
    if (String(migrations) !== String(await migrationsOf(db)))
      throw new Error(
        'The dump is of another version: migrate an empty database with the version that made it, restore there, then upgrade.',
      );
    for (const table of TABLES) {
      const [found] = await db.$queryRaw<object[]>(Prisma.sql`SELECT 1 FROM ${name(table)} LIMIT 1`);
      if (found) throw new Error(`The database is not empty: ${table} has rows. Nothing was restored.`);
    }
    let count = 0;
    // One statement a table: rows may refer to each other.
    for (const table of TABLES)
      count += await db.$executeRaw(Prisma.sql`INSERT INTO ${name(table)}
        SELECT one.* FROM pg_temp.dumped AS line, jsonb_populate_record(NULL::${name(table)}, line.row) AS one
        WHERE line."table" = ${table}`);
    await advanceSequences(db);
    return count;
  }, LONG);
}

// Characters; lines are put aside together up to about so many.
const TOGETHER = 1_000_000;

/**
 * Puts the lines aside as they come, in a table that goes with the transaction; returns the migrations that they name.
 * Throws where the last does not count them.
 */
async function takeIn(db: Db, lines: AsyncIterable<string>): Promise<string[] | null> {
  await db.$executeRaw(Prisma.sql`CREATE TEMPORARY TABLE dumped ("table" TEXT, row JSONB) ON COMMIT DROP`);
  let migrations: string[] | null = null;
  let counted: number | undefined;
  let count = 0;
  let tables: string[] = [];
  let rows: string[] = [];
  let length = 0;
  const putAside = async () => {
    await db.$executeRaw(Prisma.sql`INSERT INTO pg_temp.dumped
      SELECT "table", row::jsonb FROM unnest(${tables}::text[], ${rows}::text[]) AS line ("table", row)`);
    tables = [];
    rows = [];
    length = 0;
  };
  for await (const line of lines) {
    const table = /^\{"table":"(\w+)","row":/.exec(line)?.[1];
    if (table === undefined) {
      const said = JSON.parse(line) as { migrations?: string[]; rows?: number };
      migrations ??= said.migrations ?? null;
      counted = said.rows;
    } else if (!TABLES.includes(table))
      throw new Error(`The dump has a table that this version does not know: ${table}.`);
    else {
      count++;
      tables.push(table);
      rows.push(line.slice(`{"table":"${table}","row":`.length, -1));
      length += line.length;
      if (length > TOGETHER) await putAside();
    }
  }
  if (counted !== count)
    throw new Error(
      `The dump is not whole: ${counted === undefined ? 'its last line is missing' : `it says ${counted} rows and has ${count}`}. Nothing was restored.`,
    );
  await putAside();
  return migrations;
}

async function migrationsOf(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>(
    Prisma.sql`SELECT migration_name AS name FROM ${name(MIGRATIONS)} ORDER BY migration_name`,
  );
  return rows.map((row) => row.name);
}

/** Numbers that PostgreSQL hands out go on after the highest that was restored. */
async function advanceSequences(db: Db): Promise<void> {
  const columns = await db.$queryRaw<{ table: string; column: string }[]>(Prisma.sql`
    SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'`);
  for (const { table, column } of columns)
    await db.$queryRaw(Prisma.sql`SELECT setval(pg_get_serial_sequence(${`"${table}"`}, ${column}),
      (SELECT coalesce(max(${name(column)}), 0) + 1 FROM ${name(table)}), false)::text`);
}
