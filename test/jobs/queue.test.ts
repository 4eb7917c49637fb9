import { randomUUID } from 'node:crypto';
import { Queue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { clearRedis } from '../../src/demo/database.ts';
import { createLaneQueue, createLaneWorker, openConsumer, openProducer } from '../../src/jobs/queue.ts';
import { createTimerQueue, createTimerWorker } from '../../src/jobs/timerQueue.ts';
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

it('timers that fell due all at once are taken fifty a second', async () => {
  const own = `${prefix}:due`;
  const queue = createTimerQueue(producer, own, log.logger);
  await Promise.all(Array.from({ length: 101 }, () => queue.add(randomUUID(), 1)));
  let fired = 0;
  const began = Date.now();
  const worker = createTimerWorker(consumer, own, log.logger, async () => void fired++);
  await expect.poll(() => fired, { timeout: 60_000 }).toBe(101);
  // The last one is of the third second. Redis counts in its own milliseconds.
  expect(Date.now() - began).toBeGreaterThan(1900);
  await worker.close();
  await queue.close();
});

it.each(['deliver', 'timers'] as const)(
  'a job of the queue %s whose workers died five times is taken up again',
  async (name) => {
    const own = `${prefix}:stalled`;
    const id = randomUUID();
    const lanes = createLaneQueue(producer, own, log.logger);
    const timers = createTimerQueue(producer, own, log.logger);
    await (name === 'timers' ? timers.add(id, 0) : lanes.wake(id));
    const dead = new Worker(name, null, { connection: consumer, prefix: own });
    const job = await dead.getNextJob('dead');
    await dead.close(true);
    // As BullMQ leaves it: nobody holds it any more, and it counts how often that was so.
    const key = `${own}:${name}`;
    await producer.del(`${key}:${job?.id}:lock`);
    await producer.sadd(`${key}:stalled`, job?.id ?? '');
    await producer.hset(`${key}:${job?.id}`, 'stc', 5);
    const taken: string[] = [];
    const make = name === 'timers' ? createTimerWorker : createLaneWorker;
    const worker = make(consumer, own, log.logger, async (one) => void taken.push(one));
    await expect.poll(() => taken, { timeout: 60_000 }).toEqual([id]);
    await worker.close();
    await Promise.all([lanes.close(), timers.close()]);
  },
);
