import { createEmulator } from 'emulate';
import { Timestamps } from './timestamps.ts';
import type { Answer, Json, Workspace } from './types.ts';
import { askWithin, type Within } from './within.ts';

/** Every emulator's only workspace; ours may have another id. */
export const FIRST_TEAM = 'T000000001';

/** More people than a demo or test has; a new one takes a free account (the emulator adds none while it runs). */
const ACCOUNTS = 60;
/** The emulator takes 5,000 calls an hour of a token, far less than a test needs: everybody has many tokens. */
const TOKENS = { bot: 400, person: 40 };

export interface Emulator {
  ask: Within['ask'];
  timestamps: Timestamps;
  /** Of the bot's user, with every scope. */
  innerToken: string;
  accounts: { name: string; token: string }[];
  /** Calls a Web API method. `at`: what it creates gets this time, in milliseconds, instead of now. */
  call(token: string, method: string, args: Json, at?: number): Promise<Answer>;
  /** One of the tokens that the emulator knows an account by. */
  session(token: string): string;
  stop(): Promise<void>;
}

/**
 * Starts the emulator of Slack's Web API (package `emulate`) with our app installed. It keeps channels,
 * messages, reactions, pins and files; what it lacks of Slack stands in the files beside this one.
 */
export async function startEmulator(options: {
  workspace: Workspace;
  /** Where clients reach it: the address of the gateway. */
  baseUrl: string;
  port: number;
  /** Only these scopes are granted; without it all are. */
  scopes?: string[];
  now: () => number;
}): Promise<Emulator> {
  const { workspace, baseUrl, port, scopes } = options;
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) => ({
    name: `person${i + 1}`,
    token: `xoxp-${i + 1}`,
  }));
  const innerToken = 'xoxb-inner';
  const bot = { app_id: workspace.appId, bot_id: workspace.botId, bot_user_id: workspace.botUserId };
  const emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl,
    seed: {
      slack: {
        team: { name: 'Debrief demo', domain: workspace.teamDomain },
        users: accounts.map(({ name }) => ({ name })),
        oauth_apps: [
          {
            ...bot,
            client_id: '1.1',
            client_secret: 'unused',
            name: 'Debrief',
            bot_name: 'debrief',
            redirect_uris: [],
            scopes,
          },
        ],
        tokens: [
          ...several(innerToken, TOKENS.bot).map((token) => ({
            ...bot,
            token,
            type: 'bot',
            user_id: workspace.botUserId,
          })),
          ...several(workspace.botToken, TOKENS.bot).map((token) => ({
            ...bot,
            token,
            type: 'bot',
            user_id: workspace.botUserId,
            scopes,
          })),
          ...accounts.flatMap(({ name, token }) =>
            several(token, TOKENS.person).map((one) => ({ token: one, type: 'user', user: name })),
          ),
        ],
        strict_scopes: scopes !== undefined,
      },
    },
  });
  const within = askWithin(port);
  const timestamps = new Timestamps(options.now);
  let calls = 0;
  const oneOf = (token: string) =>
    `${token}.${calls++ % (token.startsWith('xoxb-') ? TOKENS.bot : TOKENS.person)}`;
  return {
    ask: within.ask,
    timestamps,
    innerToken,
    accounts,
    session: oneOf,
    call: async (token, method, args, at) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${oneOf(token)}` };
      const sent = timestamps.inward(JSON.stringify(args));
      const { status, body } = await within.ask(`/api/${method}`, { method: 'POST', headers }, sent);
      if (status === 403) throw new Error(`The emulator takes no more calls: ${body}`);
      if (status === 404) return { ok: false, error: 'unknown_method' };
      const answer = body.toString('utf8').replaceAll(`"${FIRST_TEAM}"`, `"${workspace.teamId}"`);
      return JSON.parse(timestamps.outward(answer, at));
    },
    stop() {
      within.stop();
      return emulator.close();
    },
  };
}

function several(token: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${token}.${i}`);
}
