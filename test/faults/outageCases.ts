import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect } from 'vitest';
import type { Fault } from '../../src/demo/gateway/faults.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { PRISMA_DIR } from '../../src/storage/schemaEngine.ts';
import { type OwnServer, ownRedis } from '../support/servers.ts';
import type { Workspace } from '../support/workspace.ts';
import type { Outage } from './outage.ts';
import type { Broken } from './outages.ts';

type Space = Workspace<'ana' | 'ben'>;

export function postgresOutages(space: Space, broken: Broken): Outage[] {
  const { disk } = broken;
  const run = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: broken.postgres.url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const hoard: pg.Client[] = [];
  return [
    {
      what: 'PostgreSQL stopped',
      begin: () => broken.postgres.stop(),
      end: () => broken.postgres.startAgain(),
      seen: 'refused',
    },
    {
      what: 'PostgreSQL answers 200 ms late',
      begin: () => space.toPostgres.slow(200),
      end: () => space.toPostgres.mend(),
      seen: 'stored',
    },
    {
      what: 'PostgreSQL reads only',
      begin: () => run('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()'),
      end: () => run('ALTER SYSTEM RESET default_transaction_read_only', 'SELECT pg_reload_conf()'),
      seen: 'refused',
    },
    {
      what: 'PostgreSQL has no connection left',
      async begin() {
        // Ours take the places of the bot's, which are faster now and then.
        for (let n = 0; n < 4; n++) await takeConnections(broken.postgres.url, hoard);
      },
      end: () => Promise.all(hoard.splice(0).map((client) => client.end())),
      seen: 'refused',
    },
    ...(disk
      ? [
          {
            what: 'PostgreSQL’s disk full',
            begin: () => disk.fill(),
            async end() {
              disk.empty();
              await backAgain(broken.postgres);
            },
            seen: 'refused' as const,
          },
        ]
      : []),
  ];
}

/** A full disk may end PostgreSQL, and then somebody has to start it. */
async function backAgain(postgres: OwnServer): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    const connected = await client.connect().then(
      () => true,
      () => false,
    );
    if (connected) return client.end();
    if (!postgres.isRunning()) return postgres.startAgain();
    await sleep(200);
  }
}

