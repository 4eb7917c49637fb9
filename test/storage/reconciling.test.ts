import { beforeEach, describe, expect, test } from 'vitest';
import { createReconcilingStore } from '../../src/storage/reconciling.ts';
import type { Pass, ReconcilingStore } from '../../src/usecases/edges.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const NOW = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
let store: ReconcilingStore;

beforeEach(async () => {
  store = createReconcilingStore(database.prisma);
  await database.sql('TRUNCATE "Reconciling"');
  const [found] = await database.sql(`SELECT 1 FROM "Incident"`);
  if (found) return;
  await database.sql(`INSERT INTO "Workspace" (id) VALUES ('T1')`);
  await database.sql(`
    INSERT INTO "Incident" (id, "teamId", number, title, severity, status, "channelId", "declaredBy", "declaredAt", zone, "closedAt")
    VALUES (gen_random_uuid(), 'T1', 1, 'Open', 'SEV2', 'identified', 'C1', 'U1', now(), 'UTC', NULL),
           (gen_random_uuid(), 'T1', 2, 'Without a channel', 'SEV2', 'identified', NULL, 'U1', now(), 'UTC', NULL),
           (gen_random_uuid(), 'T1', 3, 'Canceled', 'SEV2', 'canceled', 'C3', 'U1', now(), 'UTC', now())`);
});

test('open incidents with a channel are claimed, by one worker at a time, until the claim ends', async () => {
  const claimed = await Promise.all([1, 2, 3].map(() => store.claim(NOW, MINUTE)));
  expect(claimed.filter((one) => one !== null)).toMatchObject([
    { channelId: 'C1', sinceTs: '0', phase: 'history' },
  ]);
  expect(await store.claim(NOW + MINUTE - 1, MINUTE)).toBeNull();
  expect(await store.claim(NOW + MINUTE, MINUTE)).toMatchObject({ channelId: 'C1' });
});

test('where a pass stands is kept, and taken up when it is due', async () => {
  const pass = await store.claim(NOW, MINUTE);
  if (!pass) throw new Error('nothing to claim');
  await store.save(
    { ...pass, passTs: '5.0', phase: 'threads', todo: ['1.0'], cursor: 'x' },
    NOW + MINUTE,
    NOW,
  );
  expect(await store.claim(NOW + MINUTE - 1, MINUTE)).toBeNull();
  const next = await store.claim(NOW + MINUTE, MINUTE);
  expect(next).toMatchObject({ passTs: '5.0', phase: 'threads', todo: ['1.0'], cursor: 'x' });
});

test('what is asked for anew during a pass is not put off by its end', async () => {
  const pass = await store.claim(NOW, MINUTE);
  if (!pass) throw new Error('nothing to claim');
  await store.dueNow(NOW + 1000);
  await store.save({ ...pass, sinceTs: '9.0' }, NOW + 10 * MINUTE, NOW + 2000);
  expect(await store.claim(NOW + 2000, MINUTE)).toMatchObject({
    sinceTs: '0',
    passTs: null,
    phase: 'history',
  });
});

test('the channel of an incident that was merged into an open one is compared, with the lines that moved', async () => {
  await database.sql(`
    INSERT INTO "Incident" (id, "teamId", number, title, severity, status, "channelId", "declaredBy", "declaredAt", zone, "closedAt")
    SELECT gen_random_uuid(), 'T1', number, 'Merged', 'SEV2', 'canceled', 'C' || number, 'U1', now(), 'UTC', now()
    FROM generate_series(11, 13) AS number`);
  // 11 into 12, 12 into 1, which is open; 13 into 3, which is not.
  await database.sql(`
    UPDATE "Incident" i SET "mergedIntoId" = o.id, status = 'merged' FROM "Incident" o
    WHERE (i.number, o.number) IN ((11, 12), (12, 1), (13, 3))`);
  await database.sql(`
    INSERT INTO "Entry" (id, "incidentId", number, "occurredAt", "recordedAt", "timeFrom", text, source, "capturedBy", kept, "channelId", "messageTs")
    SELECT gen_random_uuid(), id, 1, now(), now(), 'message', 'Moved', 'reaction', 'U1', false, 'C11', '5.0'
    FROM "Incident" WHERE number = 1`);
  const passes = await Promise.all([1, 2, 3, 4].map(() => store.claim(NOW, MINUTE)));
  const claimed = passes.flatMap((one) => (one ? [one] : []));
  expect(claimed.map(({ channelId }) => channelId).sort()).toEqual(['C1', 'C11', 'C12']);
  const merged = claimed.find(({ channelId }) => channelId === 'C11')?.incidentId ?? '';
  const { entries } = await store.known(merged, 'T1', 'C11', '0');
  expect(entries).toEqual([{ ts: '5.0', messageChange: '', gone: false }]);
});

const tsOf = (at: number) => (at / 1000).toFixed(6);

