import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bot, startBot } from '../../src/demo/bot.ts';
import { type Gateway, startGateway } from '../../src/demo/gateway/gateway.ts';
import { createLocalApp } from '../../src/demo/gateway/oauth.ts';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { readManifest } from '../../src/demo/manifest.ts';
import { ACTIONS } from '../../src/slack/ids.ts';
import { byOAuth, get, installIn, leave } from '../support/oauth.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { eventually, type } from './incident.ts';

const app = createLocalApp();
const key = () => randomBytes(32).toString('hex');
const firstKey = key();
const space = useWorkspace({
  people: { ana: 'UTC' },
  ...byOAuth(app, firstKey),
});
const rows = useDatabaseOf(space);

/** The other workspace, with the same app. */
let other: Gateway;
let bob: Person;
let elsewhere = '';
beforeAll(async () => {
  app.redirectUrls.push(`${space.bot.url}/slack/oauth_redirect`);
  other = await startGateway({ ...readManifest(), app, teamId: 'T000000002', installed: false });
  other.deliverTo(space.bot.eventsUrl);
  bob = await other.person({ name: 'bob', tz: 'UTC' });
  elsewhere = await other.channel('incidents');
  await bob.join(elsewhere);
});
afterAll(() => other?.stop());

const teams = async () =>
  (await rows.sql<{ teamId: string }>('SELECT "teamId" FROM "Installation" ORDER BY 1')).map(
    (one) => one.teamId,
  );
const exchanges = () => space.gateway.calls.filter((one) => one.method === 'oauth.v2.access').length;
const ready = async () => {
  const answer = await fetch(`${space.bot.url}/readyz`);
  return { status: answer.status, body: await answer.json() };
};
const laneDone = (title: string) => rows.laneIdle(title);

describe('before anybody installs', () => {
  test('the bot is ready; a command of a workspace without the app is answered in words', async () => {
    expect(await ready()).toEqual({ status: 200, body: { ready: true, missing: [], workspacesAtRest: 0 } });
    const reply = await type(space.people.ana, space.incidents, '/incident declare Too early');
    expect(reply.failure).toBeUndefined();
    expect(reply.text).toMatch(/has not installed Debrief[\s\S]*\/incident declare Too early/);
    expect(await rows.sql('SELECT 1 FROM "Incident"')).toEqual([]);
  });

  test('a state that is used, forged, expired or of another browser installs nothing, and no code is exchanged', async () => {
    const { ana } = space.people;
    const one = await leave(space);
    const two = await leave(space);
    const back = space.gateway.approve(one.toSlack, { userId: ana.id });
    const forged = new URL(back);
    forged.searchParams.set('state', `x${forged.searchParams.get('state')}`);
    for (const [url, cookie] of [
      [back, ''],
      [back, two.cookie],
      [forged.toString(), one.cookie],
    ] as const) {
      const answer = await get(url, cookie);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('Start again');
    }
    expect([await teams(), exchanges()]).toEqual([[], 0]);
  });

  test('calling it off, or choosing a whole organization, installs nothing', async () => {
    const { ana } = space.people;
    const off = await leave(space);
    const canceled = await get(
      space.gateway.approve(off.toSlack, { userId: ana.id, cancel: true }),
      off.cookie,
    );
    expect(await canceled.text()).toContain('called off');
    const whole = await leave(space);
    const url = space.gateway.approve(whole.toSlack, { userId: ana.id, organization: true });
    expect(await (await get(url, whole.cookie)).text()).toContain('not for a whole organization');
    expect(space.gateway.calls.some((one) => one.method === 'auth.revoke' && one.ok)).toBe(true);
    expect(await teams()).toEqual([]);
  });
});

