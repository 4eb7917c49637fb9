import { Redis } from 'ioredis';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { startBot } from '../../src/demo/bot.ts';
import { workspace } from '../support/workspace.ts';

async function names(): Promise<string[]> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  const { rows } = await client.query('select datname from pg_database');
  await client.end();
  return rows.map(({ datname }) => datname);
}

async function keys(prefix: string): Promise<string[]> {
  const redis = new Redis(inject('redisUrl'));
  const found = await redis.keys(`${prefix}:*`);
  redis.disconnect();
  return found;
}

describe('a workspace', () => {
  test('lives through a crash of the bot, and leaves nothing behind', async () => {
    const space = await workspace({
      process: true,
      people: { ana: 'Europe/Lisbon' },
      roles: ['web', 'worker'],
      gateway: { patience: 60_000 },
    });
    const { ana } = space.people;
    const own = new URL(space.databaseUrl).pathname.slice(1);
    try {
      expect(await names()).toContain(own);
      const declared = await ana.command(space.incidents, '/incident declare sev1 Checkout fails');
      expect(declared.text).toContain('INC-1');
      await expect
        .poll(async () => (await ana.channels()).map(({ name }) => name), { timeout: 60_000 })
        .toContainEqual(expect.stringMatching(/^inc-1/));
      const pid = space.bot.pid;
      await space.restart('kill');
      expect(space.bot.pid).not.toBe(pid);
      expect((await ana.command(space.incidents, '/incident list')).text).toContain('Checkout fails');
      expect(space.bots).toHaveLength(2);
      expect(await keys(space.redisPrefix)).not.toEqual([]);
    } finally {
      await space.stop();
    }
    expect(await names()).not.toContain(own);
    expect(await keys(space.redisPrefix)).toEqual([]);
  });
});

describe('startBot', () => {
  test('a bot that dies at once is reported with its last words', async () => {
    await expect(
      startBot({ env: { DATABASE_URL: 'postgresql://x', REDIS_URL: 'redis://x' }, log: () => {} }),
    ).rejects.toThrow(/^The bot did not start: Error: it ended\n[\s\S]*SLACK_BOT_TOKEN is missing/);
  });
});
