import type { Logger } from 'pino';
import type { Clock } from '../usecases/ports.ts';

/** Whether Slack has turned us away (token revoked, app uninstalled): then nothing is tried for minutes. */
export interface Standstill {
  /** Slack was asked a moment ago and took no token of ours. */
  rests(): boolean;
  /** Begins a rest, and says so once; returns its length in milliseconds. */
  begin(code: string): number;
  /** Slack took a call. */
  end(): void;
}

const REST_MS = 5 * 60_000;

export function createStandstill(clock: Clock, logger: Logger): Standstill {
  let until = 0;
  return {
    rests: () => clock.now() < until,
    begin(code) {
      if (clock.now() >= until)
        logger.error(
          { code, restMs: REST_MS },
          'Slack refuses our token: nothing reaches Slack until the app is installed again; all is kept',
        );
      until = clock.now() + REST_MS;
      return REST_MS;
    },
    end() {
      if (until > 0) logger.info('Slack takes our token again');
      until = 0;
    },
  };
}
