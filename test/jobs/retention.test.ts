import { pino } from 'pino';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import { retain } from '../../src/jobs/retention.ts';
import { createRetention } from '../../src/storage/data/retention.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const DAY = 24 * 3_600_000;

const retained = (retention = createRetention(database.prisma)) =>
  retain({
    retention,
    runner: world.runner,
    clock: world.clock,
    logger: pino({ level: 'silent' }),
  });
/** The latest notice of each incident is at its end: with an error, or taken by Slack. */
const noticesEnd = (error: string | null = null) =>
  database.sql(
    `UPDATE "Outbox" SET "doneAt" = $1, error = $2 WHERE kind = 'deletion-notice' AND "doneAt" IS NULL`,
    [new Date(world.clock.now()), error],
  );
const pass = async (retention = createRetention(database.prisma)) => {
  await retained(retention);
  await noticesEnd();
};
const keepFor = async (deleteAfterDays: number | null) => {
  const { settings, version } = await world.read((tx) => tx.settings(TEAM));
  const next = { ...DEFAULT_SETTINGS, ...settings, deleteAfterDays };
  await world.read((tx) => tx.saveSettings(TEAM, 'U1ANA', world.clock.now(), next, version));
};
const closed = async () => {
  const incident = await opened(ana);
  await ana(({ tx, now }) => tx.updateIncident(incident.id, { status: 'resolved', closedAt: now }));
  return incident;
};
const isThere = async (id: string) =>
  (await database.sql('SELECT 1 FROM "Incident" WHERE id = $1', [id])).length === 1;
const notices = async (id: string) =>
  (
    await database.sql<{ at: string }>(
      `SELECT payload ->> 'at' AS at FROM "Outbox" WHERE lane = $1 AND kind = 'deletion-notice' ORDER BY id`,
      [id],
    )
  ).map(({ at }) => Number(at));

it('tells a week before, once, then deletes what is older than the settings keep', async () => {
  await keepFor(30);
  const incident = await closed();
  const open = await opened(ana);
  // Told after 23 and a half days, with the whole week.
  const at = world.clock.now() + 30.5 * DAY;
  world.clock.forward(22 * 24 * 60);
  await pass();
  expect(await notices(incident.id)).toEqual([]);
  world.clock.forward(1.5 * 24 * 60);
  await pass();
  await pass();
  expect(await notices(incident.id)).toEqual([at]);
  world.clock.forward(6 * 24 * 60);
  await pass();
  expect(await isThere(incident.id)).toBe(true);
  world.clock.forward(1 * 24 * 60);
  await pass();
  expect(await isThere(incident.id)).toBe(false);
  expect(await isThere(open.id)).toBe(true);
});

it('tells once, though two workers do', async () => {
  await keepFor(30);
  const { id } = await closed();
  world.clock.forward(24 * 24 * 60);
  const whole = createRetention(database.prisma);
  let together: () => void;
  const both = new Promise<void>((go) => {
    together = go;
  });
  let selected = 0;
  const ending: typeof whole.ending = async (...args) => {
    const found = await whole.ending(...args);
    selected += 1;
    if (selected === 2) together();
    await both;
    return found;
  };
  await Promise.all([pass({ ...whole, ending }), pass({ ...whole, ending })]);
  expect(await notices(id)).toHaveLength(1);
});

it('deletes nothing while nobody was told', async () => {
  await keepFor(30);
  const { id } = await closed();
  world.clock.forward(24 * 24 * 60);
  await retained();
  expect(await notices(id)).toHaveLength(1);
  world.clock.forward(8 * 24 * 60);
  await retained();
  expect(await isThere(id)).toBe(true);
  await noticesEnd();
  await retained();
  expect(await isThere(id)).toBe(false);
});

it('tells again, with a week from then, where the notice was given up', async () => {
  await keepFor(30);
  const { id } = await closed();
  world.clock.forward(24 * 24 * 60);
  await retained();
  await noticesEnd('Error: broken');
  world.clock.forward(8 * 24 * 60);
  await retained();
  expect(await notices(id)).toHaveLength(2);
  expect((await notices(id)).at(-1)).toBe(world.clock.now() + 7 * DAY);
  await noticesEnd();
  world.clock.forward(6 * 24 * 60);
  await retained();
  expect(await isThere(id)).toBe(true);
});

it('tells of what is overdue already, and gives the week', async () => {
  await keepFor(null);
  const incident = await closed();
  world.clock.forward(400 * 24 * 60);
  await pass();
  expect(await notices(incident.id)).toEqual([]);
  await keepFor(30);
  await pass();
  expect(await notices(incident.id)).toEqual([world.clock.now() + 7 * DAY]);
  world.clock.forward(6.9 * 24 * 60);
  await pass();
  expect(await isThere(incident.id)).toBe(true);
});

it('takes it back where the settings keep it longer or the incident is open again', async () => {
  await keepFor(30);
  const [kept, again] = [await closed(), await closed()];
  world.clock.forward(24 * 24 * 60);
  await pass();
  await ana((scope) => reopen(scope, { ref: { id: again.id } }));
  await keepFor(60);
  world.clock.forward(7 * 24 * 60);
  await pass();
  expect(await isThere(kept.id)).toBe(true);
  expect(await isThere(again.id)).toBe(true);
  await keepFor(30);
  await pass();
  // Told anew, with a week from now.
  expect((await notices(kept.id)).at(-1)).toBe(world.clock.now() + 7 * DAY);
});

