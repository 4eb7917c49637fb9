import type { Logger } from 'pino';
import { meaningOf } from '../incident/emoji.ts';
import { anew, type ReadOn, readOn } from '../slack/history/readOn.ts';
import type { Missed, Slack } from '../slack/history/types.ts';
import type { People } from '../slack/people.ts';
import { refusedWith, verdictOn } from '../slack/slackErrors.ts';
import type { Pass, ReconcilingStore } from '../usecases/edges.ts';
import { followMessage } from '../usecases/followMessage.ts';
import { react } from '../usecases/react.ts';
import { act, ITSELF, type Runner } from '../usecases/scope.ts';
import { createPasses } from './passes.ts';

interface Parts {
  store: ReconcilingStore;
  slack(teamId: string): Promise<Slack>;
  people: Pick<People, 'actor'>;
  runner: Runner;
  logger: Logger;
}

const LOOK_EVERY_MS = 2000;
const PASS_EVERY_MS = 10 * 60_000;
// Longer than a request and what is recorded of it.
const LEASE_MS = 60_000;
const MEMBERS_EVERY_MS = 24 * 60 * 60_000;
const PAGE = 200;
const MOST_SEEN = 500;
/** What Slack gives to apps that it limits: so many messages, once a minute. */
const SLOW = { page: 15, everyMs: 60_000 };

/**
 * Compares the channels of open incidents with Slack's history: at the start, every ten minutes, and when Slack says
 * that it left events out. A request at a time; where a pass stands is kept, so that a crash costs one request.
 */
export function createReconciler({ store, slack, people, runner, logger }: Parts) {
  const { clock } = runner;
  const seen = new Map<string, Set<string>>();
  let stopped = false;
  let membersAt = clock.now();
  /**
   * Workspaces of which Slack said that it was too much: until when they rest, and whether they are slow after. It counts
   * requests of all channels of a workspace together, and those of others apart.
   */
  const limited = new Map<string, { until: number; slow: boolean }>();
  const isSlow = (teamId: string) => limited.get(teamId)?.slow === true;
  const restUntil = (teamId: string) => Math.max(clock.now(), limited.get(teamId)?.until ?? 0);

  async function run(): Promise<void> {
    const now = clock.now();
    if (now - membersAt >= MEMBERS_EVERY_MS) {
      await store.membersDue(now);
      membersAt = now;
    }
    while (!stopped) {
      const pass = await store.claim(clock.now(), LEASE_MS);
      if (!pass) return;
      const until = restUntil(pass.teamId);
      if (until > clock.now()) await store.save(pass, until, clock.now());
      else await goOn(pass);
    }
  }

  async function goOn(pass: Pass): Promise<void> {
    const { incidentId, teamId, channelId } = pass;
    // A pass that begins anew comes across everything again.
    const before = (pass.passTs !== null && seen.get(incidentId)) || new Set<string>();
    try {
      const known = await store.known(incidentId, teamId, channelId, pass.sinceTs);
      const unseen = () =>
        known.entries.filter((one) => !one.gone && !before.has(one.ts)).map(({ ts }) => ts);
      const asked = { now: clock.now(), limit: isSlow(teamId) ? SLOW.page : PAGE, known, unseen };
      const workspace = await slack(teamId);
      const read = await readOn(workspace, pass, asked);
      const missed = await meant(teamId, read.missed);
      for (const one of missed) await record(workspace, teamId, one);
      if (missed.length > 0)
        logger.info({ incidentId, missed: missed.length }, 'what was missed is recorded');
      await keep(read, before);
    } catch (error) {
      await putOff(pass, error);
    }
  }

  async function keep({ pass, seen: met, done }: ReadOn, before: Set<string>): Promise<void> {
    const { teamId } = pass;
    if (isSlow(teamId)) limited.set(teamId, { until: clock.now() + SLOW.everyMs, slow: !done });
    if (done) {
      seen.delete(pass.incidentId);
      return store.save(pass, clock.now() + PASS_EVERY_MS, clock.now());
    }
    for (const ts of met) before.add(ts);
    seen.delete(pass.incidentId);
    seen.set(pass.incidentId, before);
    // Of a channel whose incident was closed meanwhile. One forgotten too early costs requests, nothing else.
    const [first = ''] = seen.keys();
    if (seen.size > MOST_SEEN) seen.delete(first);
    // Behind those that are due by now: no channel, however long, keeps the others waiting.
    return store.save(pass, restUntil(teamId), clock.now());
  }

  /** The pass stands where it stood. What Slack refuses is tried again with the next one; without an old cursor. */
  async function putOff(pass: Pass, error: unknown): Promise<void> {
    const verdict = verdictOn(error);
    const tooMany = verdict.kind === 'retry' && verdict.code === 'ratelimited';
    const until = clock.now() + Math.max((tooMany && verdict.afterMs) || 0, SLOW.everyMs);
    if (tooMany) limited.set(pass.teamId, { until, slow: true });
    const wait = verdict.kind === 'retry' ? SLOW.everyMs : PASS_EVERY_MS;
    logger.warn({ err: error, incidentId: pass.incidentId }, 'a channel could not be compared with Slack');
    const stale = refusedWith(error) === 'invalid_cursor';
    await store.save(stale ? anew(pass) : pass, tooMany ? until : clock.now() + wait, clock.now());
  }

  /** Without the reactions of everyday life: these leave no trace, and every pass would record them again. */
  async function meant(teamId: string, missed: Missed[]): Promise<Missed[]> {
    if (!missed.some(({ kind }) => kind === 'reaction')) return missed;
    const { settings } = await runner.store.transaction((tx) => tx.settings(teamId));
    return missed.filter((one) => one.kind !== 'reaction' || meaningOf(one.state.emoji, settings) !== null);
  }

  const record = async ({ client }: Slack, teamId: string, missed: Missed): Promise<void> => {
    const { kind, userId } = missed;
    // As with an event: what outsiders may do depends on who they are.
    const asked = kind === 'reaction' && userId !== ITSELF;
    const who = asked ? await people.actor(client, teamId, userId) : { teamId, userId, zone: null };
    return act(runner, { who }, (scope) =>
      missed.kind === 'reaction'
        ? react(scope, { ...missed.state, reconciled: true })
        : followMessage(scope, missed.change),
    );
  };

  const failed = (err: unknown) => logger.warn({ err }, 'reconciling failed');
  const passes = createPasses(LOOK_EVERY_MS, run, failed);
  return {
    /** Everything is due at the start: something may have happened while nobody listened. */
    start: () =>
      passes.start(async () => {
        await store.dueNow(clock.now()).catch(failed);
        await run();
      }),
    async stop(): Promise<void> {
      stopped = true;
      await passes.stop();
    },
  };
}
