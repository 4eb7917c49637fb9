import { randomBytes } from 'node:crypto';
import type { Slack } from './slack.ts';
import { type Answer, type Json, textOf } from './types.ts';

const CODE_LIFE_MS = 10 * 60_000;
const TOKEN_LIFE_S = 43_200;

interface Grant {
  slack: Slack;
  expires: number | null;
  /** Slack's word for why it counts no more. */
  gone?: string;
}

/** Our app as Slack knows it: who it is, and who installed it. Several workspaces may share it. */
export interface LocalApp {
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  /** Where people may be sent back to. */
  redirectUrls: string[];
  /** Whether tokens end after twelve hours and are refreshed. */
  rotates: boolean;
  tokens: Map<string, Grant>;
  codes: Map<
    string,
    { slack: Slack; userId: string; redirectUri: string; organization: boolean; expires: number }
  >;
  refreshTokens: Map<string, Slack>;
}

export const createLocalApp = (rotates = false): LocalApp => ({
  clientId: `1000000000.${Math.floor(Math.random() * 1e12)}`,
  clientSecret: randomBytes(16).toString('hex'),
  signingSecret: randomBytes(16).toString('hex'),
  redirectUrls: [],
  rotates,
  tokens: new Map(),
  codes: new Map(),
  refreshTokens: new Map(),
});

/**
 * A person agrees on Slack's page at `url` (`/oauth/v2/authorize`); gives the address that they are sent back to.
 * Throws what Slack would show them instead. `organization`: for all workspaces of an Enterprise organization.
 */
export function approve(
  app: LocalApp,
  slack: Slack,
  url: string,
  how: { userId: string; organization?: boolean; cancel?: boolean },
): string {
  const query = new URL(url).searchParams;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== app.clientId) throw new Error('invalid_client_id');
  if (!query.get('scope')) throw new Error('no_scopes');
  if (!app.redirectUrls.includes(redirectUri)) throw new Error('bad_redirect_uri');
  const back = new URL(redirectUri);
  if (how.cancel) back.searchParams.set('error', 'access_denied');
  else {
    const code = randomBytes(16).toString('hex');
    const { userId, organization = false } = how;
    app.codes.set(code, { slack, userId, redirectUri, organization, expires: Date.now() + CODE_LIFE_MS });
    back.searchParams.set('code', code);
  }
  back.searchParams.set('state', query.get('state') ?? '');
  return back.toString();
}

/** `oauth.v2.access`: a code or a refresh token for an access token. Client id and secret as arguments or by Basic. */
export function access(app: LocalApp, args: Json, authorization: string): Answer {
  const basic = Buffer.from(/^Basic (.+)$/.exec(authorization)?.[1] ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const [clientId, secret] = [textOf(args.client_id) || basic[0], textOf(args.client_secret) || basic[1]];
  if (clientId !== app.clientId) return { ok: false, error: 'invalid_client_id' };
  if (secret !== app.clientSecret) return { ok: false, error: 'bad_client_secret' };
  if (args.grant_type === 'refresh_token') {
    const token = textOf(args.refresh_token);
    const slack = app.refreshTokens.get(token);
    // Good for one exchange.
    app.refreshTokens.delete(token);
    return slack ? granted(app, slack) : { ok: false, error: 'invalid_refresh_token' };
  }
  const code = textOf(args.code);
  const given = app.codes.get(code);
  app.codes.delete(code);
  if (!given || given.expires < Date.now()) return { ok: false, error: 'invalid_code' };
  if (given.redirectUri !== textOf(args.redirect_uri)) return { ok: false, error: 'bad_redirect_uri' };
  // Installed again: the token before counts no more.
  for (const grant of app.tokens.values()) if (grant.slack === given.slack) grant.gone ??= 'token_revoked';
  const answer = granted(app, given.slack);
  const organization = given.organization
    ? { team: null, enterprise: { id: 'E000000001', name: 'Everybody' }, is_enterprise_install: true }
    : {};
  return { ...answer, authed_user: { id: given.userId }, ...organization };
}

function granted(app: LocalApp, slack: Slack): Answer {
  const { teamId, teamDomain, botUserId, appId } = slack.workspace;
  const token = `${app.rotates ? 'xoxe.xoxb-1-' : 'xoxb-'}${randomBytes(12).toString('hex')}`;
  app.tokens.set(token, { slack, expires: app.rotates ? Date.now() + TOKEN_LIFE_S * 1000 : null });
  const rotation: Json = {};
  if (app.rotates) {
    rotation.refresh_token = `xoxe-1-${randomBytes(12).toString('hex')}`;
    rotation.expires_in = TOKEN_LIFE_S;
    app.refreshTokens.set(String(rotation.refresh_token), slack);
  }
  return {
    ok: true,
    app_id: appId,
    access_token: token,
    token_type: 'bot',
    scope: slack.scopes?.join(',') ?? '',
    bot_user_id: botUserId,
    team: { id: teamId, name: teamDomain },
    enterprise: null,
    is_enterprise_install: false,
    ...rotation,
  };
}

/** Whose token it is, or Slack's word for why it counts not. */
export function holder(app: LocalApp, token: string): Slack | string {
  const grant = app.tokens.get(token);
  if (!grant) return 'invalid_auth';
  if (grant.gone) return grant.gone;
  return grant.expires !== null && grant.expires < Date.now() ? 'token_expired' : grant.slack;
}

/** Whether the workspace has a token that counts, or one that can be refreshed. */
export const isInstalled = (app: LocalApp, slack: Slack): boolean =>
  [...app.tokens.values()].some((grant) => grant.slack === slack && !grant.gone);

/** `auth.revoke`: this token counts no more. */
export function revoke(app: LocalApp, token: string): Answer {
  const grant = app.tokens.get(token);
  if (grant) grant.gone = 'token_revoked';
  if (grant) tellRevoked(grant.slack);
  return { ok: true, revoked: true };
}

/** A person removes the app from the workspace. */
export function uninstall(app: LocalApp, slack: Slack): void {
  for (const grant of app.tokens.values()) if (grant.slack === slack) grant.gone = 'account_inactive';
  for (const [token, of] of app.refreshTokens) if (of === slack) app.refreshTokens.delete(token);
  tellRevoked(slack);
  slack.events.send({ type: 'app_uninstalled', event_ts: slack.emulator.timestamps.next() });
}

function tellRevoked(slack: Slack): void {
  const tokens = { oauth: [], bot: [slack.workspace.botUserId] };
  slack.events.send({ type: 'tokens_revoked', tokens, event_ts: slack.emulator.timestamps.next() });
}
