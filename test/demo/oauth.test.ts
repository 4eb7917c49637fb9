import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../src/demo/gateway/gateway.ts';
import { createLocalApp } from '../../src/demo/gateway/oauth.ts';
import type { Person } from '../../src/demo/gateway/people/person.ts';

// What Slack documents of OAuth, in the local one.
const app = createLocalApp(true);
const redirect_uri = 'https://debrief.example.com/slack/oauth_redirect';
let slack: Gateway;
let other: Gateway;
let ana: Person;

beforeAll(async () => {
  app.redirectUrls.push(redirect_uri);
  slack = await startGateway({ app, installed: false });
  other = await startGateway({ app, installed: false, teamId: 'T000000002' });
  ana = await slack.person({ name: 'ana', tz: 'UTC' });
});
afterAll(async () => {
  await slack?.stop();
  await other?.stop();
});

const clientOf = (token?: string) =>
  new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
const authorizeUrl = (over: Record<string, string> = {}) =>
  `${slack.url}/oauth/v2/authorize?${new URLSearchParams({ client_id: app.clientId, scope: 'commands', redirect_uri, state: 's', ...over })}`;
const codeOf = (gateway: Gateway) =>
  new URL(gateway.approve(authorizeUrl(), { userId: ana.id })).searchParams.get('code') ?? '';
const ids = () => ({ client_id: app.clientId, client_secret: app.clientSecret });
const exchange = (over: Record<string, string>) =>
  clientOf().oauth.v2.access({ ...ids(), redirect_uri, ...over });
const errorOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error) => error.data.error,
  );

test('people are sent back only where the app says, with the state that they came with', () => {
  const back = new URL(slack.approve(authorizeUrl({ state: 'a.b' }), { userId: ana.id }));
  expect(back.origin + back.pathname).toBe(redirect_uri);
  expect(back.searchParams.get('state')).toBe('a.b');
  const at = (over: Record<string, string>) => () => slack.approve(authorizeUrl(over), { userId: ana.id });
  expect(at({ redirect_uri: 'https://elsewhere.example.com' })).toThrow('bad_redirect_uri');
  expect(at({ client_id: '1.1' })).toThrow('invalid_client_id');
});

test('a code counts once, for its own address, with the app’s secret', async () => {
  const code = codeOf(slack);
  expect(await errorOf(exchange({ code, client_secret: 'wrong' }))).toBe('bad_client_secret');
  const granted = await exchange({ code });
  expect(granted).toMatchObject({
    token_type: 'bot',
    team: { id: 'T000000001' },
    authed_user: { id: ana.id },
  });
  expect(await errorOf(exchange({ code }))).toBe('invalid_code');
  expect(
    await errorOf(exchange({ code: codeOf(slack), redirect_uri: 'https://elsewhere.example.com' })),
  ).toBe('bad_redirect_uri');
  expect(JSON.stringify(slack.calls)).not.toMatch(new RegExp(`${code}|${app.clientSecret}`));
});

test('one address serves the bots of both workspaces, each in its own', async () => {
  for (const [gateway, team] of [
    [slack, 'T000000001'],
    [other, 'T000000002'],
  ] as const) {
    const { access_token } = await exchange({ code: codeOf(gateway) });
    expect(await clientOf(access_token).auth.test()).toMatchObject({ team_id: team });
  }
});

test('a refresh token counts once; a token that has ended, was revoked or whose app is gone does not', async () => {
  const first = await exchange({ code: codeOf(slack) });
  const refresh = { grant_type: 'refresh_token' as const, refresh_token: String(first.refresh_token) };
  const second = await clientOf().oauth.v2.access({ ...ids(), ...refresh });
  expect(second).toMatchObject({ token_type: 'bot', expires_in: 43_200 });
  expect(await errorOf(clientOf().oauth.v2.access({ ...ids(), ...refresh }))).toBe('invalid_refresh_token');
  const test = (token?: string) => errorOf(clientOf(token).auth.test());
  const grant = app.tokens.get(String(first.access_token));
  if (grant) grant.expires = Date.now() - 1;
  expect(await test(first.access_token)).toBe('token_expired');
  await clientOf(second.access_token).auth.revoke();
  expect(await test(second.access_token)).toBe('token_revoked');
  const third = await exchange({ code: codeOf(slack) });
  slack.uninstall();
  expect(await test(third.access_token)).toBe('account_inactive');
});
