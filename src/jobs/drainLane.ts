import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Connections } from '../slack/connections.ts';
import { deliver, RENDERED_WHOLE } from '../slack/delivery.ts';
import { type Verdict, verdictOn } from '../slack/slackErrors.ts';
import type { Step, StepDeps } from '../slack/steps/types.ts';
import type { Outbox, OutboxRow } from '../usecases/edges.ts';
import type { Clock } from '../usecases/ports.ts';
import type { Delivery } from '../usecases/types.ts';
import type { Standstill } from './standstill.ts';

interface Parts {
  outbox: Omit<Outbox, 'lanesWaiting'>;
  /** What steps work with; the client is that of the lane's workspace. */
  steps: Omit<StepDeps, 'client'>;
  connections: Connections;
  clock: Clock;
  logger: Logger;
  standstill: Standstill;
  /** Wakes the lane again later. */
  wakeLater(lane: string, delayMs: number): void;
}

// What a killed process had claimed is free again after that. A living one renews its claim.
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
// A fault of our own repeats itself: about an hour. Slack's outages end.
const MOST_ATTEMPTS = 20;
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Works off a lane in order until it is empty, or its first row has to wait, or another worker has it. */
export async function drainLane(parts: Parts, lane: string): Promise<void> {
  const { outbox, clock } = parts;
  while (true) {
    const row = await outbox.claim(lane, clock.now(), LEASE_MS);
    if (!row || !(await takeStep(parts, row))) return;
  }
}

/** False when the lane has to wait. */
async function takeStep(
  { outbox, steps, connections, clock, logger, standstill, wakeLater }: Parts,
  row: OutboxRow,
): Promise<boolean> {
  const { id, lane, teamId, kind, attempts } = row;
  // Rows of that kind that are there before the state is read are served by this rendering.
  const whole = RENDERED_WHOLE.includes(kind as Delivery['kind']);
  const upTo = whole ? await outbox.newest(lane, kind) : null;
  const renewing = setInterval(() => {
    outbox
      .extend(id, clock.now() + LEASE_MS)
      .catch((err) => logger.warn({ err, outboxId: String(id) }, 'a claim was not renewed'));
  }, RENEW_MS);
  let used: WebClient | null = null;
  try {
    if (teamId === null) throw new Error('the lane belongs to no workspace');
    const { client } = await connections.of(teamId);
    used = client;
    const result = await deliver({ ...steps, client }, stepOf(row));
    if (row.rested) await standstill.end(teamId);
    await outbox.done(id, clock.now(), result);
    if (upTo !== null) await outbox.doneLike(lane, kind, upTo, clock.now());
    return true;
  } catch (error) {
    const verdict = verdictOn(error);
    const words = 'code' in verdict ? verdict.code : String(error);
    if (isHopeless(verdict, row, clock.now())) {
      logger.warn({ outboxId: String(id), lane, kind, attempts, code: words }, 'a step was given up');
      await outbox.giveUp(id, clock.now(), words);
      return true;
    }
    if (verdict.kind === 'stop' && teamId !== null) {
      // Installed again meanwhile: the next try has the new token.
      const present = await connections.of(teamId).catch(() => null);
      if (used && present && present.client !== used) {
        await outbox.retryAt(id, clock.now(), words);
        return true;
      }
      await standstill.begin(teamId, words);
      await outbox.retryAt(id, clock.now(), words);
      return false;
    }
    const wait = verdict.kind === 'retry' && verdict.afterMs !== null ? verdict.afterMs : backoff(attempts);
    logger.warn(
      { outboxId: String(id), lane, kind, attempts, code: words, wait },
      'a step will be tried again',
    );
    await outbox.retryAt(id, clock.now() + wait, words);
    wakeLater(lane, wait + 50);
    return false;
  } finally {
    clearInterval(renewing);
  }
}

function isHopeless({ kind }: Verdict, { attempts, createdAt }: OutboxRow, now: number): boolean {
  if (kind === 'refused') return true;
  // Whoever installs the app again gets what waited.
  if (kind === 'stop') return false;
  return kind === 'unknown' ? attempts >= MOST_ATTEMPTS : now - createdAt.getTime() >= GIVEN_UP_AFTER_MS;
}

const stepOf = (row: OutboxRow): Step => ({
  id: row.id,
  incidentId: row.lane,
  // Written by the use cases as a Delivery, kind and payload apart.
  delivery: { kind: row.kind, ...row.payload } as Delivery,
  attempt: row.attempts,
  createdAt: row.createdAt.getTime(),
});

/** Half a second, doubling, up to five minutes; a random half of it against stampedes. */
function backoff(attempts: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(attempts, 12));
  return Math.round(whole / 2 + (Math.random() * whole) / 2);
}
