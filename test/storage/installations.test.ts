import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createInstallations } from '../../src/storage/installations.ts';
import { createStandstills } from '../../src/storage/standstills.ts';
import { createTokenBox } from '../../src/storage/tokenBox.ts';
import { TokenKeyError } from '../../src/usecases/edges.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase({ pool: 20 });
const NOW = Date.parse('2026-03-10T14:00:00Z');
const HOUR = 3_600_000;
const newKey = () => randomBytes(32).toString('hex');
const [first, second] = [newKey(), newKey()];
const installations = (...keys: string[]) => createInstallations(database.prisma, createTokenBox(keys));

beforeEach(() => database.sql('TRUNCATE "Installation", "UsedState", "Standstill"'));

const one = (over: object = {}) => ({
  teamId: 'T1',
  teamName: 'One',
  botId: 'B1',
  botUserId: 'U1',
  installedBy: 'U2',
  token: 'xoxb-plain-token',
  refreshToken: null as string | null,
  expiresAt: null as number | null,
  ...over,
});
const rotating = (over: object = {}) =>
  one({ token: 'xoxe.xoxb-plain-token', refreshToken: 'xoxe-plain-refresh', expiresAt: NOW + HOUR, ...over });
const rows = () => database.sql<Record<string, string>>('SELECT * FROM "Installation" ORDER BY "teamId"');

describe('tokens at rest', () => {
  it('are sealed, each anew, and read again', async () => {
    const store = installations(first);
    await store.put(rotating(), NOW);
    expect(JSON.stringify(await rows())).not.toMatch(/plain/);
    expect(await store.get('T1')).toEqual({
      teamId: 'T1',
      botId: 'B1',
      botUserId: 'U1',
      token: 'xoxe.xoxb-plain-token',
      refreshToken: 'xoxe-plain-refresh',
      expiresAt: NOW + HOUR,
    });
    const before = (await rows())[0]?.token;
    await store.put(rotating(), NOW);
    expect((await rows())[0]?.token).not.toBe(before);
  });

  it.each<[string, string]>([
    [
      'another workspace’s',
      `UPDATE "Installation" SET token = (SELECT token FROM "Installation" WHERE "teamId" = 'T2') WHERE "teamId" = 'T1'`,
    ],
    [
      'the refresh token in place of the token',
      `UPDATE "Installation" SET token = "refreshToken" WHERE "teamId" = 'T1'`,
    ],
    [
      'changed by a letter',
      `UPDATE "Installation" SET token = left(token, -2) || CASE WHEN right(token, 2) = 'AA' THEN 'BB' ELSE 'AA' END WHERE "teamId" = 'T1'`,
    ],
    ['cut short', `UPDATE "Installation" SET token = split_part(token, '.', 1) WHERE "teamId" = 'T1'`],
    ['plain', `UPDATE "Installation" SET token = 'xoxb-plain-token' WHERE "teamId" = 'T1'`],
  ])('do not open when they are %s', async (_, change) => {
    const store = installations(first);
    await store.put(rotating(), NOW);
    await store.put(rotating({ teamId: 'T2' }), NOW);
    await database.sql(change);
    await expect(store.get('T1')).rejects.toThrow(TokenKeyError);
    expect(await store.get('T2')).toMatchObject({ token: 'xoxe.xoxb-plain-token' });
  });

  it('do not open with another key, which is said without the token', async () => {
    await installations(first).put(one(), NOW);
    await expect(installations(second).get('T1')).rejects.toThrow(
      /^TOKEN_KEY does not open the token of T1$/,
    );
  });
});

describe('another key', () => {
  it('in first place: the one before still opens, and everything is sealed anew', async () => {
    await installations(first).put(one(), NOW);
    await installations(first).put(rotating({ teamId: 'T2' }), NOW);
    const both = installations(second, first);
    expect(await both.get('T1')).toMatchObject({ token: 'xoxb-plain-token' });
    expect(await both.sealAnew()).toEqual([]);
    const after = installations(second);
    expect(await after.get('T1')).toMatchObject({ token: 'xoxb-plain-token' });
    expect(await after.get('T2')).toMatchObject({ refreshToken: 'xoxe-plain-refresh' });
    await expect(installations(first).get('T1')).rejects.toThrow(TokenKeyError);
    const sealed = await rows();
    await after.sealAnew();
    expect(await rows()).toEqual(sealed);
  });

  it('alone: names whose tokens are lost, and leaves them as they are', async () => {
    await installations(first).put(one(), NOW);
    await installations(second).put(one({ teamId: 'T2' }), NOW);
    const sealed = await rows();
    expect(await installations(second).sealAnew()).toEqual(['T1']);
    expect(await rows()).toEqual(sealed);
  });
});

