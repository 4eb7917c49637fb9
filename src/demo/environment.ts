import { randomBytes } from 'node:crypto';
import { migrate } from '../storage/migrate.ts';
import { type Bot, startBot } from './bot.ts';
import { clearRedis, freshDatabase } from './database.ts';
import { startServices } from './embedded.ts';
import { type Gateway, startGateway } from './gateway/gateway.ts';
import { readManifest } from './manifest.ts';

/** Everything that the demo runs on. */
export interface Environment {
  gateway: Gateway;
  bot: Bot;
  /** Stops all of it in order: bot, local Slack, data, services. May be called twice. */
  stop(): Promise<void>;
}

export interface EnvironmentOptions {
  databaseUrl?: string;
  redisUrl?: string;
  log: (line: string) => void;
}

/** Starts services, a database of its own, the local Slack and the bot. What did start is stopped when one fails. */
export async function startEnvironment({
  databaseUrl,
  redisUrl,
  log,
}: EnvironmentOptions): Promise<Environment> {
  const ends: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      for (const end of ends.reverse()) await end();
    })();
    return stopped;
  };
  const whenStopped = <T>(thing: T, end: () => Promise<void>): T => {
    ends.push(end);
    return thing;
  };
  try {
    log(databaseUrl && redisUrl ? 'Using the PostgreSQL and Redis given' : 'Starting PostgreSQL and Redis');
    const services = await startServices({ databaseUrl, redisUrl, log: (line) => log(`  ${line}`) });
    ends.push(services.stop);
    const database = await freshDatabase(services.databaseUrl, 'demo');
    ends.push(database.drop);
    const prefix = `demo-${randomBytes(4).toString('hex')}`;
    ends.push(() => clearRedis(services.redisUrl, prefix));
    log('Creating the tables');
    await migrate(database.url);
    log('Starting a local Slack');
    const slack = await startGateway(readManifest());
    const gateway = whenStopped(slack, slack.stop);
    await gateway.channel('incidents');
    log('Starting the bot');
    const started = await startBot({
      env: {
        SLACK_BOT_TOKEN: gateway.workspace.botToken,
        SLACK_SIGNING_SECRET: gateway.signingSecret,
        SLACK_API_URL: gateway.apiUrl,
        DATABASE_URL: database.url,
        REDIS_URL: services.redisUrl,
        REDIS_PREFIX: prefix,
        LINK_SECRET: randomBytes(32).toString('hex'),
        ANNOUNCE_CHANNEL: await gateway.channel('announcements'),
        MANAGERS: await gateway.channel('managers'),
        // Scripts type faster than people.
        RATE_PER_USER: '100000',
        RATE_PER_WORKSPACE: '1000000',
        RATE_PAGES_PER_LINK: '100000',
        LOG_LEVEL: 'info',
      },
      log,
    });
    const bot = whenStopped(started, started.stop);
    gateway.deliverTo(bot.eventsUrl);
    return { gateway, bot, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
