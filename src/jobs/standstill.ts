import type { Logger } from 'pino';
import type { Standstills } from '../usecases/edges.ts';
import type { Clock } from '../usecases/ports.ts';

/** Workspaces of which Slack turned us away (token revoked, app uninstalled): there nothing is tried for minutes. */
export interface Standstill {
  /** Begins a rest, and says so once. */
  begin(teamId: string, code: string): Promise<void>;
  /** Slack took a call. */
  end(teamId: string): Promise<void>;
}

const REST_MS = 5 * 60_000;

export function createStandstill(store: Standstills, clock: Clock, logger: Logger): Standstill {
  return {
    async begin(teamId, code) {
      const now = clock.now();
      if (await store.begin(teamId, code, now, now + REST_MS))
        logger.error(
          { teamId, code, restMs: REST_MS },
          'Slack refuses our token: nothing reaches this workspace until the app is installed again; all is kept',
        );
    },
    async end(teamId) {
      if (await store.end(teamId)) logger.info({ teamId }, 'Slack takes our token again');
    },
  };
}