/** Takes every free connection, then ends the others. */
async function takeConnections(url: string, hoard: pg.Client[]): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      hoard.push(client);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '53300') break;
      throw error;
    }
  }
  await hoard[0]?.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname <> current_database() AND backend_type = 'client backend'`,
  );
}

export function redisOutages(broken: Broken): Outage[] {
  const tell = async (...commands: [string, ...string[]][]) => {
    const redis = new Redis(broken.redis.url);
    for (const [name, ...args] of commands) await redis.call(name, ...args);
    redis.disconnect();
  };
  let master: OwnServer | undefined;
  return [
    {
      what: 'Redis stopped',
      begin: () => broken.redis.stop(),
      end: () => broken.redis.startAgain(),
      seen: 'stored',
    },
    {
      what: 'Redis emptied',
      begin: () => tell(['FLUSHALL']),
      end: () => tell(['FLUSHALL']),
      seen: 'stored',
      alike: true,
    },
    {
      what: 'Redis out of memory',
      begin: () => tell(['CONFIG', 'SET', 'maxmemory', '1']),
      end: () => tell(['CONFIG', 'SET', 'maxmemory', '0']),
      seen: 'stored',
    },
    {
      what: 'Redis evicts (allkeys-lru) and is full',
      begin: () =>
        tell(
          ['CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru'],
          ['CONFIG', 'SET', 'maxmemory', '1'],
          // Policies are looked at when a connection opens.
          ['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'],
        ),
      end: () =>
        tell(['CONFIG', 'SET', 'maxmemory', '0'], ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction']),
      seen: 'stored',
      logged: /set maxmemory-policy noeviction/,
    },
    {
      what: 'Redis a replica that takes no writes',
      async begin() {
        master = await ownRedis();
        const { hostname, port } = new URL(master.url);
        await tell(['CONFIG', 'SET', 'masterauth', 'own'], ['REPLICAOF', hostname, port]);
      },
      async end() {
        await tell(['REPLICAOF', 'NO', 'ONE']);
        await master?.remove();
      },
      seen: 'stored',
    },
  ];
}

export function slackOutages(space: Space): Outage[] {
  const faults: [string, Fault][] = [
    ['answers 429', { retryAfter: 2 }],
    ['answers 500', { status: 500 }],
    ['hangs', { hang: true }],
    ['resets after accepting', { resetAfterAccept: true }],
    ['answers HTML', { status: 200 }],
  ];
  let since = 0;
  return faults.map(([what, fault]) => ({
    what: `Slack ${what}`,
    begin() {
      since = space.gateway.calls.length;
      space.gateway.fail('*', { ...fault, times: Number.POSITIVE_INFINITY });
    },
    end() {
      space.gateway.mend();
      expect(space.gateway.calls.slice(since).some((call) => call.fault)).toBe(true);
    },
    seen: 'stored',
  }));
}

export function processOutages(space: Space): Outage[] {
  const signal = (index: number, name: NodeJS.Signals) => process.kill(space.bots[index]?.pid ?? 0, name);
  return [
    {
      what: 'The worker’s event loop blocked',
      begin: () => signal(1, 'SIGSTOP'),
      end: () => signal(1, 'SIGCONT'),
      seen: 'stored',
    },
    {
      what: 'The web process’s event loop blocked',
      begin: () => signal(0, 'SIGSTOP'),
      end: () => signal(0, 'SIGCONT'),
      seen: 'unanswered',
    },
  ];
}

export function clockOutages(space: Space, broken: Broken): Outage[] {
  const HOUR = 3_600_000;
  const shift = (ms: number, indexes: number[]) => {
    writeFileSync(broken.clockFile, String(ms));
    for (const index of indexes) process.kill(space.bots[index]?.pid ?? 0, 'SIGUSR2');
  };
  const one = (what: string, ms: number, indexes: number[]): Outage => ({
    what,
    begin: () => shift(ms, indexes),
    end: () => shift(0, indexes),
    seen: 'stored',
  });
  return [
    one('The worker’s clock an hour ahead', HOUR, [1]),
    { ...one('The worker’s clock an hour behind', -HOUR, [1]), alike: true },
    { ...one('Every clock an hour ahead', HOUR, [0, 1]), alike: true },
    one('Every clock an hour behind', -HOUR, [0, 1]),
  ];
}

/** A version that comes brings its migrations while the one before runs, and holds until the end what they change. */
export function migrationOutages(space: Space): Outage[] {
  const HELD = 4711;
  let holder: pg.Client | undefined;
  const name = '99990101000000_next';
  let folder = '';
  let applied: Promise<string[]>;
  return [
    {
      what: 'Migrations run',
      async begin() {
        holder = new pg.Client({ connectionString: space.databaseUrl });
        await holder.connect();
        await holder.query(`SELECT pg_advisory_lock(${HELD})`);
        folder = mkdtempSync(join(tmpdir(), 'debrief-prisma-'));
        cpSync(PRISMA_DIR, folder, { recursive: true });
        const next = join(folder, 'migrations', name);
        mkdirSync(next);
        const columns = ['Incident', 'Entry', 'Inbox', 'Outbox'].map(
          (table) => `ALTER TABLE "${table}" ADD COLUMN next text CHECK (next <> '');`,
        );
        const rest = 'CREATE INDEX ON "Entry" (next); CREATE TABLE "Next" (id uuid REFERENCES "Incident");';
        writeFileSync(
          join(next, 'migration.sql'),
          `${columns.join('\n')}\n${rest}\nSET lock_timeout = 0;\nSELECT pg_advisory_xact_lock(${HELD});`,
        );
        applied = migrate(space.databaseUrl, folder);
        // It is asked for at the end.
        applied.catch(() => undefined);
      },
      async end() {
        await holder?.end();
        expect(await applied).toEqual([name]);
        rmSync(folder, { recursive: true });
      },
      seen: 'refused',
    },
  ];
}
