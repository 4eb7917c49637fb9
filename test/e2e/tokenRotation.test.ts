import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createLocalApp } from '../../src/demo/gateway/oauth.ts';
import { byOAuth, installIn } from '../support/oauth.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, eventually, type } from './incident.ts';

const app = createLocalApp(true);
const space = useWorkspace({
  people: { ana: 'UTC' },
  roles: ['all', 'all'],
  ...byOAuth(app, randomBytes(32).toString('hex')),
});
const rows = useDatabaseOf(space);
let channel = '';

beforeAll(async () => {
  app.redirectUrls.push(`${space.bot.url}/slack/oauth_redirect`);
  const { ana } = space.people;
  await installIn(space, space.gateway, ana);
  channel = await declare(space, ana, 'Tokens end');
  await rows.laneIdle('Tokens end');
});

const refreshes = () =>
  space.gateway.calls.filter(
    (one) => one.method === 'oauth.v2.access' && one.args.grant_type === 'refresh_token',
  );

/** The token that is in use ends so soon, at Slack too. */
async function endsIn(seconds: number): Promise<void> {
  for (const grant of app.tokens.values()) grant.expires = Date.now() + seconds * 1000;
  await rows.sql(`UPDATE "Installation" SET "expiresAt" = now() + make_interval(secs => $1)`, [seconds]);
}

/** Commands and steps in both processes at once. */
async function work(text: string): Promise<void> {
  const { ana } = space.people;
  const notes = Array.from({ length: 8 }, (_, n) => type(ana, channel, `/incident note ${text} ${n}`));
  const replies = await Promise.all(notes);
  expect(replies.filter((one, n) => one.failure || !one.text.includes(`${text} ${n}`))).toEqual([]);
  await rows.laneIdle('Tokens end');
  const seen = (await ana.sees(channel)).filter((one) => !one.ephemeral && one.shown.includes(text));
  expect(seen).toHaveLength(8);
}

test.each([
  ['has ended: it waits for the exchange', -10],
  ['ends within two hours: it goes on with the old one meanwhile', 3600],
])('a token that %s; two processes exchange it once', async (_what, seconds) => {
  const before = refreshes().length;
  await endsIn(seconds);
  await work(`Failed ${seconds}`);
  await eventually('new token', async () => {
    const [one] = await rows.sql<{ left: number }>(
      `SELECT extract(epoch FROM "expiresAt" - now())::float8 AS left FROM "Installation"`,
    );
    return (one?.left ?? 0) > 11 * 3600;
  });
  expect(refreshes().length - before).toBe(1);
  expect(refreshes().every((one) => one.ok)).toBe(true);
  expect(JSON.stringify(await rows.sql('SELECT * FROM "Installation"'))).not.toMatch(/xox/);
});

test('a refresh that Slack refuses: the workspace rests, nothing is lost, the operator is told', async () => {
  app.refreshTokens.clear();
  await endsIn(-10);
  await rows.sql(
    `INSERT INTO "Outbox" (lane, kind, payload, "createdAt") SELECT id, 'topic', '{}', now() FROM "Incident"`,
  );
  await eventually('rest', async () => (await rows.sql(`SELECT code FROM "Standstill"`)).length > 0);
  expect(await rows.sql(`SELECT code FROM "Standstill"`)).toEqual([{ code: 'invalid_refresh_token' }]);
  expect(await rows.sql(`SELECT 1 FROM "Outbox" WHERE kind = 'topic' AND "doneAt" IS NULL`)).toHaveLength(1);
  expect(space.bots.some((bot) => bot.output().includes('Slack refuses our token'))).toBe(true);
  expect((await fetch(`${space.bot.url}/readyz`)).status).toBe(200);
});
