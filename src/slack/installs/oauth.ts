import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Tokens } from '../../usecases/edges.ts';
import type { Clock } from '../../usecases/ports.ts';
import { BOT_SCOPES } from './scopes.ts';

export interface OAuthApp {
  clientId: string;
  clientSecret: string;
  /** Where Slack sends people back to. */
  redirectUri: string;
  /** Null: Slack itself. */
  apiUrl: string | null;
}

/** What `oauth.v2.access` answers, as far as we need it. */
const granted = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.literal('bot'),
  refresh_token: z.string().min(1).optional(),
  /** Seconds. */
  expires_in: z.number().positive().optional(),
});
const installed = granted.extend({
  bot_user_id: z.string().min(1),
  /** Null where an organization installed the app for all of its workspaces. */
  team: z.looseObject({ id: z.string().min(1), name: z.string().optional() }).nullish(),
  is_enterprise_install: z.boolean().optional(),
  authed_user: z.looseObject({ id: z.string() }),
});
export type Granted = z.infer<typeof installed>;

/** Slack's side of the installation. `client` has no token. Methods throw Slack's errors. */
export function createOAuth(app: OAuthApp, client: WebClient, clock: Clock) {
  const { clientId: client_id, clientSecret: client_secret, redirectUri: redirect_uri } = app;
  const { access } = client.oauth.v2;
  return {
    /** Slack's page on which a person agrees. */
    authorizeUrl(state: string): string {
      const url = new URL('/oauth/v2/authorize', app.apiUrl ?? 'https://slack.com');
      url.search = new URLSearchParams({
        client_id,
        scope: BOT_SCOPES.join(','),
        redirect_uri,
        state,
      }).toString();
      return url.toString();
    },
    async install(code: string): Promise<Granted> {
      return installed.parse(await access({ client_id, client_secret, code, redirect_uri }));
    },
    /** A refresh token is good for one exchange. */
    async renew(refreshToken: string): Promise<Tokens> {
      const answer = await access({
        client_id,
        client_secret,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      return tokensOf(granted.parse(answer), clock.now());
    },
  };
}

export const tokensOf = (
  { access_token, refresh_token, expires_in }: z.infer<typeof granted>,
  now: number,
): Tokens =>
  refresh_token === undefined || expires_in === undefined
    ? { token: access_token, refreshToken: null, expiresAt: null }
    : { token: access_token, refreshToken: refresh_token, expiresAt: now + expires_in * 1000 };
