import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, eventually, type } from './incident.ts';

const MARK = 'zanzibar';
const space = useWorkspace({
  process: true,
  passages: true,
  people: { ana: 'Europe/Berlin', ben: 'America/New_York' },
  gateway: { patience: 60_000 },
  env: { LOG_LEVEL: 'info', RATE_PER_USER: '100000' },
});
const rows = useDatabaseOf(space);
const seen: string[] = [];
let redis: Redis | undefined;
afterAll(() => redis?.disconnect());

/** Every value that Redis holds of this bot, whatever its kind. */
async function inRedis(): Promise<string> {
  redis ??= new Redis(space.redisUrl);
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis?.get(key) ?? Promise.resolve(),
    hash: (key) => redis?.hgetall(key) ?? Promise.resolve(),
    list: (key) => redis?.lrange(key, 0, -1) ?? Promise.resolve(),
    set: (key) => redis?.smembers(key) ?? Promise.resolve(),
    zset: (key) => redis?.zrange(key, '0', '-1') ?? Promise.resolve(),
    stream: (key) => redis?.xrange(key, '-', '+') ?? Promise.resolve(),
  };
  const keys = await redis.keys(`${space.redisPrefix}:*`);
  const all = await Promise.all(
    keys.map(async (key) => [key, await read[(await redis?.type(key)) ?? '']?.(key)]),
  );
  return JSON.stringify(all);
}

test('no text, token, response address or signature is in logs, metrics or Redis: a whole incident, with faults', async () => {
  const { ana, ben } = space.people;
  const look = async () => {
    seen.push(await inRedis());
  };
  const channel = await declare(space, ana, `sev2 Checkout ${MARK}-title at 20m ago`);
  await type(ana, channel, `/incident note 15m ago Disk ${MARK}-note is full`);
  await type(ana, channel, `/incident summary ${MARK}-summary`);
  await type(ana, channel, `/incident action ${MARK}-action @ben due 2027-01-01`);
  await type(ana, channel, `/incident customers ${MARK}-customers`);
  await type(ana, channel, `/incident update ${MARK}-update`);
  const message = await ben.say(channel, `Found it: ${MARK}-message`);
  await ben.react(channel, message, 'dart');
  await captured(ben, channel, `${MARK}-message`);
  await look();

  // What is refused, by us and by Slack, and what fails.
  await type(ana, channel, `/incident nonsense ${MARK}-unknown`);
  await type(ana, channel, `/incident note at 2:30 o'clock-ish ${MARK}-doubt`);
  await type(ana, channel, `/incident time #99 ${MARK}-time`);
  space.toPostgres.cut();
  await ana.command(channel, `/incident note ${MARK}-away`, { wait: 60_000 });
  space.toPostgres.mend();
  await eventually('the database again', async () => (await fetch(`${space.bot.url}/readyz`)).ok);
  space.toRedis.cut();
  await type(ana, channel, `/incident note 9m ago ${MARK}-unqueued`);
  space.toRedis.mend();
  const holder = await rows.hold(`SELECT 1 FROM "Incident" FOR UPDATE`);
  const late = ana.command(channel, `/incident note 8m ago ${MARK}-late`, { wait: 60_000 });
  await new Promise((go) => setTimeout(go, 3500));
  await holder.release();
  await late;
  await fetch(space.bot.eventsUrl, { method: 'POST', body: `{"text":"${MARK}-unsigned"` });
  await look();

  await type(ana, channel, '/incident resolve');
  await rows.laneIdle(`Checkout ${MARK}-title`);
  const own = await eventually('own link', async () =>
    (await ana.dms()).flatMap(({ links }) => links).find((url) => url.includes('u=')),
  );
  for (const form of ['', '.md', '.json', '/history', '/edit/summary']) {
    const page = new URL(own);
    page.pathname += form;
    expect((await fetch(page)).status).toBe(200);
  }
  const edit = new URL(own);
  edit.pathname += '/edit/summary';
  const body = new URLSearchParams({ do: 'save', seen: '0', text: `${MARK}-edited` });
  expect((await fetch(edit, { method: 'POST', body })).status).toBe(200);
  const bad = new URLSearchParams({ key: `${MARK}-key`, do: 'nothing' });
  edit.pathname = edit.pathname.replace('/edit/summary', '/check');
  expect((await fetch(edit, { method: 'POST', body: bad })).status).toBe(400);
  await rows.laneIdle(`Checkout ${MARK}-title`);
  await look();

  const metrics = await (await fetch(`${space.bot.url}/metrics`)).text();
  const output = space.bot.output();
  // The markers are where they belong, so that their absence elsewhere says something.
  expect(JSON.stringify(await rows.sql('SELECT text FROM "Entry"'))).toContain(`${MARK}-message`);
  expect(output).toMatch(/"msg":"request"/);
  expect(output).toMatch(/"level":50/);
  expect(seen.join('').length).toBeGreaterThan(500);
  expect(metrics).toContain('debrief_incidents');
  const secrets = [
    MARK,
    space.gateway.workspace.botToken,
    space.gateway.signingSecret,
    space.env.LINK_SECRET ?? '-',
    new URL(own).searchParams.get('s') ?? '-',
    new URL(space.databaseUrl).password || '-nothing-',
  ];
  for (const [where, text] of Object.entries({ output, metrics, redis: seen.join('\n') })) {
    for (const secret of secrets) {
      const at = text.indexOf(secret);
      expect(at < 0 ? null : text.slice(Math.max(0, at - 200), at + 100), `${secret} in ${where}`).toBeNull();
    }
    expect(text, `a response_url in ${where}`).not.toMatch(
      /\/(?:commands|actions|responses?)\/[A-Z0-9]+\/\d+/,
    );
  }
});