describe('a workspace', () => {
  const resting = () => createStandstills(database.prisma).resting(NOW);

  it('installs again: the new token replaces the old one, and it goes on', async () => {
    const store = installations(first);
    await store.put(one(), NOW);
    expect(await store.end('T1', 'app_uninstalled', NOW + 1000, NOW + 1000)).toBe(true);
    expect(await store.get('T1')).toBeNull();
    expect(await rows(), 'the token is forgotten').toEqual([]);
    expect(await resting()).toEqual([{ teamId: 'T1', code: 'app_uninstalled' }]);
    expect(await store.end('T1', 'tokens_revoked', NOW + 1000, NOW + 1000), 'said twice').toBe(false);
    await store.put(one({ token: 'xoxb-another' }), NOW + 2000);
    expect(await store.get('T1')).toMatchObject({ token: 'xoxb-another' });
    expect(await resting()).toEqual([]);
  });

  it('is not ended by word of a removal before it was installed again', async () => {
    const store = installations(first);
    await store.put(one(), NOW);
    expect(await store.end('T1', 'app_uninstalled', NOW - 1, NOW + 5000)).toBe(false);
    expect(await store.get('T1')).not.toBeNull();
    expect(await resting()).toEqual([]);
  });
});

describe('renewing', () => {
  it('happens once, however many processes want it at once, and each gets the new token', async () => {
    await installations(first).put(rotating(), NOW);
    const exchanged: string[] = [];
    const exchange = async (refreshToken: string) => {
      exchanged.push(refreshToken);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { token: 'xoxe.xoxb-new', refreshToken: 'xoxe-new', expiresAt: NOW + 12 * HOUR };
    };
    const how = { until: NOW + 2 * HOUR, wait: true };
    const stores = Array.from({ length: 10 }, () => installations(first));
    const got = await Promise.all(stores.map((store) => store.renew('T1', how, exchange)));
    expect(exchanged).toEqual(['xoxe-plain-refresh']);
    expect(got.map((installation) => installation?.token)).toEqual(Array(10).fill('xoxe.xoxb-new'));
    expect(await installations(first).get('T1')).toMatchObject({
      token: 'xoxe.xoxb-new',
      refreshToken: 'xoxe-new',
    });
  });

  it('is left to who is at it, by one who can do without', async () => {
    await installations(first).put(rotating(), NOW);
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    let begun = () => {};
    const atIt = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const how = { until: NOW + 2 * HOUR, wait: false };
    const work = installations(first).renew('T1', how, async () => {
      begun();
      await held;
      return { token: 'xoxe.xoxb-new', refreshToken: 'xoxe-new', expiresAt: NOW + 12 * HOUR };
    });
    await atIt;
    const never = async (): Promise<never> => {
      throw new Error('a second exchange');
    };
    expect(await installations(first).renew('T1', how, never)).toBeNull();
    go();
    expect(await work).toMatchObject({ token: 'xoxe.xoxb-new' });
  });

  it('that fails leaves what was there', async () => {
    const store = installations(first);
    await store.put(rotating(), NOW);
    const failing = async (): Promise<never> => {
      throw new Error('Slack is away');
    };
    await expect(store.renew('T1', { until: NOW + 2 * HOUR, wait: true }, failing)).rejects.toThrow(
      'Slack is away',
    );
    expect(await store.get('T1')).toMatchObject({ refreshToken: 'xoxe-plain-refresh' });
  });
});

it('a state counts once, of twenty who bring it at once, and is forgotten when its time is over', async () => {
  const store = installations(first);
  const used = await Promise.all(Array.from({ length: 20 }, () => store.useState('s1', NOW + 1000, NOW)));
  expect(used.filter(Boolean)).toHaveLength(1);
  await store.useState('s2', NOW + 5000, NOW + 1000);
  expect(await database.sql('SELECT id FROM "UsedState"')).toEqual([{ id: 's2' }]);
});
