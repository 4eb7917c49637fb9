import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { NO_FILTER, openSchemaEngine, PRISMA_DIR, readMigrations } from './schemaEngine.ts';

/** Any number that nothing else in this database locks. */
const LOCK_KEY = 3_217_042;
const LOCK_TRIES = 600;
const LOCK_PAUSE_MS = 200;
// Everybody queues behind a statement that waits to change a table: it gives way before requests are late.
const WAIT_FOR_TABLE_MS = 1000;

/**
 * Brings a PostgreSQL database up to the newest migration; returns the names of those it applied, oldest first.
 * Safe when several processes start at once: the others wait (two minutes at most), then find nothing to do.
 * A table that is busy is waited for, in short tries, for two minutes at most. Throws what Prisma's schema engine says
 * when a migration fails; it then refuses to go on until that is dealt with.
 */
export async function migrate(databaseUrl: string, prismaDir = PRISMA_DIR): Promise<string[]> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: `-c lock_timeout=${WAIT_FOR_TABLE_MS}`,
  });
  const lock = await pool.connect();
  try {
    await takeLock(lock);
    const engine = await openSchemaEngine(pool, prismaDir);
    try {
      const migrationsList = await readMigrations(prismaDir);
      return (await engine.applyMigrations({ migrationsList, filters: NO_FILTER })).appliedMigrationNames;
    } finally {
      engine.free();
    }
  } finally {
    lock.release(true);
    await pool.end();
  }
}

// Asked for again and again, since a waiting pg_advisory_lock() would hold up CREATE INDEX CONCURRENTLY.
async function takeLock(client: pg.PoolClient): Promise<void> {
  for (let tries = 0; tries < LOCK_TRIES; tries++) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      LOCK_KEY,
    ]);
    if (rows[0]?.taken) return;
    await sleep(LOCK_PAUSE_MS);
  }
  throw new Error(
    'Another process has been migrating this database for two minutes. Try again when it is done.',
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const databaseUrl = process.argv[2] ?? process.env.DATABASE_URL;
  if (!databaseUrl) {
    console.error('Name the database: npm run migrate -- postgresql://…, or set DATABASE_URL.');
    process.exit(1);
  }
  const applied = await migrate(databaseUrl);
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.');
}
