import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';

/** A job names a lane of the outbox, nothing else: what is to be done stands in PostgreSQL. */
const laneJob = z.object({ lane: z.uuid() });

export interface LaneQueue {
  /** Wakes a lane, now or after `delayMs`. Rejects when Redis is out of reach; the sweep finds the lane then. */
  wake(lane: string, delayMs?: number): Promise<void>;
  /** How many jobs wait for a worker; those that are to run later are not among them. */
  waiting(): Promise<number>;
  /** How many jobs are parked. */
  failed(): Promise<number>;
  close(): Promise<void>;
}

export interface LaneWorker {
  close(): Promise<void>;
}

const NAME = 'deliver';

// After a failover the old master, a replica now, keeps its connections and refuses to write: another leads to the new one.
const reconnectOnError = (error: Error): boolean => error.message.startsWith('READONLY');

/** What fails ten times is parked among the last thousand, and counted at /metrics; PostgreSQL brings its lane back. */
export const JOB_OPTIONS = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: 1000,
};

/** One connection for producers: it fails at once when Redis is away, instead of holding a reply back. */
export const openProducer = (url: string): Redis =>
  new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2000,
    commandTimeout: 2000,
    reconnectOnError,
  });

/** Workers wait for Redis as long as it takes. */
export const openConsumer = (url: string): Redis =>
  new Redis(url, { maxRetriesPerRequest: null, reconnectOnError });

/** Says so when Redis may drop keys as it likes: jobs among them, which then wait for a sweep. */
export async function checkEviction(redis: Redis, logger: Logger): Promise<void> {
  const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1];
  if (policy && policy !== 'noeviction')
    logger.warn({ policy }, 'Redis may drop our jobs, which then come late: set maxmemory-policy noeviction');
}

export function createLaneQueue(connection: Redis, prefix: string, logger: Logger): LaneQueue {
  const queue = new Queue(NAME, {
    connection,
    prefix,
    defaultJobOptions: JOB_OPTIONS,
  });
  queue.on('error', (err) => logger.warn({ err: err.message }, 'redis'));
  return {
    async wake(lane, delayMs = 0) {
      await queue.add('lane', { lane }, { delay: delayMs });
    },
    waiting: () => queue.getWaitingCount(),
    failed: () => queue.getFailedCount(),
    close: () => queue.close(),
  };
}

export function createLaneWorker(
  connection: Redis,
  prefix: string,
  logger: Logger,
  drain: (lane: string) => Promise<void>,
): LaneWorker {
  const worker = new Worker(NAME, (job) => drain(laneJob.parse(job.data).lane), {
    connection,
    prefix,
    concurrency: 8,
    maxStalledCount: 10,
  });
  worker.on('error', (err) => logger.warn({ err: err.message }, 'redis'));
  worker.on('failed', (job, err) =>
    logger.error({ err, lane: job?.data?.lane, attempt: job?.attemptsMade }, 'a job failed'),
  );
  return { close: () => worker.close() };
}
