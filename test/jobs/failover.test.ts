import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Redis as Server, startRedis } from '../../src/demo/embedded/redis.ts';
import {
  checkEviction,
  createLaneQueue,
  createLaneWorker,
  openConsumer,
  openProducer,
} from '../../src/jobs/queue.ts';
import { keptLog } from '../slack/fakes.ts';
import { proxied } from '../support/proxy.ts';

const PASSWORD = 'of-both';
const PREFIX = 'failover';

let folder: string;
const servers: Server[] = [];
const clients: Redis[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'debrief-failover-'));
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  for (const name of ['first', 'second'])
    servers.push(
      await startRedis({ directory: join(folder, name), durable: false, password: PASSWORD, log }),
    );
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

const connect = (server: Server | undefined): Redis => {
  const client = new Redis(server?.url ?? '');
  clients.push(client);
  return client;
};
const portOf = (server: Server | undefined): number => Number(new URL(server?.url ?? '').port);
const quiet = (client: Redis): Redis => {
  clients.push(client);
  return client.on('error', () => undefined);
};

test('after a failover lanes are woken by the new master, though the old one keeps its connections', async () => {
  const [first, second] = servers;
  const [one, other] = [connect(first), connect(second)];
  const { url, proxy } = await proxied(first?.url ?? '');
  const { logger } = keptLog();
  const woken: string[] = [];
  const queue = createLaneQueue(quiet(openProducer(url)), PREFIX, logger);
  const worker = createLaneWorker(quiet(openConsumer(url)), PREFIX, logger, async (lane) => {
    woken.push(lane);
  });
  /** Tries again, as the sweep does, until the lane was worked off. */
  const wakes = async (lane: string): Promise<void> => {
    while (!woken.includes(lane)) {
      await queue.wake(lane).catch(() => undefined);
      await sleep(50);
    }
  };
  await wakes(randomUUID());

  await other.config('SET', 'masterauth', PASSWORD);
  await other.replicaof('127.0.0.1', portOf(first));
  while (!/master_link_status:up/.test(await other.info('replication'))) await sleep(20);
  await other.replicaof('NO', 'ONE');
  proxy.leadTo(portOf(second));
  await one.config('SET', 'masterauth', PASSWORD);
  await one.replicaof('127.0.0.1', portOf(second));

  await wakes(randomUUID());
  expect(await other.keys(`${PREFIX}:*`)).not.toEqual([]);
  await worker.close();
  await queue.close();
  await proxy.stop();
});

test('a Redis that may drop keys is warned of', async () => {
  const redis = connect(servers[1]);
  const log = keptLog();
  await checkEviction(redis, log.logger);
  expect(log.lines).toEqual([]);
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await checkEviction(redis, log.logger);
  expect(log.text()).toMatch(/allkeys-lru[\s\S]*noeviction/);
});