it.each<[string, (id: string) => Promise<unknown>]>([
  ['was opened again', (id) => ana((scope) => reopen(scope, { ref: { id } }))],
  ['is to be kept for longer than the week of notice', () => keepFor(60)],
  ['is to be kept for some days more', () => keepFor(33)],
  ['is to be kept for ever', () => keepFor(null)],
])('leaves alone what %s while the pass was under way', async (_, change) => {
  await keepFor(30);
  const { id } = await closed();
  world.clock.forward(24 * 24 * 60);
  await pass();
  world.clock.forward(8 * 24 * 60);
  const whole = createRetention(database.prisma);
  const ending: typeof whole.ending = async (...args) => {
    const selected = await whole.ending(...args);
    expect(selected.map((one) => one.id)).toContain(id);
    await change(id);
    return selected;
  };
  await pass({ ...whole, ending });
  await pass();
  expect(await isThere(id)).toBe(true);
});

it('waits for whoever is opening it again, and then leaves it', async () => {
  await keepFor(30);
  const { id } = await closed();
  world.clock.forward(24 * 24 * 60);
  await pass();
  world.clock.forward(8 * 24 * 60);
  const waiting = () => database.sql('SELECT 1 FROM pg_locks WHERE NOT granted');
  const { erasing } = await ana(async (scope) => {
    await reopen(scope, { ref: { id } });
    const erasing = createRetention(database.prisma).erase(id, world.clock.now());
    await expect.poll(waiting).not.toEqual([]);
    return { erasing };
  });
  expect(await erasing).toBe(false);
  expect(await isThere(id)).toBe(true);
});

it('tells of all whose time ends in one week, not of fifty, and goes on past one that fails', async () => {
  await keepFor(30);
  await database.sql(
    'UPDATE "Incident" SET "deleteAt" = NULL, status = \'investigating\', "closedAt" = NULL',
  );
  await database.sql(
    `INSERT INTO "Incident" (id, "teamId", number, title, severity, status, "declaredBy", "declaredAt", zone, "closedAt")
     SELECT gen_random_uuid(), $1, 1000 + n, 'Old', 'SEV2', 'resolved', 'U1', $2, 'UTC', $2 FROM generate_series(1, 51) AS n`,
    [TEAM, new Date(world.clock.now() - 100 * DAY)],
  );
  const left = async (where: string) =>
    (await database.sql(`SELECT 1 FROM "Incident" WHERE title = 'Old' AND ${where}`)).length;
  await pass();
  await pass();
  expect(await left('"deleteAt" IS NULL')).toBe(0);
  world.clock.forward(8 * 24 * 60);
  const [bad] = await database.sql<{ id: string }>(
    `SELECT id FROM "Incident" WHERE title = 'Old' ORDER BY "closedAt", id LIMIT 1`,
  );
  const whole = createRetention(database.prisma);
  const erase = async (id: string, now: number) => {
    if (id === bad?.id) throw new Error('broken');
    return whole.erase(id, now);
  };
  await pass({ ...whole, erase });
  await pass({ ...whole, erase });
  expect(await left('true')).toBe(1);
});

it('one workspace with many keeps no other one waiting', async () => {
  const at = new Date(world.clock.now() - 100 * DAY);
  await database.sql(`INSERT INTO "Workspace" (id) VALUES ('T2')`);
  await database.sql(
    `INSERT INTO "SettingsVersion" SELECT (jsonb_populate_record(s, '{"teamId": "T2"}')).* FROM "SettingsVersion" s
     WHERE "teamId" = $1 ORDER BY version DESC LIMIT 1`,
    [TEAM],
  );
  await database.sql(
    `INSERT INTO "Incident" (id, "teamId", number, title, severity, status, "declaredBy", "declaredAt", zone, "closedAt")
     SELECT gen_random_uuid(), team, 2000 + n, 'Old', 'SEV2', 'resolved', 'U1', $2, 'UTC',
       $2::timestamptz + CASE team WHEN 'T2' THEN interval '1 day' ELSE interval '0' END
     FROM unnest(ARRAY[$1, 'T2']) AS team, generate_series(1, 5) AS n`,
    [TEAM, at],
  );
  const now = world.clock.now();
  const ending = await createRetention(database.prisma).ending(now, now + 7 * DAY, 4);
  expect(ending.filter(({ teamId }) => teamId === 'T2')).toHaveLength(2);
});

it('deletes steps and questions a month after they are done with', async () => {
  const incident = await opened(ana);
  await ana((scope) => scope.send(incident.id, { kind: 'topic' }));
  await ana((scope) => scope.send(incident.id, { kind: 'headline' }));
  await ana(({ tx, now }) =>
    tx.addChoice({ teamId: TEAM, userId: 'U1ANA', request: { text: 'x' }, readings: [] }, now),
  );
  await database.sql(`UPDATE "Outbox" SET "doneAt" = $2 WHERE lane = $1 AND kind = 'topic'`, [
    incident.id,
    new Date(world.clock.now()),
  ]);
  const left = async () =>
    (
      await database.sql<{ kind: string }>('SELECT kind FROM "Outbox" WHERE lane = $1 ORDER BY id', [
        incident.id,
      ])
    ).map(({ kind }) => kind);
  world.clock.forward(29 * 24 * 60);
  await pass();
  expect(await left()).toEqual(['topic', 'headline']);
  world.clock.forward(2 * 24 * 60);
  await pass();
  expect(await left()).toEqual(['headline']);
  expect(await database.sql('SELECT 1 FROM "Choice"')).toEqual([]);
});
