import type { Logger } from 'pino';
import { errorWords } from '../log.ts';
import { verdictOn } from '../slack/slackErrors.ts';
import { INBOX_ATTEMPTS, type Inbox, type InboxRow, type Outbox } from '../usecases/edges.ts';
import type { Clock } from '../usecases/ports.ts';
import { createPasses, type Passes } from './passes.ts';

interface Parts {
  clock: Clock;
  logger: Logger;
  outbox: Pick<Outbox, 'lanesWaiting'>;
  inbox: Pick<Inbox, 'takeUp' | 'failed' | 'prune'>;
  /** Rejects where Redis does not take it. */
  wake(lane: string): Promise<void>;
  /** How many jobs wait for a worker; 0 where Redis does not say. */
  jobsWaiting(): Promise<number>;
  /** Fires the timers that are due, a batch at a time. */
  fireTimers(): Promise<void>;
  resume(row: InboxRow): Promise<void>;
}

const EVERY_MS = 2000;
// Workers are behind: most lanes that are found have their job among these, and each sweep would add another.
const ENOUGH_WAITING = 1000;
// Longer than any transaction: what is older is not under way any more.
const TAKEN_UP_AFTER_MS = 30_000;
// Then lanes and timers have their turn.
const MOST_TAKEN_UP = 100;
const TAKING_UP_MS = 5000;
// While Slack does not answer, an attempt says nothing about the request.
const WAITS_FOR_SLACK_MS = 24 * 3_600_000;
const KEPT_MS = 3 * 24 * 3_600_000;

/**
 * Finds in PostgreSQL what Redis or a crash forgot: requests that were stored but not finished are taken up, timers that
 * are due fire, lanes with open rows are woken unless workers are behind. What is long done leaves the inbox.
 */
export function createSweep(parts: Parts): Passes {
  const { clock, logger, outbox, inbox } = parts;
  let pruneAfter = 0;

  const failed = (err: unknown) => logger.warn({ err: errorWords(err) }, 'the sweep failed');

  /** Redis comes last: one that does not answer must not keep from PostgreSQL's work. Nor does one fault the rest. */
  async function sweep(): Promise<void> {
    for (const part of [takeUp, parts.fireTimers, prune, wake]) await part().catch(failed);
  }

  async function takeUp(): Promise<void> {
    const now = clock.now();
    for (let n = 0; n < MOST_TAKEN_UP; n++) {
      const row = await inbox.takeUp(now, TAKEN_UP_AFTER_MS);
      if (!row) return;
      await resume(row);
      if (clock.now() - now > TAKING_UP_MS) break;
    }
  }

  async function prune(): Promise<void> {
    const now = clock.now();
    if (now < pruneAfter) return;
    await inbox.prune(now - KEPT_MS);
    pruneAfter = now + 3_600_000;
  }

  /** Up to the first lane that Redis does not take: the others wait for the next sweep. */
  async function wake(): Promise<void> {
    const lanes = await outbox.lanesWaiting(clock.now(), 500);
    if (lanes.length === 0 || (await parts.jobsWaiting()) >= ENOUGH_WAITING) return;
    for (const lane of lanes) await parts.wake(lane);
  }

  async function resume(row: InboxRow) {
    const { id, kind, attempts, receivedAt } = row;
    try {
      await parts.resume(row);
      logger.info({ inboxId: String(id), kind }, 'a stored request was finished late');
    } catch (error) {
      const slack = ['retry', 'stop'].includes(verdictOn(error).kind);
      const counts = !slack || clock.now() - receivedAt > WAITS_FOR_SLACK_MS;
      logger.error(
        { err: error, inboxId: String(id), attempts },
        counts && attempts >= INBOX_ATTEMPTS ? 'a stored request is parked' : 'a stored request failed again',
      );
      await inbox.failed(id, errorWords(error), { counts });
    }
  }

  return createPasses(EVERY_MS, sweep, failed, (minutes) =>
    logger.error({ minutes }, 'a sweep does not come to its end: what is late is not taken up'),
  );
}
