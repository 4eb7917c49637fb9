import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';

export interface FreshDatabase {
  url: string;
  name: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes a database on the server of `serverUrl`, empty or a copy of the one called `template`, to which nobody may be
 * connected; what that server holds is not touched. Throws a sentence when the account may not make databases.
 */
export async function freshDatabase(
  serverUrl: string,
  label: string,
  template = 'template1',
): Promise<FreshDatabase> {
  const words = label.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const name = `debrief_${words.slice(0, 40)}_${randomBytes(4).toString('hex')}`;
  await run(serverUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`).catch((error: Error) => {
    throw new Error(
      `No database could be made there (${error.message}). The account of DATABASE_URL needs CREATEDB.`,
    );
  });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () => run(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

/** Removes every key that begins with `prefix` and a colon. */
export async function clearRedis(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 500 })) {
      if (keys.length > 0) await redis.unlink(keys);
    }
  } finally {
    redis.disconnect();
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
