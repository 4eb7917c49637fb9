import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { DEFAULT_SETTINGS } from './incident/settings.ts';
import { drainLane } from './jobs/drainLane.ts';
import { createPace } from './jobs/pace.ts';
import {
  checkEviction,
  createLaneQueue,
  createLaneWorker,
  type LaneWorker,
  openConsumer,
  openProducer,
} from './jobs/queue.ts';
import { createCounter, createRateLimiter } from './jobs/rateLimit.ts';
import { createReconciler } from './jobs/reconcile.ts';
import { createRetainer } from './jobs/retention.ts';
import { createStandstill } from './jobs/standstill.ts';
import { createSweep } from './jobs/sweep.ts';
import { createTimerQueue, createTimerWorker } from './jobs/timerQueue.ts';
import { createTimerSweep } from './jobs/timerSweep.ts';
import { createLogger } from './log.ts';
import { createBoltApp } from './slack/bolt.ts';
import { createIntake } from './slack/intake.ts';
import { limited } from './slack/limited.ts';
import { registerListeners } from './slack/listeners/index.ts';
import { createPeople } from './slack/people.ts';
import { sendTo } from './slack/post.ts';
import { createReceiver } from './slack/receiver.ts';
import { postReply } from './slack/respond.ts';
import { createSocket } from './slack/socket.ts';
import { openPrisma } from './storage/client.ts';
import { createSharedClock, databaseTime } from './storage/clock.ts';
import { createRetention } from './storage/data/retention.ts';
import { createInbox } from './storage/inbox.ts';
import { readBacklog } from './storage/metrics.ts';
import { createOutbox } from './storage/outbox.ts';
import { createPeopleStore } from './storage/people.ts';
import { createReconcilingStore } from './storage/reconciling.ts';
import { createStandstills } from './storage/standstills.ts';
import { createStore } from './storage/store.ts';
import { createTimers } from './storage/timers.ts';
import type { Clock } from './usecases/ports.ts';
import type { Runner } from './usecases/scope.ts';
import { readBody } from './web/body.ts';
import { createDraftRoutes } from './web/drafts/routes.ts';
import { healthRoutes } from './web/health.ts';
import { createPageLimits, limitedRoute } from './web/limited.ts';
import { createLinks, type DraftForm, ownLinkDays, publicLinks } from './web/links.ts';
import { metricsRoute } from './web/metrics.ts';
import { at, createWebServer } from './web/server.ts';
import { createWorkspaces } from './workspaces.ts';

export interface Debrief {
  /** Resolves to the port of the pages when everything answers. Calling it again changes nothing. */
  start(): Promise<number>;
  /** Ends in order: Slack's requests, worker, queue, Redis, PostgreSQL. Calling it again changes nothing. */
  stop(): Promise<void>;
}

export interface Overrides {
  clock?: Clock;
  logger?: Logger;
}

const systemClock: Clock = { now: () => Date.now() };

