import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { clearRedis } from '../../src/demo/database.ts';
import { openProducer } from '../../src/jobs/queue.ts';
import { createCounter } from '../../src/jobs/rateLimit.ts';
import { keptLog } from '../slack/fakes.ts';

const prefix = `rate-${randomUUID().slice(0, 8)}`;
let redis: Redis;
beforeAll(async () => {
  redis = openProducer(inject('redisUrl'));
  await new Promise((ready) => redis.once('ready', ready));
});
afterAll(async () => {
  redis.disconnect();
  await clearRedis(inject('redisUrl'), prefix);
});

it('counts in Redis, refuses over the limit, and begins anew when the first request’s minute is over', async () => {
  const count = createCounter(redis, prefix, keptLog().logger);
  const roomy = { key: 'address:203.0.113.7', most: 1000 };
  const own = { key: 'link:1:U1ANA', most: 2 };
  const name = `${prefix}:rate:${own.key}`;
  const counted = async () => Number(await redis.get(name));
  const reached = (value: number) => vi.waitFor(async () => expect(await counted()).toBe(value), 60_000);

  expect(await count([roomy, own])).toBeNull();
  await reached(1);
  expect(await redis.ttl(name)).toBeGreaterThan(0);
  // The minute is the first request's: a later one does not begin it again.
  await redis.expire(name, 40);
  expect(await count([roomy, own])).toBeNull();
  await reached(2);
  expect(await redis.ttl(name)).toBeLessThanOrEqual(40);

  // A Redis that is slow to answer lets a request through, which counts all the same.
  const exceeded = await vi.waitFor(async () => {
    const found = await count([roomy, own]);
    expect(found).not.toBeNull();
    return found;
  }, 60_000);
  expect(exceeded?.limit).toBe(own);
  expect(exceeded?.afterSeconds).toBeGreaterThan(0);
  expect(exceeded?.afterSeconds).toBeLessThanOrEqual(40);

  await redis.pexpire(name, 20);
  await reached(0);
  expect(await count([roomy, own])).toBeNull();
  await reached(1);
});
