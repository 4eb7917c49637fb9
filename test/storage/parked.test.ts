import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInbox } from '../../src/storage/inbox.ts';
import { createOutbox } from '../../src/storage/outbox.ts';
import { listParked, takeUpParked } from '../../src/storage/parked.ts';
import { createStore } from '../../src/storage/store.ts';
import { INBOX_ATTEMPTS } from '../../src/usecases/edges.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened } from '../support/makers.ts';

const database = useDatabase();
const NOW = Date.parse('2026-03-10T14:00:00Z');
const MINUTE = 60_000;
let db: pg.Pool;
beforeAll(() => {
  db = new pg.Pool({ connectionString: database.url, max: 1 });
});
afterAll(() => db.end());

it('a request that failed five times is kept, shown, and taken up again', async () => {
  const inbox = createInbox(database.prisma);
  const id = await inbox.receive('Ev1', 'event', { text: 'secret words' }, NOW);
  await inbox.receive('Ev2', 'event', {}, NOW + 100 * MINUTE);
  for (let n = 1; n <= INBOX_ATTEMPTS; n++) {
    expect(await inbox.takeUp(NOW + n * MINUTE, 30_000)).toMatchObject({ id, attempts: n });
    await inbox.failed(id ?? 0n, 'Error: broken');
  }
  expect(await inbox.takeUp(NOW + 10 * MINUTE, 30_000)).toBeNull();
  expect(await inbox.prune(NOW + 1000 * MINUTE)).toBe(0);
  const parked = await listParked(db);
  expect(parked).toEqual([
    {
      box: 'inbox',
      id: String(id),
      kind: 'event',
      number: null,
      error: 'Error: broken',
      since: new Date(NOW + INBOX_ATTEMPTS * MINUTE),
    },
  ]);
  expect(await takeUpParked(db, 'inbox', '99')).toBe(0);
  expect(await takeUpParked(db, 'inbox', String(id))).toBe(1);
  expect(await listParked(db)).toEqual([]);
  expect(await inbox.takeUp(NOW + 10 * MINUTE, 30_000)).toMatchObject({ id, attempts: 1 });
});

it('a step that Slack refused is shown with its incident, and taken up again; one that ended well is not', async () => {
  const outbox = createOutbox(database.prisma);
  const incident = await opened(makeWorld(database).person('U1ANA'));
  const send = (lane: string) =>
    createStore(database.prisma).transaction((tx) =>
      tx.send([{ incidentId: lane, delivery: { kind: 'pin' } }], NOW),
    );
  const claim = async (lane: string, at: number) => {
    const row = await outbox.claim(lane, at, 1000);
    if (!row) throw new Error('no row');
    return row;
  };
  await database.sql('DELETE FROM "Outbox"');
  await send(incident.id);
  const row = await claim(incident.id, NOW);
  await outbox.giveUp(row, NOW, 'not_pinnable');
  const other = (await opened(makeWorld(database).person('U1ANA'))).id;
  await send(other);
  // It failed once, and came to its end.
  await outbox.retryAt(await claim(other, NOW), NOW, 'internal_error', true);
  await outbox.done(await claim(other, NOW + 1), NOW + 1, {});
  expect(await listParked(db)).toMatchObject([
    { box: 'outbox', id: String(row.id), kind: 'pin', number: incident.number, error: 'not_pinnable' },
  ]);
  expect(await takeUpParked(db, 'outbox')).toBe(1);
  expect(await claim(incident.id, Date.now())).toMatchObject({ id: row.id, attempts: 1 });
  expect(await listParked(db)).toEqual([]);
});
