import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { migrate } from '../../src/storage/migrate.ts';
import { schemaDiff } from '../../src/storage/schemaDiff.ts';
import { PRISMA_DIR } from '../../src/storage/schemaEngine.ts';

const server = inject('databaseUrl');
let database = '';
let prismaDir = '';

beforeEach(async () => {
  const name = `migrate_${randomUUID().replaceAll('-', '')}`;
  await query(server, `CREATE DATABASE ${name}`);
  database = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  prismaDir = await mkdtemp(join(tmpdir(), 'debrief-prisma-'));
  await cp(PRISMA_DIR, prismaDir, { recursive: true });
});

afterEach(async () => {
  await query(server, `DROP DATABASE ${new URL(database).pathname.slice(1)} WITH (FORCE)`);
  await rm(prismaDir, { recursive: true });
});

it('applies every migration once, oldest first', async () => {
  const names = await migrationNames();
  expect(names.length).toBeGreaterThan(0);
  expect(await migrate(database)).toEqual(names);
  expect(await migrate(database)).toEqual([]);
});

it('applies each once when several start at the same moment', async () => {
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database)));
  expect(applied.flat()).toEqual(await migrationNames());
});

it('leaves no connection behind', async () => {
  await migrate(database);
  const name = new URL(database).pathname.slice(1);
  const rows = await query(server, `SELECT pid FROM pg_stat_activity WHERE datname = '${name}'`);
  expect(rows).toEqual([]);
});

it("records what Prisma's own migrate deploy looks for", async () => {
  await migrate(database);
  const rows = await query(
    database,
    'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, rolled_back_at FROM _prisma_migrations ORDER BY started_at',
  );
  const expected = (await migrationNames()).map(async (name) => ({
    migration_name: name,
    checksum: createHash('sha256')
      .update(await readFile(sqlOf(PRISMA_DIR, name)))
      .digest('hex'),
    finished: true,
    rolled_back_at: null,
  }));
  expect(rows).toEqual(await Promise.all(expected));
});

it('builds what schema.prisma says', async () => {
  expect(await schemaDiff(database)).toBeNull();
});

it('sees a difference between migrations and schema', async () => {
  const schema = await readFile(join(prismaDir, 'schema.prisma'), 'utf8');
  await writeFile(join(prismaDir, 'schema.prisma'), `${schema}\nmodel Extra {\n  id Int @id\n}\n`);
  expect(await schemaDiff(database, prismaDir)).toContain('CREATE TABLE "Extra"');
});

it('takes functions and quoted semicolons as they are', async () => {
  await addMigration(
    '99990101000000_function',
    `CREATE FUNCTION semicolons() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END; $$;`,
  );
  await migrate(database, prismaDir);
  expect(await query(database, 'SELECT semicolons()')).toEqual([{ semicolons: 'a;b' }]);
});

it('undoes a migration that fails, names it, and stops there until it is dealt with', async () => {
  await addMigration('99990101000000_broken', 'CREATE TABLE half (id int);\nCREATE TABLE half (id int);');
  await addMigration('99990102000000_later', 'CREATE TABLE later (id int);');
  await expect(migrate(database, prismaDir)).rejects.toThrow('99990101000000_broken');
  await expect(migrate(database, prismaDir)).rejects.toThrow('99990101000000_broken');
  const rows = await query(database, "SELECT relname FROM pg_class WHERE relname IN ('half', 'later')");
  expect(rows).toEqual([]);
});

it('gives way to whoever holds a table, and is done once it is free', async () => {
  await migrate(database);
  const name = '99990101000000_busy';
  await addMigration(name, 'ALTER TABLE "Inbox" ADD COLUMN later text;\nCREATE TABLE later (id int);');
  const holder = new pg.Client({ connectionString: database });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE "Inbox" IN SHARE MODE');
  const done = migrate(database, prismaDir);
  await waits(database);
  // Whoever comes later reads on in between.
  await query(database, 'SELECT 1 FROM "Inbox"');
  await waits(database);
  await holder.query('ROLLBACK');
  await holder.end();
  expect(await done).toEqual([name]);
  expect(await query(database, 'SELECT later FROM "Inbox"')).toEqual([]);
});

/** Until something waits for a lock. */
async function waits(url: string): Promise<void> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await query(url, sql)).length === 0) await new Promise((go) => setTimeout(go, 20));
}

function sqlOf(dir: string, migration: string): string {
  return join(dir, 'migrations', migration, 'migration.sql');
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(prismaDir, 'migrations', name));
  await writeFile(sqlOf(prismaDir, name), sql);
}

async function migrationNames(): Promise<string[]> {
  const items = await readdir(join(PRISMA_DIR, 'migrations'), { withFileTypes: true });
  const folders = items.filter((item) => item.isDirectory());
  return folders.map((item) => item.name).sort();
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
