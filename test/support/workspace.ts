import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { type Bot, startBot } from '../../src/demo/bot.ts';
import { clearRedis, freshDatabase } from '../../src/demo/database.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../src/demo/gateway/gateway.ts';
import type { Person } from '../../src/demo/gateway/people/person.ts';
import { readManifest } from '../../src/demo/manifest.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { startBotHere } from './botHere.ts';
import { type Passage, proxied } from './proxy.ts';

export interface WorkspaceOptions<Name extends string> {
  /** Display names with the zones of their profiles. */
  people: Record<Name, string>;
  /** Added to the bot's environment, or in place of what stands there. */
  env?: Record<string, string>;
  /** In place of the scopes and events that the manifest asks for, and the like. */
  gateway?: GatewayOptions;
  /** Roles of the bot's processes; one that does everything. The first one gets what Slack sends. */
  roles?: ('web' | 'worker' | 'all')[];
  /** The bot in processes of its own, which can be killed or held up; else within that of the test. */
  process?: boolean;
  /** Whether the bot's ways to PostgreSQL and Redis can be cut; else it goes straight, which takes less work. */
  passages?: boolean;
  /** PostgreSQL and Redis, in place of those of the whole test run. */
  servers?: () => Promise<{ databaseUrl: string; redisUrl: string }>;
}

/** A workspace of one test file: local Slack, people, and the bot on a database of its own. */
export interface Workspace<Name extends string = string> {
  gateway: Gateway;
  people: Record<Name, Person>;
  /** Id of #incidents, where everybody is. */
  incidents: string;
  /** Ids of the channel for announcements and of that of the managers. */
  announcements: string;
  managers: string;
  bot: Bot;
  /** All processes of the bot, `bot` among them. */
  bots: Bot[];
  env: Record<string, string>;
  databaseUrl: string;
  redisUrl: string;
  redisPrefix: string;
  /** The bot's way to PostgreSQL and to Redis, with `passages`; tests themselves go straight. */
  toPostgres: Passage;
  toRedis: Passage;
  /** Starts the bot's processes anew on the same ports, stopped before in order or killed. */
  restart(how?: 'stop' | 'kill'): Promise<void>;
  stop(options?: { keepDatabase?: boolean }): Promise<void>;
}

/** Starts a workspace. `stop` leaves PostgreSQL and Redis as they were, unless the database is to be kept. */
export async function workspace<Name extends string>(
  options: WorkspaceOptions<Name>,
): Promise<Workspace<Name>> {
  const shared = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') };
  const own = await options.servers?.();
  const { databaseUrl: serverUrl, redisUrl } = own ?? shared;
  const redisPrefix = `test-${randomBytes(4).toString('hex')}`;
  const database = await freshDatabase(serverUrl, labelOfTest(), own ? undefined : inject('template'));
  if (own) await migrate(database.url);
  const gateway = await startGateway({
    ...readManifest(),
    // Three processes' work in one: a slow machine must not look like a bot that does not answer.
    ...(!options.process && { patience: 60_000 }),
    ...options.gateway,
  });
  const people = {} as Record<Name, Person>;
  const incidents = await gateway.channel('incidents');
  const announcements = await gateway.channel('announcements');
  const managers = await gateway.channel('managers');
  for (const [name, tz] of Object.entries<string>(options.people)) {
    const person = await gateway.person({ name, tz });
    people[name as Name] = person;
    await person.join(incidents);
  }
  const way = options.passages ? proxied : straight;
  const [postgres, redis] = await Promise.all([way(database.url), way(redisUrl)]);
  const env = {
    SLACK_BOT_TOKEN: gateway.workspace.botToken,
    SLACK_SIGNING_SECRET: gateway.signingSecret,
    SLACK_API_URL: gateway.apiUrl,
    DATABASE_URL: postgres.url,
    DATABASE_POOL: '8',
    REDIS_URL: redis.url,
    REDIS_PREFIX: redisPrefix,
    LINK_SECRET: randomBytes(32).toString('hex'),
    ANNOUNCE_CHANNEL: announcements,
    MANAGERS: managers,
    // Scripts type faster than people.
    RATE_PER_USER: '100000',
    RATE_PER_WORKSPACE: '1000000',
    RATE_PAGES_PER_LINK: '100000',
    LOG_LEVEL: 'debug',
    ...options.env,
  };
  const roles = options.roles ?? ['all'];
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const start = (role: string, port?: number) =>
    options.process
      ? startBot({ env: { ...env, ROLE: role }, port, log })
      : startBotHere({ ...env, ROLE: role }, port);
  const clean = async (keepDatabase: boolean) => {
    await gateway.stop();
    if (options.passages) await Promise.all([postgres.proxy.stop(), redis.proxy.stop()]);
    await clearRedis(redisUrl, redisPrefix);
    if (keepDatabase) log(`The database of the failed test is kept: ${database.name}`);
    else await database.drop();
  };
  const bots: Bot[] = [];
  const startAll = async (ports: number[]) => {
    const results = await Promise.allSettled(roles.map((role, index) => start(role, ports[index])));
    bots.push(...results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  };
  try {
    await startAll([]);
  } catch (error) {
    await Promise.all(bots.map((bot) => bot.stop()));
    await clean(false);
    throw error;
  }
  const bot = newest(bots);
  gateway.deliverTo(bot.eventsUrl);
  return {
    gateway,
    people,
    incidents,
    announcements,
    managers,
    bot,
    bots,
    env,
    databaseUrl: database.url,
    redisUrl,
    redisPrefix,
    toPostgres: postgres.proxy,
    toRedis: redis.proxy,
    async restart(how = 'stop') {
      const ports = bots.map((bot) => bot.port);
      await Promise.all(bots.map((bot) => bot[how]()));
      bots.splice(0);
      await startAll(ports);
    },
    async stop({ keepDatabase = false } = {}) {
      await Promise.all(bots.map((bot) => bot.stop()));
      await clean(keepDatabase);
    },
  };
}

/** The address itself, with a passage that nobody may use. */
async function straight(url: string): ReturnType<typeof proxied> {
  const get = () => {
    throw new Error('The bot goes straight to PostgreSQL and Redis: say `passages: true`.');
  };
  return { url, proxy: new Proxy({} as Passage, { get }) };
}

/** A workspace for all tests of a file: started before them, stopped after; its database is kept when one failed. */
export function useWorkspace<Name extends string>(options: WorkspaceOptions<Name>): Workspace<Name> {
  const space = {} as Workspace<Name>;
  beforeAll(async () => {
    // The same object is filled, so that tests may take it before it is there.
    Object.assign(space, await workspace(options));
  });
  // biome-ignore lint/correctness/noEmptyPattern: vitest takes nothing else as its first argument here
  afterAll(async ({}, suite) => {
    const failed = suite.tasks.some((task) => task.result?.state === 'fail');
    await space.stop?.({ keepDatabase: failed });
  });
  return space;
}

/** The process that Slack talks to, the one that runs now: it stays the same object across restarts. */
function newest(bots: Bot[]): Bot {
  const current = (): Bot => {
    const [bot] = bots;
    if (!bot) throw new Error('The bot is not running.');
    return bot;
  };
  const { url, eventsUrl, port } = current();
  return {
    url,
    eventsUrl,
    port,
    get pid() {
      return current().pid;
    },
    output: () => current().output(),
    stop: () => current().stop(),
    kill: () => current().kill(),
  };
}

function labelOfTest(): string {
  return basename(expect.getState().testPath ?? 'test').replace(/\.test\.ts$/, '');
}
