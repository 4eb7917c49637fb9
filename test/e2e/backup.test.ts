import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { startBot } from '../../src/demo/bot.ts';
import { clearRedis, freshDatabase } from '../../src/demo/database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { ownPostgres } from '../support/servers.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, draftOf, eventually, type } from './incident.ts';

const space = useWorkspace({ people: { ana: 'Europe/Berlin' } });
const rows = useDatabaseOf(space);
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** The operator's command as a process: what it wrote, and its code. */
function data(
  databaseUrl: string,
  args: string[],
  input = '',
): Promise<{ out: string; err: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/storage/data/main.js', ...args], {
      env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ out, err, code }));
    child.stdin.end(input);
  });
}

async function everything(url: string): Promise<Record<string, unknown[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const all: Record<string, unknown[]> = {};
  const { rows: tables } = await client.query(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  for (const { name } of tables.filter((one) => one.name !== '_prisma_migrations'))
    all[name] = (await client.query(`SELECT to_jsonb(t)::text AS row FROM "${name}" t ORDER BY 1`)).rows;
  await client.end();
  return all;
}

test('dumped, restored into an empty server, started there: everything is there and goes on', async () => {
  const { ana } = space.people;
  const channel = await declare(space, ana, 'sev2 Checkout fails at 20m ago');
  await type(ana, channel, '/incident note 15m ago Ünïcode “quotes” \\ and \u{1f600} stay');
  await type(ana, channel, '/incident retract #2');
  await type(ana, channel, '/incident restore #2');
  await type(ana, channel, '/incident resolve');
  const before = await draftOf(ana, channel);
  await rows.laneIdle('Checkout fails');
  await space.bot.stop();

  const backup = await data(space.databaseUrl, ['dump']);
  expect(backup).toMatchObject({ code: 0, err: expect.stringMatching(/^Wrote \d+ rows/) });
  const server = await ownPostgres();
  ends.push(server.remove);
  const fresh = await freshDatabase(server.url, 'restored');
  ends.push(fresh.drop);
  await migrate(fresh.url);
  expect(await data(fresh.url, ['restore'], backup.out)).toMatchObject({
    err: expect.stringMatching(/^Restored \d+ rows/),
    code: 0,
  });
  expect(await everything(fresh.url)).toEqual(await everything(space.databaseUrl));
  // Twice is refused, with nothing changed.
  const again = await data(fresh.url, ['restore'], backup.out);
  expect(again.code).not.toBe(0);
  expect(again.err).toMatch(/not empty/);

  const prefix = `restored-${randomBytes(4).toString('hex')}`;
  ends.push(() => clearRedis(space.redisUrl, prefix));
  const env = {
    ...space.env,
    DATABASE_URL: fresh.url,
    REDIS_URL: space.redisUrl,
    REDIS_PREFIX: prefix,
    ROLE: 'all',
  };
  const bot = await startBot({ env, port: space.bot.port, log: () => undefined });
  ends.push(bot.stop);
  // The links that people have still work, and what they show is the same.
  const after = await draftOf(ana, channel);
  expect(after.json).toEqual(before.json);
  expect(after.markdown).toBe(before.markdown);
  expect((await type(ana, channel, '/incident timeline')).text).toContain('Ünïcode');
  // It goes on: new numbers after the old ones.
  await type(ana, channel, '/incident reopen');
  expect((await type(ana, channel, '/incident note Once more')).text).toMatch(/#\d+/);
  await eventually('the line in the channel', async () =>
    (await ana.sees(channel)).some(({ shown }) => shown.includes('Once more')),
  );
  await declare(space, ana, 'sev3 Search is slow');
});
