import { randomUUID } from 'node:crypto';
import { Queue, UnrecoverableError } from 'bullmq';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { clearRedis } from '../../src/demo/database.ts';
import { createLaneQueue, createLaneWorker, openConsumer, openProducer } from '../../src/jobs/queue.ts';
import { createTimerQueue } from '../../src/jobs/timerQueue.ts';
import { keptLog } from '../slack/fakes.ts';

const prefix = `queue-${randomUUID().slice(0, 8)}`;
const log = keptLog();
let producer: Redis;
let consumer: Redis;
beforeAll(async () => {
  producer = openProducer(inject('redisUrl'));
  consumer = openConsumer(inject('redisUrl'));
  await new Promise((ready) => producer.once('ready', ready));
});
afterAll(async () => {
  producer.disconnect();
  consumer.disconnect();
  await clearRedis(inject('redisUrl'), prefix);
});

it.each([
  ['deliver', 'lane'],
  ['timers', 'incidentId'],
])(
  'a job of the queue %s holds an id only, is tried ten times, and is kept when it failed',
  async (name, id) => {
    const lanes = createLaneQueue(producer, prefix, log.logger);
    const timers = createTimerQueue(producer, prefix, log.logger);
    await (name === 'timers' ? timers.add(randomUUID(), 60_000) : lanes.wake(randomUUID(), 60_000));
    const queue = new Queue(name, { connection: producer, prefix });
    const [job] = await queue.getDelayed();
    expect(Object.keys(job?.data)).toEqual([id]);
    expect(job?.opts).toMatchObject({
      attempts: 10,
      backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: 1000,
    });
    await Promise.all([queue.close(), lanes.close(), timers.close()]);
  },
);

it('jobs that wait for a worker are counted, those of later are not', async () => {
  const queue = createLaneQueue(producer, `${prefix}:counted`, log.logger);
  const lane = randomUUID();
  await Promise.all([queue.wake(lane), queue.wake(lane), queue.wake(lane, 60_000)]);
  expect(await queue.waiting()).toBe(2);
  await queue.close();
});

it('a job that failed for good is counted', async () => {
  const queue = createLaneQueue(producer, prefix, log.logger);
  const worker = createLaneWorker(consumer, prefix, log.logger, async () => {
    throw new UnrecoverableError('broken');
  });
  expect(await queue.failed()).toBe(0);
  await queue.wake(randomUUID());
  await expect.poll(() => queue.failed(), { timeout: 60_000 }).toBe(1);
  await worker.close();
  await queue.close();
  expect(log.text()).toContain('a job failed');
});
