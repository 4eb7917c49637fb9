import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Installation, Installations, Tokens } from '../../usecases/edges.ts';
import type { Clock } from '../../usecases/ports.ts';
import { type Connection, type Connections, NotInstalled } from '../connections.ts';
import { verdictOn } from '../slackErrors.ts';

interface Parts {
  installations: Pick<Installations, 'get' | 'renew'>;
  oauth: { renew(refreshToken: string): Promise<Tokens> };
  clientOf(token: string): WebClient;
  clock: Clock;
  logger: Logger;
}

// Slack's tokens live for twelve hours.
const RENEW_BEFORE_MS = 2 * 3_600_000;
/** A token with less to live is not used any more. */
const LEAST_LIFE_MS = 60_000;
const TRY_AGAIN_AFTER_MS = 60_000;

/**
 * The workspaces that installed the app, read anew for each request: another process may have installed, renewed or
 * ended it. A token is renewed beside the work, two hours before its end; work waits for it only once it has ended.
 */
export function installedConnections(parts: Parts): Connections & { drain(): Promise<void> } {
  const { installations, oauth, clientOf, clock, logger } = parts;
  const clients = new Map<string, { token: string; client: WebClient }>();
  const renewing = new Map<string, Promise<Installation | null>>();
  const failedAt = new Map<string, number>();

  function connect({ teamId, token, botId, botUserId: userId }: Installation): Connection {
    const known = clients.get(teamId);
    const client = known?.token === token ? known.client : clientOf(token);
    clients.set(teamId, { token, client });
    return { client, self: { botId, userId } };
  }

  /** One exchange at a time in this process; the row's lock sees to the others. */
  function renew(teamId: string, wait: boolean): Promise<Installation | null> {
    const key = `${teamId} ${wait}`;
    const under = renewing.get(key);
    if (under) return under;
    const until = clock.now() + (wait ? LEAST_LIFE_MS : RENEW_BEFORE_MS);
    const work = installations
      .renew(teamId, { until, wait }, oauth.renew)
      .catch((error) => {
        failedAt.set(teamId, clock.now());
        throw error;
      })
      .finally(() => renewing.delete(key));
    renewing.set(key, work);
    return work;
  }

  return {
    async of(teamId) {
      const one = await installations.get(teamId);
      if (!one) throw new NotInstalled(teamId);
      const { expiresAt } = one;
      if (expiresAt === null || expiresAt > clock.now() + RENEW_BEFORE_MS) return connect(one);
      if (expiresAt > clock.now() + LEAST_LIFE_MS) {
        if (clock.now() >= (failedAt.get(teamId) ?? 0) + TRY_AGAIN_AFTER_MS)
          renew(teamId, false).catch((error) => {
            const verdict = verdictOn(error);
            const code = 'code' in verdict ? verdict.code : String(error);
            logger.warn({ teamId, code }, 'a token was not renewed, and is tried again in a minute');
          });
        return connect(one);
      }
      const fresh = await renew(teamId, true);
      if (!fresh) throw new NotInstalled(teamId);
      return connect(fresh);
    },

    /** Waits for exchanges under way: what Slack gave and nobody kept would be lost. */
    async drain() {
      await Promise.allSettled(renewing.values());
    },
  };
}