describe('two workspaces', () => {
  let ours = '';
  let theirs = '';

  test('install the app in one bot', async () => {
    const page = await installIn(space, space.gateway, space.people.ana);
    expect(page).toContain('Debrief is installed in debrief-demo');
    const { toSlack, cookie } = await leave(space);
    const back = other.approve(toSlack, { userId: bob.id });
    expect((await get(back, cookie)).status).toBe(200);
    const before = exchanges();
    expect((await get(back, cookie)).status, 'the same state again').toBe(403);
    expect(exchanges()).toBe(before);
    expect(await teams()).toEqual(['T000000001', 'T000000002']);
  });

  test('have number spaces of their own, and each is told of its own incidents only', async () => {
    const { ana } = space.people;
    expect((await type(ana, space.incidents, '/incident declare sev2 Checkout of the first')).text).toContain(
      '*INC-1*',
    );
    expect((await type(bob, elsewhere, '/incident declare sev2 Search of the second')).text).toContain(
      '*INC-1*',
    );
    ours = await eventually(
      'channel',
      async () => (await ana.channels()).find((one) => one.name.startsWith('inc-1'))?.id,
    );
    theirs = await eventually(
      'channel',
      async () => (await bob.channels()).find((one) => one.name.startsWith('inc-1'))?.id,
    );
    await type(ana, ours, '/incident note Carts are empty');
    await type(bob, theirs, '/incident note Shards are red');
    await laneDone('Checkout of the first');
    await laneDone('Search of the second');
    const named = (words: RegExp) =>
      new Set(
        space.gateway.calls
          .filter((one) => one.method !== 'response_url' && words.test(JSON.stringify(one.args)))
          .map((one) => one.teamId),
      );
    expect(named(/Checkout of the first|Carts are empty/)).toEqual(new Set(['T000000001']));
    expect(named(/Search of the second|Shards are red/)).toEqual(new Set(['T000000002']));
    expect((await type(ana, space.incidents, '/incident list all')).text).not.toContain('Search');
    expect((await type(bob, elsewhere, '/incident find Carts')).text).not.toContain('Carts are empty');
  });

  test('an id of the other one’s, sent as one’s own, is refused and logged', async () => {
    const [entry] = await rows.sql<{ id: string }>(`SELECT id FROM "Entry" WHERE text = 'Carts are empty'`);
    const { teamId } = other.workspace;
    const press = (value: string, trigger_id: string) =>
      JSON.stringify({
        type: 'block_actions',
        team: { id: teamId },
        user: { id: bob.id, team_id: teamId },
        channel: { id: elsewhere },
        actions: [{ type: 'button', action_id: ACTIONS.retract, block_id: 'b', value }],
        trigger_id,
      });
    expect((await other.sendRaw(press(entry?.id ?? '', 'forged.1'))).status).toBe(200);
    await eventually('line in the log', async () =>
      space.bot
        .output()
        .split('\n')
        .some((line) => line.includes('"denied"') && line.includes(teamId)),
    );
    expect(await rows.sql('SELECT "retractedAt" FROM "Entry" WHERE id = $1', [entry?.id])).toEqual([
      { retractedAt: null },
    ]);
  });

  test('one removes the app: it stands still, its data is kept, the other goes on', async () => {
    space.gateway.uninstall();
    await eventually('end of the installation', async () => (await teams()).length === 1);
    expect(await teams()).toEqual(['T000000002']);
    expect(await ready()).toEqual({ status: 200, body: { ready: true, missing: [], workspacesAtRest: 1 } });
    await eventually('word to the operator', async () => /has removed the app/.test(space.bot.output()));
    const reply = await type(space.people.ana, ours, '/incident note Nobody hears this');
    expect(reply.text).toMatch(/has removed it[\s\S]*Nobody hears this/);

    // Its lanes rest, while those of the other, woken by the same sweep, are worked off.
    const wake = (title: string) =>
      rows.sql(
        `INSERT INTO "Outbox" (lane, kind, payload, "createdAt") SELECT id, 'topic', '{}', now() FROM "Incident" WHERE title = $1`,
        [title],
      );
    await wake('Checkout of the first');
    for (let turn = 0; turn < 2; turn++) {
      await wake('Search of the second');
      await laneDone('Search of the second');
    }
    const attempts = await rows.sql(
      `SELECT attempts FROM "Outbox" o JOIN "Incident" i ON i.id::text = lane WHERE title = 'Checkout of the first' AND "doneAt" IS NULL`,
    );
    expect(attempts).toEqual([{ attempts: 0 }]);
    expect((await type(bob, theirs, '/incident note Still here')).text).toContain('Still here');
  });

  test('it installs again: what waited is done, and everything is there', async () => {
    await installIn(space, space.gateway, space.people.ana);
    expect((await ready()).body).toMatchObject({ workspacesAtRest: 0 });
    await laneDone('Checkout of the first');
    const timeline = await type(space.people.ana, ours, '/incident timeline');
    expect(timeline.text).toContain('Carts are empty');
    expect(timeline.text).not.toContain('Nobody hears this');
    expect((await type(space.people.ana, ours, '/incident note Back again')).text).toContain('Back again');
    await laneDone('Checkout of the first');
  });

  test('late word of the removal before changes nothing', async () => {
    const { teamId } = space.gateway.workspace;
    const late = {
      type: 'event_callback',
      team_id: teamId,
      event_id: 'EvLate',
      event_time: Math.floor(Date.now() / 1000) - 300,
      event: { type: 'app_uninstalled', event_ts: '1.1' },
    };
    expect((await space.gateway.sendRaw(JSON.stringify(late))).status).toBe(200);
    await eventually('end of its row', async () => {
      const found = await rows.sql(`SELECT 1 FROM "Inbox" WHERE key LIKE '%EvLate' AND "doneAt" IS NOT NULL`);
      return found.length === 1;
    });
    expect(await teams()).toEqual(['T000000001', 'T000000002']);
  });

  test('installs over itself: the new token replaces the old one', async () => {
    await installIn(space, space.gateway, space.people.ana);
    expect((await type(space.people.ana, ours, '/incident note With a new token')).text).toContain(
      'With a new token',
    );
    await laneDone('Checkout of the first');
    expect((await space.people.ana.sees(ours)).some((one) => one.shown.includes('With a new token'))).toBe(
      true,
    );
  });
});

describe('secrets', () => {
  test('stand in no table and no line of the log', async () => {
    const [{ found = '' } = {}] = await rows.sql<{ found: string }>(
      `SELECT json_agg(i)::text || (SELECT json_agg(b)::text FROM "Inbox" b) AS found FROM "Installation" i`,
    );
    const kept = found + space.bot.output();
    const secrets = [...app.tokens.keys(), app.clientSecret, firstKey, app.signingSecret];
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  });

  test('of a new key: refused alone, taken with the one before, which is then not needed any more', async () => {
    const secondKey = key();
    const start = async (tokenKey: string): Promise<Bot> =>
      startBot({ env: { ...space.env, TOKEN_KEY: tokenKey, ROLE: 'web' }, log: () => undefined });
    await expect(start(secondKey)).rejects.toThrow(
      /TOKEN_KEY does not open the tokens of T000000001, T000000002/,
    );
    await (await start(`${secondKey},${firstKey}`)).stop();
    await (await start(secondKey)).stop();
  });
});
