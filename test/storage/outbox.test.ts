import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createOutbox } from '../../src/storage/outbox.ts';
import { createStore } from '../../src/storage/store.ts';
import type { Outbox, OutboxRow } from '../../src/usecases/edges.ts';
import type { Delivery } from '../../src/usecases/types.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase({ pool: 20 });
const outbox: Outbox = new Proxy({} as Outbox, {
  get: (_, name: keyof Outbox) => createOutbox(database.prisma)[name],
});
const NOW = Date.parse('2026-03-10T14:00:00Z');
const LEASE = 120_000;

/** Writes the rows in one transaction and returns their lane. */
async function lane(...deliveries: Delivery[]): Promise<string> {
  const id = randomUUID();
  await send(id, ...deliveries);
  return id;
}
const send = (incidentId: string, ...deliveries: Delivery[]) =>
  createStore(database.prisma).transaction((tx) =>
    tx.send(
      deliveries.map((delivery) => ({ incidentId, delivery })),
      NOW,
    ),
  );
const must = (row: OutboxRow | null): OutboxRow => {
  if (!row) throw new Error('no row');
  return row;
};
const entry = (entryId: string): Delivery => ({ kind: 'entry', entryId });
const open = (name: string) =>
  database.sql<{ id: string; kind: string }>(
    'SELECT id, kind FROM "Outbox" WHERE lane = $1 AND "doneAt" IS NULL ORDER BY id',
    [name],
  );

describe('a lane', () => {
  it('is given to one of twenty workers who ask at once', async () => {
    const name = await lane(entry('1'), entry('2'));
    const all = await Promise.all(Array.from({ length: 20 }, () => outbox.claim(name, NOW, LEASE)));
    const won = all.filter((row) => row !== null);
    expect(won).toMatchObject([{ lane: name, kind: 'entry', payload: { entryId: '1' }, attempts: 1 }]);
    expect(won[0]?.triedSince).toEqual(new Date(NOW));
  });

  it('is worked off in order by twenty workers, each row once', async () => {
    const wanted = Array.from({ length: 30 }, (_, index) => String(index));
    const name = await lane(...wanted.map(entry));
    const done: unknown[] = [];
    const work = async () => {
      while ((await open(name)).length > 0) {
        const row = await outbox.claim(name, NOW, LEASE);
        if (!row) continue;
        done.push(row.payload.entryId);
        await outbox.done(row, NOW, {});
      }
    };
    await Promise.all(Array.from({ length: 20 }, work));
    expect(done).toEqual(wanted);
  });

  it('does not hold up another', async () => {
    const [first, second] = [await lane(entry('1')), await lane(entry('2'))];
    await outbox.claim(first, NOW, LEASE);
    expect(await outbox.claim(second, NOW, LEASE)).toMatchObject({ payload: { entryId: '2' } });
  });

  it('waits for its first row: until its lease has run out, or it may be tried again', async () => {
    const name = await lane(entry('1'), entry('2'));
    await outbox.claim(name, NOW, LEASE);
    expect(await outbox.claim(name, NOW + LEASE - 1, LEASE)).toBeNull();
    const again = await outbox.claim(name, NOW + LEASE, LEASE);
    expect(again).toMatchObject({ payload: { entryId: '1' }, attempts: 2 });
    await outbox.retryAt(must(again), NOW + 10 * LEASE, 'ratelimited', false);
    expect(await outbox.claim(name, NOW + 10 * LEASE - 1, LEASE)).toBeNull();
    expect(await outbox.claim(name, NOW + 10 * LEASE, LEASE)).toMatchObject({ attempts: 3 });
  });

  it('goes on behind a row that was given up, whose error stays on record', async () => {
    const name = await lane(entry('1'), entry('2'));
    const row = await outbox.claim(name, NOW, LEASE);
    await outbox.giveUp(must(row), NOW, 'channel_not_found');
    expect(await outbox.claim(name, NOW, LEASE)).toMatchObject({ payload: { entryId: '2' } });
    const stored = await database.sql('SELECT error, "doneAt" FROM "Outbox" WHERE id = $1', [
      String(row?.id),
    ]);
    expect(stored).toEqual([{ error: 'channel_not_found', doneAt: new Date(NOW) }]);
  });

  it('is empty in the end, and when there never was one', async () => {
    const name = await lane(entry('1'));
    const row = await outbox.claim(name, NOW, LEASE);
    await outbox.done(must(row), NOW, { ts: '1.2' });
    expect(await outbox.claim(name, NOW, LEASE)).toBeNull();
    expect(await outbox.claim(randomUUID(), NOW, LEASE)).toBeNull();
    const stored = await database.sql('SELECT result FROM "Outbox" WHERE lane = $1', [name]);
    expect(stored).toEqual([{ result: { ts: '1.2' } }]);
  });
});

