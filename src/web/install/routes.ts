import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from '../../usecases/ports.ts';
import { pagePolicy } from '../page/policy.ts';
import { at, type Route } from '../server.ts';
import { createInstallCookie } from './cookie.ts';
import {
  brokenTold,
  deniedTold,
  installedTold,
  organizationTold,
  staleTold,
  type Told,
  toldPage,
} from './page.ts';
import { createInstallStates } from './state.ts';

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

interface Parts {
  baseUrl: string;
  /** Signs states. */
  secret: string;
  clock: Clock;
  logger: Logger;
  authorizeUrl(state: string): string;
  install(
    code: string,
  ): Promise<{ kind: 'installed'; teamName: string } | { kind: 'refused' } | { kind: 'organization' }>;
  /** False: the state has come back before. */
  useState(id: string, expiresAt: number, now: number): Promise<boolean>;
}

/** Installing by OAuth: away to Slack with a state, and back with a code. */
export function createInstallRoutes(parts: Parts): Route[] {
  const { baseUrl, secret, clock, logger } = parts;
  const cookie = createInstallCookie(baseUrl);
  const states = createInstallStates(secret);
  const random = () => randomBytes(24).toString('base64url');

  const begin = async (_: IncomingMessage, response: ServerResponse) => {
    const browser = random();
    const location = parts.authorizeUrl(states.make(random(), browser, clock.now()));
    const headers = { location, 'set-cookie': cookie.set(browser), 'cache-control': 'no-store' };
    response.writeHead(302, headers).end();
  };

  const end = async (request: IncomingMessage, response: ServerResponse) => {
    const told = await outcome(request).catch((error): Told => {
      // Without the error itself, which may hold what was sent.
      logger.error({ error: error instanceof Error ? error.name : 'unknown' }, 'an installation failed');
      return brokenTold;
    });
    const nonce = randomBytes(16).toString('base64');
    response
      .writeHead(told.status, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': pagePolicy(nonce),
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'set-cookie': cookie.clear(),
      })
      .end(toldPage(told, nonce, `${baseUrl}${INSTALL_PATH}`));
  };

  async function outcome(request: IncomingMessage): Promise<Told> {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const fault = await stateFault(request, query.get('state') ?? '');
    if (fault) {
      logger.warn({ fault }, 'denied: an installation with a state that does not count');
      return staleTold;
    }
    const code = query.get('code');
    // Called off on Slack's page: `error=access_denied`.
    if (!code) return deniedTold;
    const done = await parts.install(code);
    if (done.kind === 'installed') return installedTold(done.teamName);
    return done.kind === 'organization' ? organizationTold : deniedTold;
  }

  async function stateFault(request: IncomingMessage, state: string): Promise<string | null> {
    const browser = cookie.read(request);
    if (browser === null) return 'no cookie';
    const now = clock.now();
    const read = states.read(state, browser, now);
    if ('fault' in read) return read.fault;
    return (await parts.useState(read.id, read.expiresAt, now)) ? null : 'used';
  }

  return [at('GET', INSTALL_PATH, begin), at('GET', REDIRECT_PATH, end)];
}
