import { expect } from 'vitest';
import type { Gateway } from '../../src/demo/gateway/gateway.ts';
import type { LocalApp } from '../../src/demo/gateway/oauth.ts';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import type { Workspace } from './workspace.ts';

/** For `useWorkspace`: a bot that has no token until somebody installs `app`. `tokenKey` in hex. */
export const byOAuth = (app: LocalApp, tokenKey: string) => ({
  gateway: { app, installed: false },
  env: {
    SLACK_BOT_TOKEN: '',
    ANNOUNCE_CHANNEL: '',
    MANAGERS: '',
    SLACK_CLIENT_ID: app.clientId,
    SLACK_CLIENT_SECRET: app.clientSecret,
    TOKEN_KEY: tokenKey,
  },
});

/** A browser's request, which follows no redirect. */
export const get = (url: string, cookie = '') => fetch(url, { redirect: 'manual', headers: { cookie } });

/** A browser that was sent to Slack. */
export async function leave({ bot }: Pick<Workspace, 'bot'>) {
  const answer = await get(`${bot.url}/slack/install`);
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { toSlack: answer.headers.get('location') ?? '', cookie };
}

/** Installs the app as that person would. Returns the page that they see. */
export async function installIn(
  space: Pick<Workspace, 'bot'>,
  gateway: Gateway,
  person: Person,
): Promise<string> {
  const { toSlack, cookie } = await leave(space);
  const answer = await get(gateway.approve(toSlack, { userId: person.id }), cookie);
  expect(answer.status).toBe(200);
  return answer.text();
}
