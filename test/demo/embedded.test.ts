import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { howToInstall } from '../../src/demo/embedded/redis.ts';
import { type Services, startServices } from '../../src/demo/embedded.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'debrief-test-'));
  chmodSync(directory, 0o755);
  directories.push(directory);
  return directory;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function redisSetting(url: string, name: string): Promise<unknown> {
  const redis = new Redis(url);
  try {
    return (await redis.config('GET', name)) as unknown;
  } finally {
    redis.disconnect();
  }
}

function listening(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function eventually(check: () => Promise<boolean> | boolean, limit = 60_000): Promise<boolean> {
  for (const end = Date.now() + limit; Date.now() < end; ) {
    if (await check()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

const silent = { log: () => {} };

describe('startServices', () => {
  test('starts both on loopback and stops them, twice without harm', async () => {
    const lines: string[] = [];
    const services = await startServices({ log: (line) => lines.push(line) });
    expect(await query(services.databaseUrl, 'show server_version')).toEqual([
      { server_version: expect.stringMatching(/^18\./) },
    ]);
    expect(
      await query(services.databaseUrl, "select 'é' < 'z' as by_code, current_setting('timezone') tz"),
    ).toEqual([{ by_code: false, tz: 'UTC' }]);
    expect(await redisSetting(services.redisUrl, 'maxmemory-policy')).toEqual([
      'maxmemory-policy',
      'noeviction',
    ]);
    const [files] = await query(services.databaseUrl, 'show data_directory');
    expect(existsSync(`${files?.data_directory}`)).toBe(true);
    expect(lines).toEqual(['Redis is running', 'PostgreSQL is running']);
    await services.stop();
    await services.stop();
    expect(await listening(services.databaseUrl)).toBe(false);
    expect(await listening(services.redisUrl)).toBe(false);
    expect(existsSync(join(`${files?.data_directory}`, '..', '..'))).toBe(false);
  });

  test('neither can be entered without its password', async () => {
    const services = await startServices(silent);
    try {
      const url = new URL(services.databaseUrl);
      url.password = 'guess';
      await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
      const redis = new Redis(Number(new URL(services.redisUrl).port), '127.0.0.1', { lazyConnect: true });
      // The client reports the refusal a second time here.
      redis.on('error', (error) => expect(error.message).toMatch(/NOAUTH/));
      await expect(redis.get('x')).rejects.toThrow(/NOAUTH/);
      redis.disconnect();
    } finally {
      await services.stop();
    }
  });

  test('keeps its data in dataDir', async () => {
    const dataDir = temporary();
    let services: Services = await startServices({ dataDir, ...silent });
    await query(services.databaseUrl, 'create table kept (x int)');
    expect(await redisSetting(services.redisUrl, 'appendonly')).toEqual(['appendonly', 'yes']);
    let redis = new Redis(services.redisUrl);
    await redis.set('kept', '1');
    redis.disconnect();
    await services.stop();

    services = await startServices({ dataDir, ...silent });
    try {
      expect(await query(services.databaseUrl, 'select * from kept')).toEqual([]);
      redis = new Redis(services.redisUrl);
      expect(await redis.get('kept')).toBe('1');
      redis.disconnect();
    } finally {
      await services.stop();
    }
    expect(existsSync(join(dataDir, 'postgres'))).toBe(true);
  });

  test('uses given servers and leaves them running', async () => {
    const theirs = await startServices(silent);
    try {
      const ours = await startServices({ ...theirs, ...silent });
      expect(ours).toMatchObject({ databaseUrl: theirs.databaseUrl, redisUrl: theirs.redisUrl });
      await ours.stop();
      const half = await startServices({ redisUrl: theirs.redisUrl, ...silent });
      expect(half.databaseUrl).not.toBe(theirs.databaseUrl);
      await half.stop();
      expect(await listening(theirs.databaseUrl)).toBe(true);
      expect(await listening(theirs.redisUrl)).toBe(true);
    } finally {
      await theirs.stop();
    }
  });

  test('without Redis and without the right to install it: one sentence, and nothing keeps running', async () => {
    const path = temporary();
    await expect(startServices({ path, ...silent })).rejects.toThrow(/^Redis is missing: .*REDIS_URL\.$/);
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'a parent that dies of %s leaves no orphans',
    async (signal) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'test/demo/embedded.child.ts'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const line = await new Promise<string>((resolve) =>
        child.stdout.once('data', (data) => resolve(`${data}`)),
      );
      const services: Services = JSON.parse(line);
      const [row] = await query(services.databaseUrl, 'show data_directory');
      const data = `${row?.data_directory}`;
      expect(existsSync(data)).toBe(true);
      child.kill(signal);
      expect(await eventually(async () => !(await listening(services.databaseUrl)))).toBe(true);
      expect(await eventually(async () => !(await listening(services.redisUrl)))).toBe(true);
      expect(await eventually(() => !existsSync(join(data, '..', '..')))).toBe(true);
      expect(spawnSync('pgrep', ['-f', data]).status).toBe(1);
    },
  );
});

describe('howToInstall', () => {
  const has =
    (...names: string[]) =>
    (name: string) =>
      names.includes(name);

  test('root on Debian: apt-get, without questions', () => {
    expect(howToInstall({ platform: 'linux', root: true, has: has('apt-get') })).toEqual({
      commands: [
        ['apt-get', 'update'],
        [
          'env',
          'DEBIAN_FRONTEND=noninteractive',
          'apt-get',
          'install',
          '-y',
          '--no-install-recommends',
          'redis-server',
        ],
      ],
    });
  });

  test('macOS: brew', () => {
    expect(howToInstall({ platform: 'darwin', root: false, has: has('brew') })).toEqual({
      commands: [['brew', 'install', 'redis']],
    });
  });

  test.each([
    { platform: 'linux', root: false, has: has('apt-get') },
    { platform: 'linux', root: true, has: has() },
    { platform: 'darwin', root: false, has: has() },
  ])('otherwise a sentence that says what to do', (machine) => {
    expect(howToInstall(machine)).toEqual({
      sentence: expect.stringMatching(/^Redis is missing: .*REDIS_URL\.$/),
    });
  });
});
