import type { Logger } from 'pino';
import { announceDeletion } from '../usecases/announceDeletion.ts';
import type { Ending, Retention } from '../usecases/edges.ts';
import type { Clock } from '../usecases/ports.ts';
import { act, ITSELF, type Runner } from '../usecases/scope.ts';
import { createPasses, type Passes } from './passes.ts';

interface Parts {
  retention: Retention;
  runner: Runner;
  clock: Clock;
  logger: Logger;
}

const DAY_MS = 24 * 3_600_000;
/** So long before it is deleted, people are told. */
const NOTICE_MS = 7 * DAY_MS;
/** Steps that were taken in Slack: nothing looks at them again after a day, people might for some weeks. */
const OUTBOX_KEPT_MS = 30 * DAY_MS;
const CHOICES_KEPT_MS = 30 * DAY_MS;
const EVERY_MS = 3_600_000;
const AT_ONCE = 50;

/** Tells of it, or deletes it where people were told. */
async function endOne({ retention, runner, logger }: Parts, one: Ending, now: number): Promise<void> {
  const { id, teamId, keptUntil, deleteAt } = one;
  if (deleteAt === null) {
    const at = Math.max(keptUntil, now + NOTICE_MS);
    const who = { teamId, userId: ITSELF, zone: null };
    await act(runner, { who }, (scope) => announceDeletion(scope, { incidentId: id, at }));
  } else if (deleteAt <= now) {
    if (await retention.erase(id, now))
      logger.info({ incidentId: id, teamId }, 'an incident was deleted, as the settings say');
  }
}

/** One pass of what the settings say about deleting: told a week before, then deleted. Several at once do no harm. */
export async function retain(parts: Parts): Promise<void> {
  const { retention, clock, logger } = parts;
  const now = clock.now();
  await retention.keep(now + NOTICE_MS);
  for (const one of await retention.ending(now, now + NOTICE_MS, AT_ONCE))
    await endOne(parts, one, now).catch((err) =>
      logger.error({ err, incidentId: one.id }, 'an incident was not deleted; it is tried again'),
    );
  await retention.pruneDone({ outboxBefore: now - OUTBOX_KEPT_MS, choicesBefore: now - CHOICES_KEPT_MS });
}

/** A pass every hour, the first at once. */
export function createRetainer(parts: Parts): Pick<Passes, 'stop'> & { start(): void } {
  const pass = () => retain(parts);
  const passes = createPasses(EVERY_MS, pass, (err) =>
    parts.logger.warn({ err }, 'deleting what is too old failed; it is tried again'),
  );
  return { ...passes, start: () => passes.start(pass) };
}
