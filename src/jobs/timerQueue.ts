import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import { JOB_OPTIONS, type LaneWorker } from './queue.ts';

/** A job names an incident that has a timer, nothing else: what is due stands in PostgreSQL. */
const timerJob = z.object({ incidentId: z.uuid() });

export interface TimerQueue {
  /** Wakes the incident's timers after `delayMs`. Rejects when Redis is out of reach; the sweep finds them then. */
  add(incidentId: string, delayMs: number): Promise<void>;
  /** How many jobs are parked. */
  failed(): Promise<number>;
  close(): Promise<void>;
}

const NAME = 'timers';
// After an outage every job is overdue at once: this many a second, the rest waits.
const PER_SECOND = 50;

export function createTimerQueue(connection: Redis, prefix: string, logger: Logger): TimerQueue {
  const queue = new Queue(NAME, {
    connection,
    prefix,
    defaultJobOptions: JOB_OPTIONS,
  });
  queue.on('error', (err) => logger.warn({ err: err.message }, 'redis'));
  return {
    async add(incidentId, delayMs) {
      await queue.add('timer', { incidentId }, { delay: Math.max(0, delayMs) });
    },
    failed: () => queue.getFailedCount(),
    close: () => queue.close(),
  };
}

export function createTimerWorker(
  connection: Redis,
  prefix: string,
  logger: Logger,
  fire: (incidentId: string) => Promise<void>,
): LaneWorker {
  const worker = new Worker(NAME, (job) => fire(timerJob.parse(job.data).incidentId), {
    connection,
    prefix,
    concurrency: 2,
    limiter: { max: PER_SECOND, duration: 1000 },
    maxStalledCount: 10,
  });
  worker.on('error', (err) => logger.warn({ err: err.message }, 'redis'));
  worker.on('failed', (job, err) =>
    logger.error({ err, incidentId: job?.data?.incidentId }, 'a timer failed'),
  );
  return { close: () => worker.close() };
}
