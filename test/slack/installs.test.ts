import { WebAPIPlatformError, WebAPIRequestError, type WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { NotInstalled, singleConnection } from '../../src/slack/connections.ts';
import { installedConnections } from '../../src/slack/installs/connections.ts';
import { install } from '../../src/slack/installs/install.ts';
import { createOAuth } from '../../src/slack/installs/oauth.ts';
import { BOT_SCOPES } from '../../src/slack/installs/scopes.ts';
import type { Installation, Installations } from '../../src/usecases/edges.ts';
import { fixedClock } from '../support/clock.ts';
import { keptLog } from './fakes.ts';

const HOUR = 3_600_000;
const clientOf = (token: string) => ({ token }) as unknown as WebClient;

/** One workspace whose token ends in `life` milliseconds. `exchange`: what becomes of a refresh token. */
function setUp(life: number | null, exchange: () => Promise<string> = async () => 'fresh') {
  const clock = fixedClock('2026-03-10T14:00:00Z');
  const log = keptLog();
  let row: Installation | null = {
    teamId: 'T1',
    botId: 'B1',
    botUserId: 'U1',
    token: 'old',
    refreshToken: life === null ? null : 'r1',
    expiresAt: life === null ? null : clock.now() + life,
  };
  const asked: boolean[] = [];
  const installations: Pick<Installations, 'get' | 'renew'> = {
    get: async (teamId) => (row?.teamId === teamId ? { ...row } : null),
    async renew(_team, { until, wait }, work) {
      asked.push(wait);
      if (!row || (row.expiresAt ?? 0) > until) return row;
      row = { ...row, ...(await work(row.refreshToken ?? '')) };
      return { ...row };
    },
  };
  const renew = async () => {
    const token = await exchange();
    return { token, refreshToken: 'r2', expiresAt: clock.now() + 12 * HOUR };
  };
  const connections = installedConnections({
    installations,
    oauth: { renew },
    clientOf,
    clock,
    logger: log.logger,
  });
  return {
    clock,
    log,
    asked,
    connections,
    remove: () => {
      row = null;
    },
    token: async () => (await connections.of('T1')).client.token,
  };
}

describe('the way to a workspace', () => {
  it('is its own token; one that has not installed the app has none', async () => {
    const { connections, token, remove, asked } = setUp(null);
    expect(await token()).toBe('old');
    expect((await connections.of('T1')).self).toEqual({ botId: 'B1', userId: 'U1' });
    await expect(connections.of('T2')).rejects.toThrow(NotInstalled);
    remove();
    await expect(connections.of('T1'), 'at once').rejects.toThrow(NotInstalled);
    expect(asked).toEqual([]);
  });

  it('keeps its client while its token is the same', async () => {
    const { connections } = setUp(null);
    expect((await connections.of('T1')).client).toBe((await connections.of('T1')).client);
  });

  it('is renewed beside the work, two hours before the token ends, by one exchange for all who ask', async () => {
    const { token, connections, asked, clock } = setUp(2 * HOUR + 1000);
    expect(await token()).toBe('old');
    expect(asked).toEqual([]);
    clock.forward(1);
    expect(await Promise.all([token(), token(), token()])).toEqual(['old', 'old', 'old']);
    await connections.drain();
    expect(asked).toEqual([false]);
    expect(await token()).toBe('fresh');
  });

  it('waits for the exchange once the token has ended', async () => {
    const { token, asked } = setUp(30_000);
    expect(await Promise.all([token(), token()])).toEqual(['fresh', 'fresh']);
    expect(asked).toEqual([true]);
  });

  it('goes on with the old token while Slack does not renew it, and asks once a minute', async () => {
    let tries = 0;
    const { token, connections, clock, log } = setUp(HOUR, async () => {
      tries++;
      throw new WebAPIRequestError(new Error('socket hang up'));
    });
    for (let n = 0; n < 3; n++) {
      expect(await token()).toBe('old');
      await connections.drain();
    }
    expect(tries).toBe(1);
    clock.forward(1);
    await token();
    await connections.drain();
    expect(tries).toBe(2);
    expect(log.text()).toContain('was not renewed');
    clock.forward(59);
    await expect(token(), 'it has ended').rejects.toThrow();
  });
});

describe('installing', () => {
  const answer = {
    access_token: 'xoxb-new',
    token_type: 'bot' as const,
    bot_user_id: 'U1',
    team: { id: 'T1', name: 'One' },
    authed_user: { id: 'U2' },
  };
  function installing(over: object | Error, teamId = 'T1') {
    const log = keptLog();
    const put: object[] = [];
    const revoked: string[] = [];
    const parts = {
      oauth: {
        install: async () => {
          if (over instanceof Error) throw over;
          return { ...answer, ...over };
        },
      },
      clientOf: (token: string) =>
        ({
          auth: {
            test: async () => ({ ok: true, team_id: teamId, bot_id: 'B1' }),
            revoke: async () => void revoked.push(token),
          },
        }) as unknown as WebClient,
      installations: { put: async (one: object) => void put.push(one) },
      clock: fixedClock('2026-03-10T14:00:00Z'),
      logger: log.logger,
      onInstalled: async () => undefined,
    };
    return { put, revoked, log, run: () => install(parts, 'code') };
  }

  it('keeps the token, and when it ends', async () => {
    const { put, run, log } = installing({ refresh_token: 'xoxe-1', expires_in: 43_200 });
    expect(await run()).toEqual({ kind: 'installed', teamName: 'One' });
    const expiresAt = Date.parse('2026-03-11T02:00:00Z');
    expect(put).toMatchObject([
      { teamId: 'T1', botId: 'B1', token: 'xoxb-new', refreshToken: 'xoxe-1', expiresAt },
    ]);
    expect(log.text()).not.toMatch(/xox/);
  });

  it.each([{ is_enterprise_install: true }, { team: null }])(
    'for an organization as a whole (%o) is refused, and the token is given back',
    async (over) => {
      const { put, revoked, run } = installing(over);
      expect(await run()).toEqual({ kind: 'organization' });
      expect([put, revoked]).toEqual([[], ['xoxb-new']]);
    },
  );

  it('with a code that Slack does not take is refused', async () => {
    const { put, run, log } = installing(new WebAPIPlatformError({ ok: false, error: 'invalid_code' }));
    expect(await run()).toEqual({ kind: 'refused' });
    expect(put).toEqual([]);
    expect(log.text()).toContain('invalid_code');
  });

  it('does not believe a token of another workspace', async () => {
    const { put, run } = installing({}, 'T9');
    await expect(run()).rejects.toThrow();
    expect(put).toEqual([]);
  });

  it('asks Slack for the scopes, and to be sent back to us', () => {
    const app = {
      clientId: '1.2',
      clientSecret: 's',
      redirectUri: 'https://d.example.com/slack/oauth_redirect',
      apiUrl: null,
    };
    const oauth = createOAuth(
      app,
      { oauth: { v2: {} } } as unknown as WebClient,
      fixedClock('2026-03-10T14:00:00Z'),
    );
    const url = new URL(oauth.authorizeUrl('a.1.b'));
    expect(url.origin + url.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '1.2',
      scope: BOT_SCOPES.join(','),
      redirect_uri: app.redirectUri,
      state: 'a.1.b',
    });
  });
});

it('the workspace of SLACK_BOT_TOKEN is served, and no other one', async () => {
  const client = clientOf('xoxb-1');
  const identity = async () => ({ ok: true, team_id: 'T1', bot_id: 'B1', user_id: 'U1' });
  const connections = singleConnection(client, identity);
  expect(await connections.of('T1')).toEqual({ client, self: { botId: 'B1', userId: 'U1' } });
  await expect(connections.of('T2')).rejects.toThrow(NotInstalled);
  await expect(connections.of('')).rejects.toThrow(NotInstalled);
});
