import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { errorWords } from '../log.ts';
import type { Connections } from '../slack/connections.ts';
import { deliver, RENDERED_WHOLE } from '../slack/delivery.ts';
import { hadNoEffect, type Verdict, verdictOn } from '../slack/slackErrors.ts';
import type { Step, StepDeps } from '../slack/steps/types.ts';
import type { Outbox, OutboxRow } from '../usecases/edges.ts';
import type { Clock } from '../usecases/ports.ts';
import type { Delivery } from '../usecases/types.ts';
import { type Claim, ClaimLost, keepClaim, LEASE_MS } from './claim.ts';
import { Paced } from './pace.ts';
import type { Standstill } from './standstill.ts';

interface Parts {
  outbox: Omit<Outbox, 'lanesWaiting'>;
  /** What steps work with; client and self are those of the lane's workspace. */
  steps: Omit<StepDeps, 'client' | 'self'>;
  connections: Connections;
  clock: Clock;
  logger: Logger;
  standstill: Standstill;
  /** Throws Paced while it is too early for another message in a channel. */
  pace(channel: string): void;
  /** Wakes the lane again later. */
  wakeLater(lane: string, delayMs: number): void;
}

// A fault of our own repeats itself: about an hour. Slack's outages end.
const MOST_FAULTS = 20;
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Works off a lane in order until it is empty, or its first row has to wait, or another worker has it. */
export async function drainLane(parts: Parts, lane: string): Promise<void> {
  const { outbox, clock } = parts;
  while (true) {
    const now = clock.now();
    const row = await outbox.claim(lane, now, LEASE_MS);
    if (!row) return;
    const claim = keepClaim(outbox, row, now, parts);
    try {
      if (!(await takeStep(parts, row, claim))) return;
    } finally {
      claim.end();
    }
  }
}

/** False when the lane has to wait, or is another's. */
async function takeStep(parts: Parts, row: OutboxRow, claim: Claim): Promise<boolean> {
  const { outbox, steps, connections, clock, standstill } = parts;
  const { lane, teamId, kind } = row;
  // Rows of that kind that are there before the state is read are served by this rendering.
  const whole = RENDERED_WHOLE.includes(kind as Delivery['kind']);
  const upTo = whole ? await outbox.newest(lane, kind) : null;
  const { step, isUnsure } = stepOf(parts, row, claim);
  let used: WebClient | null = null;
  try {
    if (teamId === null) throw new Error('the lane belongs to no workspace');
    const { client, self } = await connections.of(teamId);
    used = client;
    const result = await deliver({ ...steps, client, self }, step);
    // What called nothing says nothing of our token.
    if (row.rested && isUnsure()) await standstill.end(teamId);
    if (!(await outbox.done(row, clock.now(), result))) throw new ClaimLost('claimed by another');
    if (upTo !== null) await outbox.doneLike(lane, kind, upTo, clock.now());
    return true;
  } catch (error) {
    return putOff(parts, { ...row, looked: step.looked }, error, { unsure: isUnsure(), used });
  }
}

/** Decides what becomes of a step that did not come to its end. False when the lane has to wait, or is another's. */
async function putOff(
  parts: Parts,
  row: OutboxRow,
  error: unknown,
  { unsure, used }: { unsure: boolean; used: WebClient | null },
): Promise<boolean> {
  const { outbox, connections, clock, logger, standstill, wakeLater } = parts;
  const { id, lane, teamId, kind, attempts } = row;
  if (error instanceof ClaimLost) {
    logger.warn({ outboxId: String(id), lane, kind, attempts }, 'a step is another worker’s by now');
    return false;
  }
  if (error instanceof Paced) {
    await outbox.retryAt(row, clock.now() + error.waitMs, null, unsure);
    wakeLater(lane, error.waitMs + 50);
    return false;
  }
  const verdict = verdictOn(error);
  // What Slack did, however often, says nothing of a fault of our own.
  const tried = verdict.kind === 'unknown' ? { ...row, faults: row.faults + 1 } : row;
  const words = 'code' in verdict ? verdict.code : errorWords(error);
  if (isHopeless(verdict, tried, clock.now())) {
    logger.warn({ outboxId: String(id), lane, kind, attempts, code: words }, 'a step was given up');
    return outbox.giveUp(row, clock.now(), words);
  }
  if (verdict.kind === 'stop' && teamId !== null) {
    // Installed again meanwhile: the next try has the new token.
    const present = await connections.of(teamId).catch(() => null);
    if (used && present && present.client !== used) return outbox.retryAt(row, clock.now(), words, unsure);
    await standstill.begin(teamId, words);
    await outbox.retryAt({ ...row, triedSince: null }, clock.now(), words, unsure);
    return false;
  }
  const wait = verdict.kind === 'retry' && verdict.afterMs !== null ? verdict.afterMs : backoff(attempts);
  logger.warn(
    { outboxId: String(id), lane, kind, attempts, code: words, wait },
    'a step will be tried again',
  );
  // A row that another worker has by now is that one's to wake.
  if (await outbox.retryAt(tried, clock.now() + wait, words, unsure)) wakeLater(lane, wait + 50);
  return false;
}

function isHopeless({ kind }: Verdict, { faults, triedSince }: OutboxRow, now: number): boolean {
  if (kind === 'refused') return true;
  // Whoever installs the app again gets what waited.
  if (kind === 'stop') return false;
  return kind === 'unknown'
    ? faults >= MOST_FAULTS
    : now - (triedSince?.getTime() ?? now) >= GIVEN_UP_AFTER_MS;
}

/** The row as a step, and whether anything that it wrote may have taken effect. */
function stepOf({ pace }: Parts, row: OutboxRow, claim: Claim): { step: Step; isUnsure: () => boolean } {
  let unsure = false;
  const step: Step = {
    id: row.id,
    incidentId: row.lane,
    // Written by the use cases as a Delivery, kind and payload apart.
    delivery: { kind: row.kind, ...row.payload } as Delivery,
    unsureSince: row.unsureSince?.getTime() ?? null,
    looked: row.looked,
    async write(call, channel) {
      await claim.check();
      if (channel !== undefined) pace(channel);
      const before = unsure;
      unsure = true;
      return call().catch((error) => {
        if (hadNoEffect(error)) unsure = before;
        throw error;
      });
    },
  };
  return { step, isUnsure: () => unsure };
}

/** Half a second, doubling, up to five minutes; a random half of it against stampedes. */
function backoff(attempts: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(attempts, 12));
  return Math.round(whole / 2 + (Math.random() * whole) / 2);
}
