import type { Logger } from 'pino';
import { fireTimers, postponeTimers } from '../usecases/fireTimers.ts';
import type { Clock } from '../usecases/ports.ts';
import { act, type Runner } from '../usecases/scope.ts';

interface Parts {
  runner: Runner;
  clock: Clock;
  logger: Logger;
  timers: {
    due(now: number, limit: number): Promise<{ incidentId: string }[]>;
    /** Whether the incident's workspace stands still. */
    rests(incidentId: string, now: number): Promise<boolean>;
  };
}

export interface TimerSweep {
  /** Fires what is due of one incident; does nothing where another worker did. */
  fire(incidentId: string): Promise<void>;
  /** Fires a batch of what is due, the longest overdue first. */
  fireDue(): Promise<void>;
}

// Each sweep, so that ten thousand overdue timers take minutes and not the database or Slack's patience.
const INCIDENTS_A_SWEEP = 50;
const TRY_AGAIN_AFTER_MS = 5 * 60_000;

export function createTimerSweep({ runner, clock, logger, timers }: Parts): TimerSweep {
  // The use cases lock the incident by its id: the bot acts for whichever team that is.
  const who = { teamId: '', userId: 'debrief', zone: null };

  async function fire(incidentId: string): Promise<void> {
    try {
      if (await timers.rests(incidentId, clock.now())) return;
      await act(runner, { who }, (scope) => fireTimers(scope, { incidentId }));
    } catch (err) {
      logger.error({ err, incidentId }, 'timers failed and are tried again later');
      const until = clock.now() + TRY_AGAIN_AFTER_MS;
      await act(runner, { who }, (scope) => postponeTimers(scope, { incidentId, until }));
    }
  }

  return {
    fire,
    async fireDue() {
      for (const { incidentId } of await timers.due(clock.now(), INCIDENTS_A_SWEEP)) await fire(incidentId);
    },
  };
}