/** Builds the whole bot from its configuration: the only place that makes clients. Nothing runs before `start`. */
export function build(config: Config, overrides: Overrides = {}): Debrief {
  const logger = overrides.logger ?? createLogger(config.logLevel);
  const { apiUrl, appToken, signingSecrets } = config.slack;

  // Taking in has connections of its own: slow work must not keep what Slack sends from being stored in time.
  const forInbox = Math.max(1, Math.min(4, Math.floor(config.databasePool / 4)));
  const prisma = openPrisma(config.databaseUrl, config.databasePool - forInbox);
  const inboxPrisma = openPrisma(config.databaseUrl, forInbox);
  const shared = createSharedClock({
    own: systemClock,
    elapsed: () => performance.now(),
    ask: () => databaseTime(prisma),
    logger,
  });
  const clock = overrides.clock ?? shared;
  const store = createStore(prisma, {
    ...DEFAULT_SETTINGS,
    announceChannel: config.announceChannel,
    managers: config.managers,
  });
  const inbox = createInbox(inboxPrisma);
  const outbox = createOutbox(prisma);
  const peopleStore = createPeopleStore(prisma);

  const redises: Redis[] = [openProducer(config.redisUrl)];
  const quiet = (redis: Redis) => redis.on('error', (err) => logger.warn({ err: err.message }, 'redis'));
  const producer = quiet(redises[0] as Redis);
  producer.on('ready', () => {
    checkEviction(producer, logger).catch((err) => logger.warn({ err: err.message }, 'redis'));
  });
  const queue = createLaneQueue(producer, config.redisPrefix, logger);
  const timerQueue = createTimerQueue(producer, config.redisPrefix, logger);
  // A lane that Redis does not take is found by the sweep.
  const wake = (lane: string, delayMs?: number) =>
    queue.wake(lane, delayMs).catch((err) => logger.warn({ err: err.message, lane }, 'a lane was not woken'));

  const jobsWaiting = () =>
    queue.waiting().catch((err) => {
      logger.warn({ err: err.message }, 'the waiting jobs were not counted');
      return 0;
    });

  const links = createLinks(config.baseUrl, config.linkSecret, config.linkDays);
  const people = createPeople(peopleStore, clock, logger);
  const runner: Runner = {
    store,
    clock,
    wake: (lanes) => void lanes.map((lane) => wake(lane)),
    denied: ({ teamId, userId }, what) => logger.warn({ teamId, userId, what }, 'denied'),
    // As with lanes: what Redis does not take, the sweep finds.
    remind: (timers) =>
      void timers.map(({ incidentId, dueAt }) =>
        timerQueue
          .add(incidentId, dueAt - clock.now())
          .catch((err) => logger.warn({ err: err.message, incidentId }, 'a timer was not queued')),
      ),
  };
  const respond = (url: string, reply: object) => postReply(url, reply, apiUrl);

  const reconciling = createReconcilingStore(prisma);
  const standstills = createStandstills(prisma);
  const standstill = createStandstill(standstills, clock, logger);
  const workspaces = createWorkspaces({
    config,
    prisma,
    clock,
    logger,
    standstills,
    standstill,
    reconciling,
  });
  const { connections } = workspaces;
  const bolt = createBoltApp({ apiUrl, connections, logger });
  const personalUrl = (id: string, userId: string) => links.personal(id, userId, clock.now());
  registerListeners(bolt, {
    runner,
    clock,
    people,
    peopleStore,
    personalUrl,
    publicLinks: (id, userId, of) => publicLinks(links, id, userId, of, clock.now()),
    respond,
    ownLinkDays: ownLinkDays(config.linkDays),
    appGone: workspaces.gone,
  });
  const taken = createIntake({
    app: bolt,
    inbox,
    clock,
    logger,
    eventsMissed: (teamId, minuteS) => reconciling.missed(teamId, minuteS, clock.now()),
    replyLater: respond,
    tell: async (teamId, userId, reply) => sendTo((await connections.of(teamId)).client, userId, reply),
  });
  const count = createCounter(producer, config.redisPrefix, logger);
  const allow = createRateLimiter(count, config.rates);
  const intake = limited(taken, { allow, replyLater: respond, logger });
  const receiver = createReceiver({ secrets: signingSecrets, intake, clock, logger, readBody });
  const socket = appToken ? createSocket({ appToken, apiUrl, intake, logger }) : null;

  const limits = createPageLimits(count, config.pageRates);
  const web = createWebServer({
    port: config.port,
    host: config.host,
    logger,
    routes: [
      ...(config.role === 'worker' || signingSecrets.length === 0
        ? []
        : [at('POST', '/slack/events', receiver)]),
      ...(config.role === 'worker'
        ? []
        : [
            limitedRoute([createDraftRoutes({ runner, clock, links, limits }), ...workspaces.routes], limits),
          ]),
      metricsRoute(
        () => readBacklog(prisma, clock.now()),
        async () => (await queue.failed()) + (await timerQueue.failed()),
      ),
      ...healthRoutes(
        {
          postgresql: () => prisma.$queryRaw`SELECT 1`,
          redis: () => producer.ping(),
          ...workspaces.checks,
        },
        workspaces.remarks,
      ),
    ],
  });

  const steps = {
    store,
    runner,
    clock,
    logger,
    people,
    pageUrl: (id: string, of: { private: boolean }, form?: DraftForm) =>
      of.private ? null : links.page(id, clock.now(), form),
    publishedUrl: (id: string, of: { private: boolean }) => (of.private ? null : links.published(id)),
    personalUrl,
    respond,
  };
  const pace = createPace(clock);
  const wakeLater = (lane: string, delayMs: number) => void wake(lane, delayMs);
  const drain = (lane: string) =>
    drainLane({ outbox, steps, connections, clock, logger, standstill, pace, wakeLater }, lane);
  const timerSweep = createTimerSweep({ runner, clock, logger, timers: createTimers(prisma) });
  const sweep = createSweep({
    clock,
    logger,
    outbox,
    inbox,
    wake: (lane) => queue.wake(lane),
    jobsWaiting,
    resume: intake.resume,
    fireTimers: timerSweep.fireDue,
  });
  const slack = async (teamId: string) => {
    const { client, self } = await connections.of(teamId);
    return { client, self: self.userId };
  };
  const reconciler = createReconciler({ store: reconciling, slack, people, runner, logger });
  const retainer = createRetainer({ retention: createRetention(prisma), runner, clock, logger });
  const workers: LaneWorker[] = [];

  const works = config.role !== 'web';
  const listens = config.role !== 'worker';

  async function start(): Promise<number> {
    await prisma.$connect();
    await shared.start();
    await workspaces.check();
    // There is no such row: the first statement takes long, and Slack would wait for it.
    if (listens) await inbox.done(0n, clock.now());
    if (works) {
      const consumer = quiet(openConsumer(config.redisUrl));
      redises.push(consumer);
      workers.push(
        createLaneWorker(consumer, config.redisPrefix, logger, drain),
        createTimerWorker(consumer, config.redisPrefix, logger, timerSweep.fire),
      );
      sweep.start();
      reconciler.start();
      retainer.start();
    }
    const port = await web.start();
    // Nobody listened until now: the worker, which may have been up all the time, compares.
    if (!works) await reconciling.dueNow(clock.now());
    if (listens && socket) await socket.start();
    logger.info({ port, role: config.role, socketMode: socket !== null }, 'debrief is up');
    return port;
  }

  async function stop(): Promise<void> {
    await socket?.stop();
    await web.stop();
    await intake.drain();
    await sweep.stop();
    await reconciler.stop();
    await retainer.stop();
    await Promise.all(workers.map((worker) => worker.close()));
    await workspaces.drain();
    await queue.close();
    await timerQueue.close();
    for (const redis of redises) redis.disconnect();
    shared.stop();
    await inboxPrisma.$disconnect();
    await prisma.$disconnect();
    logger.info('debrief is down');
  }

  let started: Promise<number> | undefined;
  let stopped: Promise<void> | undefined;
  return {
    start: () => {
      started ??= start();
      return started;
    },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