/** All that can be claimed at that time is; the one of that channel. */
async function claimed(channelId: string, now = NOW) {
  let found: Pass | undefined;
  for (let one = await store.claim(now, MINUTE); one; one = await store.claim(now, MINUTE))
    if (one.channelId === channelId) found = one;
  if (!found) throw new Error(`${channelId} is not to be claimed`);
  return found;
}

test('what a worker whose claim ran out keeps does not take the claim from the one who has it now', async () => {
  const slow = await claimed('C1');
  const quick = await claimed('C1', NOW + MINUTE);
  await store.save({ ...slow, cursor: 'old' }, NOW, NOW + MINUTE);
  expect(await store.claim(NOW + MINUTE, MINUTE)).toBeNull();
  await store.save({ ...quick, cursor: 'new' }, NOW, NOW + MINUTE);
  expect(await claimed('C1', NOW + MINUTE)).toMatchObject({ cursor: 'new' });
});

describe('events that Slack left out of one workspace', () => {
  const minuteS = NOW / 1000;
  /** Where each channel's pass stands: begun `ms` after the minute began, and of everything. */
  const standing = (ms: number, sinceTs = '0') =>
    database.sql(
      `UPDATE "Reconciling" SET "sinceTs" = $1, "passTs" = $2, phase = 'threads', todo = '{1.0}'`,
      [sinceTs, tsOf(NOW + ms)],
    );
  /** Takes a channel's pass to its end. */
  const ended = async (channelId: string) => {
    const pass = await claimed(channelId);
    await store.save(
      { ...pass, passTs: null, phase: 'history', todo: [], sinceTs: '9.0' },
      NOW + 20 * MINUTE,
      NOW,
    );
  };
  const free = () => database.sql('UPDATE "Reconciling" SET "claimedUntil" = NULL');

  beforeEach(async () => {
    await database.sql(`INSERT INTO "Workspace" (id) VALUES ('T2') ON CONFLICT DO NOTHING`);
    await database.sql(`
      INSERT INTO "Incident" (id, "teamId", number, title, severity, status, "channelId", "declaredBy", "declaredAt", zone)
      VALUES (gen_random_uuid(), 'T2', 1, 'Elsewhere', 'SEV2', 'identified', 'C2', 'U1', now(), 'UTC') ON CONFLICT DO NOTHING`);
    for (let pass = await store.claim(NOW, MINUTE); pass; pass = await store.claim(NOW, MINUTE));
    await free();
  });

  test('are looked for there only', async () => {
    await standing(-10 * MINUTE, '5.0');
    await store.missed('T1', minuteS, NOW);
    expect(await claimed('C1')).toMatchObject({ sinceTs: '0', passTs: null, phase: 'history', todo: [] });
    await free();
    expect(await claimed('C2')).toMatchObject({ sinceTs: '5.0', phase: 'threads', todo: ['1.0'] });
  });

  test('do not stop a pass of everything that is under way: another follows it, once', async () => {
    await standing(-10 * MINUTE);
    for (const n of [0, 1, 2]) await store.missed('T1', minuteS + 60 * n, NOW + n * MINUTE);
    expect(await claimed('C1')).toMatchObject({ phase: 'threads', todo: ['1.0'] });
    await free();
    await ended('C1');
    await free();
    expect(await claimed('C1')).toMatchObject({ sinceTs: '0', passTs: null, phase: 'history', todo: [] });
    await free();
    await ended('C1');
    await free();
    await expect(claimed('C1')).rejects.toThrow('not to be claimed');
  });

  test('were read already where the pass began after that minute', async () => {
    await standing(MINUTE);
    await store.missed('T1', minuteS, NOW + 10 * MINUTE);
    expect(await claimed('C1')).toMatchObject({ phase: 'threads', todo: ['1.0'] });
    await free();
    await ended('C1');
    await free();
    await expect(claimed('C1')).rejects.toThrow('not to be claimed');
  });
});

test('with all that may have been missed the members of private channels are asked for, closed ones too, once', async () => {
  await database.sql(`
    INSERT INTO "Incident" (id, "teamId", number, title, severity, status, "channelId", "declaredBy", "declaredAt", zone)
    VALUES (gen_random_uuid(), 'T1', 4, 'Open to all', 'SEV2', 'identified', 'C4', 'U1', now(), 'UTC')`);
  await database.sql(`UPDATE "Incident" SET "isPrivate" = number < 4 WHERE "teamId" = 'T1'`);
  await store.dueNow(NOW, 'T9');
  await store.dueNow(NOW);
  await store.membersDue(NOW + MINUTE, 'T1');
  const rows = await database.sql<{ number: number }>(
    `SELECT number FROM "Outbox" o JOIN "Incident" i ON i.id::text = lane WHERE kind = 'members' ORDER BY number`,
  );
  // The second one has no channel, the fourth one is open to all.
  expect(rows.map(({ number }) => number)).toEqual([1, 3]);
});