describe('a row that another worker has claimed since', () => {
  const stored = (row: OutboxRow) =>
    database.sql('SELECT "doneAt", error, result, "runAfter", "claimedUntil" FROM "Outbox" WHERE id = $1', [
      String(row.id),
    ]);

  it('takes nothing from the first one, whatever it has to say', async () => {
    const name = await lane(entry('1'));
    const first = must(await outbox.claim(name, NOW, LEASE));
    const second = must(await outbox.claim(name, NOW + LEASE, LEASE));
    const before = await stored(first);
    const late = NOW + LEASE + 1;
    expect(await outbox.extend(first, late + LEASE)).toBe(false);
    expect(await outbox.retryAt(first, late, 'late', true)).toBe(false);
    expect(await outbox.giveUp(first, late, 'late')).toBe(false);
    expect(await outbox.done(first, late, { ts: 'late' })).toBe(false);
    expect(await stored(first)).toEqual(before);
    expect(await outbox.done(second, late, { ts: '1.1' })).toBe(true);
    expect(await outbox.done(first, late, { ts: 'late' })).toBe(false);
    expect(await stored(first)).toMatchObject([{ result: { ts: '1.1' } }]);
  });

  it('may have had its effect: that is on record since the first try that did not end', async () => {
    const name = await lane(entry('1'));
    const first = must(await outbox.claim(name, NOW, LEASE));
    expect(first.unsureSince).toBeNull();
    const second = must(await outbox.claim(name, NOW + LEASE, LEASE));
    expect(second.unsureSince).toEqual(new Date(NOW));
    await outbox.retryAt(second, NOW + LEASE, 'ratelimited', false);
    const third = must(await outbox.claim(name, NOW + 2 * LEASE, LEASE));
    expect(third.unsureSince).toEqual(new Date(NOW));
  });

  it('had none where the try says so', async () => {
    const name = await lane(entry('1'));
    await outbox.retryAt(must(await outbox.claim(name, NOW, LEASE)), NOW, 'ratelimited', false);
    const again = must(await outbox.claim(name, NOW + 1, LEASE));
    expect(again.unsureSince).toBeNull();
    await outbox.retryAt(again, NOW, null, true);
    expect(await stored(again)).toMatchObject([{ error: 'ratelimited' }]);
    expect((await outbox.claim(name, NOW + 2, LEASE))?.unsureSince).toEqual(new Date(NOW + 1));
  });

  it('is looked for from where the look before it stood', async () => {
    const name = await lane(entry('1'));
    const looked = { for: '7-post', cursor: 'dGVhbTp', alike: '1.1' };
    const first = must(await outbox.claim(name, NOW, LEASE));
    expect(first.looked).toBeNull();
    await outbox.retryAt({ ...first, looked }, NOW, 'ratelimited', true);
    const second = must(await outbox.claim(name, NOW + 1, LEASE));
    expect(second.looked).toEqual(looked);
    await outbox.retryAt({ ...second, looked: null }, NOW, 'ratelimited', true);
    expect((await outbox.claim(name, NOW + 2, LEASE))?.looked).toBeNull();
  });
});

