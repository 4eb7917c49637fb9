import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../src/demo/embedded/server.ts';
import { type Environment, startEnvironment } from '../src/demo/environment.ts';
import { formBody } from '../src/demo/gateway/delivery.ts';
import { type Rate, requestsPerSecond } from './load.ts';
import type { Row } from './table.ts';

const AT_ONCE = 16;
const SECONDS = 5;

/** The fields of `/incident note`, typed in a channel. */
const noteIn = (base: string, channel: string, user: string, team: string) => (number: number) =>
  formBody({
    team_id: team,
    channel_id: channel,
    user_id: user,
    user_name: 'ana',
    command: '/incident',
    text: `note The queue is at ${number} jobs`,
    api_app_id: 'A1',
    response_url: `${base}/commands/none`,
    trigger_id: `1.2.${randomBytes(8).toString('hex')}`,
  });

/** A note, stored and answered over signed HTTP, against a bare Bolt that answers the same request. */
export async function botRows(log: (line: string) => void): Promise<Row[]> {
  const environment = await startEnvironment({
    ...(process.env.DATABASE_URL && { databaseUrl: process.env.DATABASE_URL }),
    ...(process.env.REDIS_URL && { redisUrl: process.env.REDIS_URL }),
    log,
  });
  try {
    const secret = environment.gateway.signingSecret;
    const places = await incidents(environment, AT_ONCE);
    await quiet(environment);
    const bodies = places.map(({ channel, user, team }) =>
      noteIn(environment.gateway.url, channel, user, team),
    );
    const load = { secret, seconds: SECONDS, atOnce: AT_ONCE };
    const bare = await bareBolt(secret, (url) =>
      requestsPerSecond({ ...load, url, body: (number) => bodyOf(bodies, number) }, /Noted/),
    );
    const url = environment.bot.eventsUrl;
    const right = /The queue is at/;
    const spread = await requestsPerSecond({ ...load, url, body: (n) => bodyOf(bodies, n) }, right);
    const one = await requestsPerSecond({ ...load, url, body: (n) => bodyOf(bodies.slice(0, 1), n) }, right);
    const row = (what: string, { perSecond, late }: Rate): Row => ({
      what,
      size: `${AT_ONCE} at once${late > 0 ? `, ${late} late` : ''}`,
      cost: `${Math.round(perSecond)} requests/s`,
      ratio: (perSecond / bare.perSecond).toFixed(2),
    });
    return [
      row('Bare Bolt, the command answered', bare),
      row(`A note stored and answered, ${AT_ONCE} incidents`, spread),
      row('The same, all in one incident', one),
    ];
  } finally {
    await environment.stop();
  }
}

const bodyOf = (bodies: ((number: number) => string)[], number: number): string =>
  bodies[number % bodies.length]?.(number) ?? '';

async function incidents({ gateway }: Environment, count: number) {
  const ana = await gateway.person({ name: 'ana', tz: 'Europe/Berlin' });
  const place = await gateway.channel('incidents');
  await ana.join(place);
  const known = new Set((await ana.channels()).map(({ id }) => id));
  for (let number = 1; number <= count; number++)
    await ana.command(place, `/incident declare Load ${number}`, { wait: 20_000 });
  for (;;) {
    const channels = (await ana.channels()).filter(({ id }) => !known.has(id));
    if (channels.length >= count)
      return channels.map(({ id }) => ({ channel: id, user: ana.id, team: gateway.workspace.teamId }));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until the bot has told Slack all of what came before. */
async function quiet({ gateway }: Environment): Promise<void> {
  for (let calls = -1; calls !== gateway.calls.length; ) {
    calls = gateway.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}

/** Runs `work` against a bare Bolt in a process of its own. */
async function bareBolt(secret: string, work: (url: string) => Promise<Rate>): Promise<Rate> {
  const port = await freePort();
  const child = fork(join(import.meta.dirname, 'bareBolt.ts'), {
    env: { ...process.env, SLACK_SIGNING_SECRET: secret, PORT: String(port) },
    execArgv: ['--import', 'tsx'],
  });
  try {
    await once(child, 'message');
    return await work(`http://127.0.0.1:${port}/slack/events`);
  } finally {
    child.kill();
  }
}
