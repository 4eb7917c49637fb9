import { describe, expect, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { captured, declare, eventually, type } from './incident.ts';

const space = useWorkspace({
  process: true,
  passages: true,
  people: { ana: 'UTC', ben: 'UTC' },
  gateway: { retryDelays: [300, 1000, 6000], patience: 60_000 },
});
const rows = useDatabaseOf(space);

const texts = async (title: string): Promise<string[]> => {
  const found = await rows.sql<{ text: string }>(
    `SELECT e.text FROM "Entry" e JOIN "Incident" i ON i.id = e."incidentId"
     WHERE i.title = $1 AND e."retractedAt" IS NULL ORDER BY e.number`,
    [title],
  );
  return found.map(({ text }) => text);
};

/** As if half a minute had passed for what is under way. */
const age = () =>
  rows.sql(`UPDATE "Inbox" SET "touchedAt" = "touchedAt" - interval '1 minute' WHERE "doneAt" IS NULL`);

describe('PostgreSQL', () => {
  test.each([
    ['refuses connections', () => space.toPostgres.cut()],
    ['does not answer', () => space.toPostgres.silence()],
  ])('%s: a command says so with its text, events come again', async (what, fail) => {
    const { ana, ben } = space.people;
    const title = `Search ${what}`;
    const channel = await declare(space, ana, title);
    const said = await ben.say(channel, 'Shards are red');
    await rows.laneIdle(title);
    fail();
    const before = space.gateway.events.length;
    await ben.react(channel, said, 'pushpin');
    const reply = await ana.command(channel, '/incident note Index is <gone>', { wait: 60_000 });
    expect(reply.failure).toBeUndefined();
    expect(reply.text).toMatch(/was not stored[\s\S]*\/incident note Index is <gone>/);
    space.toPostgres.mend();
    await space.gateway.settled();
    const event = space.gateway.events.slice(before).find((one) => one.type === 'reaction_added');
    expect(event?.attempts[0]).toEqual({ status: 503, failure: 'http_error' });
    expect(event?.attempts.at(-1)).toEqual({ status: 200 });
    await eventually('the reaction’s entry', async () => (await texts(title)).includes('Shards are red'));
    expect((await type(ana, channel, '/incident note Index is back')).text).toContain('Index is back');
    expect(await texts(title)).not.toContain('Index is <gone>');
    expect((await texts(title)).filter((text) => text === 'Shards are red')).toHaveLength(1);
  });
});

test('PostgreSQL busy with slow work: what Slack sends is stored in time all the same', async () => {
  const { ana, ben } = space.people;
  const title = 'Slow work';
  const channel = await declare(space, ana, title);
  const said = await ben.say(channel, 'Queue grows');
  await rows.laneIdle(title);
  // Every command waits for the incident's row, each with a connection of its own.
  const holder = await rows.hold(`SELECT 1 FROM "Incident" WHERE title = $1 FOR UPDATE`, [title]);
  const typing = Array.from({ length: 12 }, (_, n) => type(ana, channel, `/incident note Waits ${n}.`));
  await eventually('commands in the inbox', async () => {
    const stored = await rows.sql(`SELECT 1 FROM "Inbox" WHERE body->>'text' LIKE 'note Waits%'`);
    return stored.length === 12;
  });
  const before = space.gateway.events.length;
  await ben.react(channel, said, 'pushpin');
  await eventually('answer to the event', async () =>
    space.gateway.events
      .slice(before)
      .some((one) => one.type === 'reaction_added' && one.attempts[0]?.status === 200),
  );
  await holder.release();
  await Promise.all(typing);
  await eventually('the reaction’s entry', async () => (await texts(title)).includes('Queue grows'));
  expect((await texts(title)).filter((text) => text.startsWith('Waits'))).toHaveLength(12);
});

describe('Redis', () => {
  test.each([
    ['out of reach', () => space.toRedis.cut()],
    ['silent', () => space.toRedis.silence()],
  ])(
    '%s: what people type is stored and answered, and reaches the channel when it is back',
    async (what, fail) => {
      const { ana } = space.people;
      const title = `Mail ${what}`;
      const channel = await declare(space, ana, title);
      await rows.laneIdle(title);
      fail();
      const replies = await Promise.all(
        [1, 2, 3, 4, 5].map((n) => type(ana, channel, `/incident note Queue ${n} stopped`)),
      );
      expect(replies.filter((one) => !/Queue \d stopped/.test(one.text) || one.failure)).toEqual([]);
      expect((await texts(title)).filter((text) => /^Queue/.test(text)).length).toBe(5);
      space.toRedis.mend();
      await rows.laneIdle(title);
      const lines = (await ana.sees(channel)).filter(
        (one) => !one.ephemeral && /Queue \d stopped/.test(one.shown),
      );
      expect(lines.length).toBe(5);
    },
  );

  test('emptied under load: nothing is lost, nothing comes twice', async () => {
    const { ana, ben } = space.people;
    const title = 'Cache emptied';
    const channel = await declare(space, ana, title);
    const { Redis } = await import('ioredis');
    const redis = new Redis(space.redisUrl);
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    for (const n of numbers) {
      const reply = await type(n % 2 ? ana : ben, channel, `/incident note Step ${n} taken`);
      expect(reply.text).toContain(`Step ${n} taken`);
      if (n % 5 === 2) {
        const keys = await redis.keys(`${space.redisPrefix}:*`);
        if (keys.length > 0) await redis.del(keys);
      }
    }
    redis.disconnect();
    await rows.laneIdle(title);
    const seen = (await ana.sees(channel)).filter((one) => !one.ephemeral);
    for (const n of numbers)
      expect(seen.filter((one) => one.shown.includes(`Step ${n} taken`)).length, `line ${n}`).toBe(1);
  });
});

describe('kill -9', () => {
  test('between the inbox and the commit: the command is finished by the next process, once', async () => {
    const { ana } = space.people;
    const title = 'Killed before the commit';
    const channel = await declare(space, ana, title);
    await rows.laneIdle(title);
    const holder = await rows.hold(`SELECT 1 FROM "Incident" WHERE title = $1 FOR UPDATE`, [title]);
    const typing = ana.command(channel, '/incident note Failed over', { wait: 60_000 });
    await eventually(
      'row in the inbox',
      async () =>
        (await rows.sql(`SELECT 1 FROM "Inbox" WHERE body->>'text' = 'note Failed over'`)).length === 1,
    );
    await space.bot.kill();
    await holder.release();
    const reply = await typing;
    expect(reply.failure).toMatch(/failed with the error/);
    await space.restart('kill');
    await age();
    await eventually('entry', async () => (await texts(title)).includes('Failed over'));
    await eventually('late answer', async () => reply.text.includes('Failed over'));
    await age();
    await rows.laneIdle(title);
    expect((await texts(title)).filter((text) => text === 'Failed over')).toHaveLength(1);
  });

  test('between the commit and the answer: what is stored stays, once', async () => {
    const { ana } = space.people;
    const title = 'Killed after the commit';
    const channel = await declare(space, ana, title);
    await rows.laneIdle(title);
    // The row is ended once in the transaction, and once more after the commit, before the answer: that one is held.
    const holder = await rows.hold('SELECT pg_advisory_xact_lock(1)');
    await rows.sql(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM "Inbox" WHERE body->>'text' = 'note Traffic moved' AND "doneAt" IS NOT NULL)
        THEN PERFORM pg_advisory_xact_lock_shared(1); END IF;
        RETURN NULL;
      END $$`);
    await rows.sql(`CREATE TRIGGER hold BEFORE UPDATE ON "Inbox" FOR EACH STATEMENT EXECUTE FUNCTION hold()`);
    const typing = ana.command(channel, '/incident note Traffic moved', { wait: 100 });
    await eventually('commit', async () => (await texts(title)).includes('Traffic moved'));
    await space.bot.kill();
    await holder.release();
    expect((await typing).failure).toMatch(/failed with the error/);
    await rows.sql(`DROP TRIGGER hold ON "Inbox"`);
    await space.restart('kill');
    await age();
    await rows.laneIdle(title);
    expect((await texts(title)).filter((text) => text === 'Traffic moved')).toHaveLength(1);
    const lines = (await ana.sees(channel)).filter(
      (one) => !one.ephemeral && one.shown.includes('Traffic moved'),
    );
    expect(lines).toHaveLength(1);
  });
});

test('one event, delivered fifty times at once under seven ids, acts once', async () => {
  const { ana, ben } = space.people;
  const channel = await declare(space, ana, 'One event');
  const said = await ben.say(channel, 'Disk is full');
  await ben.react(channel, said, 'pushpin');
  await captured(ben, channel, 'Disk is full');
  const { event } = space.gateway.events.findLast((one) => one.type === 'reaction_added') ?? {};
  const body = (id: number) =>
    JSON.stringify({
      type: 'event_callback',
      team_id: space.gateway.workspace.teamId,
      event_id: `Ev${id}`,
      event,
    });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => space.gateway.sendRaw(body(n % 7))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await texts('One event')).filter((text) => text === 'Disk is full')).toHaveLength(1);
});