describe('since when a row is tried', () => {
  const HOUR = 3_600_000;

  it('is kept from try to try, and begins anew after an hour without one, or where the try says so', async () => {
    const name = await lane(entry('1'));
    const later = NOW + 100 * HOUR;
    const claimAt = async (at: number) => must(await outbox.claim(name, at, LEASE));
    const first = await claimAt(later);
    expect(first.triedSince).toEqual(new Date(later));
    await outbox.retryAt(first, later + 2 * HOUR, 'ratelimited', false);
    // Slack named the two hours: an hour counts from their end.
    const second = await claimAt(later + 3 * HOUR - 1);
    expect(second.triedSince).toEqual(new Date(later));
    await outbox.retryAt(second, later + 3 * HOUR, 'ratelimited', false);
    const third = await claimAt(later + 4 * HOUR);
    expect(third.triedSince).toEqual(new Date(later + 4 * HOUR));
    // Its worker died, and there is another one at once; the next one took an hour.
    const fourth = await claimAt(later + 4 * HOUR + LEASE);
    expect(fourth.triedSince).toEqual(third.triedSince);
    const fifth = await claimAt(later + 5 * HOUR + 2 * LEASE);
    expect(fifth.triedSince).toEqual(new Date(later + 5 * HOUR + 2 * LEASE));
    await outbox.retryAt({ ...fifth, triedSince: null }, later + 6 * HOUR, 'token_revoked', false);
    expect((await claimAt(later + 6 * HOUR)).triedSince).toEqual(new Date(later + 6 * HOUR));
  });
});

describe('one rendering for several rows', () => {
  it('ends those of its kind that were there before the state was read, no later and no other', async () => {
    const name = await lane({ kind: 'headline' }, entry('1'), { kind: 'headline' }, { kind: 'topic' });
    const other = await lane({ kind: 'headline' });
    const upTo = await outbox.newest(name, 'headline');
    await send(name, { kind: 'headline' });
    await outbox.doneLike(name, 'headline', upTo ?? 0n, NOW);
    expect((await open(name)).map(({ kind }) => kind)).toEqual(['entry', 'topic', 'headline']);
    expect(await open(other)).toHaveLength(1);
    expect(await outbox.newest(name, 'draft')).toBeNull();
  });
});

describe('lanes that wait', () => {
  it('are those whose first row may be taken', async () => {
    await database.sql('UPDATE "Outbox" SET "doneAt" = now() WHERE "doneAt" IS NULL');
    const free = await lane(entry('1'));
    const claimed = await lane(entry('1'), entry('2'));
    const later = await lane(entry('1'), entry('2'));
    await outbox.claim(claimed, NOW, LEASE);
    const row = await outbox.claim(later, NOW, LEASE);
    await outbox.retryAt(must(row), NOW + 10 * LEASE, 'ratelimited', false);
    expect(await outbox.lanesWaiting(NOW, 10)).toEqual([free]);
    expect((await outbox.lanesWaiting(NOW + LEASE, 10)).sort()).toEqual([free, claimed].sort());
    expect(await outbox.lanesWaiting(NOW + 10 * LEASE, 10)).toHaveLength(3);
    expect(await outbox.lanesWaiting(NOW + 10 * LEASE, 2)).toHaveLength(2);
  });
});

describe('the end of a row in a transaction', () => {
  it('is said once: the second is an error that rolls its effects back', async () => {
    const name = await lane({ kind: 'draft', reason: 'asked for' });
    const row = await outbox.claim(name, NOW, LEASE);
    const finish = () =>
      createStore(database.prisma).transaction(async (tx) => {
        await tx.send([{ incidentId: name, delivery: { kind: 'headline' } }], NOW);
        await tx.outboxDone(row?.id ?? 0n, NOW);
      });
    await finish();
    await expect(finish()).rejects.toThrow('done already');
    expect((await open(name)).map(({ kind }) => kind)).toEqual(['headline']);
  });
});
