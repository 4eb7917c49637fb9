import { beforeEach, describe, expect, it } from 'vitest';
import { createInbox } from '../../src/storage/inbox.ts';
import { createStore } from '../../src/storage/store.ts';
import type { Inbox } from '../../src/usecases/edges.ts';
import { useDatabase } from '../support/database.ts';
import { declared, makeWorld } from '../support/makers.ts';

const database = useDatabase();
const inbox: Inbox = new Proxy({} as Inbox, {
  get: (_, name: keyof Inbox) => createInbox(database.prisma)[name],
});
const NOW = Date.parse('2026-03-10T14:00:00Z');
const SECOND = 1000;

beforeEach(() => database.sql('DELETE FROM "Inbox"'));

const row = async (id: bigint | null) =>
  (
    await database.sql<{ doneAt: Date | null; error: string | null; attempts: number }>(
      'SELECT "doneAt", error, attempts FROM "Inbox" WHERE id = $1',
      [id],
    )
  )[0];

it('whose an incident’s channel is', async () => {
  const world = makeWorld(database);
  const { channelId } = await declared(world.person('U1ANA', 'UTC', 'T9OTHER'));
  expect(await inbox.ownerOf(channelId)).toBe('T9OTHER');
  expect(await inbox.ownerOf('C0NOBODY')).toBeNull();
});

describe('a request', () => {
  it('that comes a hundred times at once is stored once', async () => {
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, index) => inbox.receive('Ev1', 'event', { index }, NOW)),
    );
    expect(all.filter((id) => id !== null)).toHaveLength(1);
    expect(await database.sql('SELECT 1 FROM "Inbox"')).toHaveLength(1);
  });

  it.each([
    { text: 'héllo 🧯 שלום', nested: [{ a: null }, 1.5, true] },
    { text: '```\n"quoted" \\u0041 \\\\ \t' },
    {},
  ])('is kept as it was sent (%#)', async (body) => {
    await inbox.receive('Ev1', 'command', body, NOW);
    const stored = await inbox.takeUp(NOW + 60 * SECOND, 30 * SECOND);
    expect(stored).toMatchObject({ kind: 'command', body, attempts: 1 });
  });

  it.each(['nul \u0000 byte', 'half \ud83d of a pair', 'other \ude00 half', 'twice \\u0000 escaped'])(
    'with what PostgreSQL has no letter for is stored all the same (%#)',
    async (text) => {
      expect(await inbox.receive(`Ev ${text}`, 'event', { text, all: [text] }, NOW)).not.toBeNull();
      expect(await inbox.receive(`Ev ${text}`, 'event', { text }, NOW)).toBeNull();
      const stored = await inbox.takeUp(NOW + 60 * SECOND, 30 * SECOND);
      const words = String(stored?.body.text).split(' ');
      expect([words[0], words.at(-1)]).toEqual([text.split(' ')[0], text.split(' ').at(-1)]);
    },
  );
});

describe('the end of a request', () => {
  it('is said once in a transaction: the second is an error that rolls its effects back', async () => {
    const id = (await inbox.receive('Ev1', 'event', {}, NOW)) ?? 0n;
    const store = createStore(database.prisma);
    const finish = (name: string) =>
      store.transaction(async (tx) => {
        await tx.addChoice({ teamId: 'T1', userId: name, request: {}, readings: [] }, NOW);
        await tx.inboxDone(id, NOW);
      });
    await finish('U1');
    await expect(finish('U2')).rejects.toThrow('done already');
    await expect(store.transaction((tx) => tx.inboxDone(9_999_999n, NOW))).rejects.toThrow();
    const choices = await database.sql('SELECT "userId" FROM "Choice"');
    expect(choices).toEqual([{ userId: 'U1' }]);
  });

  it('of which people were told that it is not stored is final, before it comes and after', async () => {
    await inbox.forgo('before', 'command', NOW);
    expect(await inbox.receive('before', 'command', { text: 'late' }, NOW)).toBeNull();
    const id = await inbox.receive('after', 'command', {}, NOW);
    await inbox.forgo('after', 'command', NOW + SECOND);
    expect(await row(id)).toMatchObject({ doneAt: new Date(NOW + SECOND), error: 'told as not stored' });
    expect(await inbox.takeUp(NOW + 60 * SECOND, 30 * SECOND)).toBeNull();
    // What was done is not told anew.
    const done = (await inbox.receive('done', 'command', {}, NOW)) ?? 0n;
    await inbox.done(done, NOW);
    await inbox.forgo('done', 'command', NOW + SECOND);
    expect(await row(done)).toMatchObject({ doneAt: new Date(NOW), error: null });
  });

  it('frees its key for a form that stayed open', async () => {
    const id = (await inbox.receive('form', 'interaction', {}, NOW)) ?? 0n;
    expect(await inbox.receive('form', 'interaction', {}, NOW)).toBeNull();
    await inbox.free(id);
    expect(await inbox.receive('form', 'interaction', {}, NOW)).not.toBeNull();
  });

  it('may be said again outside of one, and the first time counts', async () => {
    const id = (await inbox.receive('Ev1', 'event', {}, NOW)) ?? 0n;
    await inbox.done(id, NOW + SECOND);
    await inbox.done(id, NOW + 2 * SECOND, 'late');
    expect(await row(id)).toMatchObject({ doneAt: new Date(NOW + SECOND), error: null });
  });

  it('keeps the error of what was given up', async () => {
    const id = (await inbox.receive('Ev1', 'event', {}, NOW)) ?? 0n;
    await inbox.failed(id, 'first');
    expect(await row(id)).toMatchObject({ doneAt: null, error: 'first' });
    await inbox.done(id, NOW, 'last');
    expect(await row(id)).toMatchObject({ doneAt: new Date(NOW), error: 'last' });
  });
});

describe('what was left unfinished', () => {
  it('is taken up oldest first, after a while, not when it is done', async () => {
    const ids: (bigint | null)[] = [];
    for (const index of [0, 1, 2, 3]) {
      ids.push(await inbox.receive(`Ev${index}`, 'event', { index }, NOW + index * SECOND));
    }
    await inbox.done(ids[1] ?? 0n, NOW);
    const next = async (at: number) => (await inbox.takeUp(NOW + at * SECOND, 30 * SECOND))?.id;
    expect(await next(20)).toBeUndefined();
    // One at a time: who dies at one leaves the attempts of the others.
    expect([await next(32.5), await next(32.5), await next(32.5)]).toEqual([ids[0], ids[2], undefined]);
  });

  it('is taken up at once when it is known to have failed, the first time', async () => {
    const id = (await inbox.receive('Ev1', 'event', {}, NOW)) ?? 0n;
    await inbox.receive('Ev2', 'event', {}, NOW);
    await inbox.failed(id, 'first');
    const soon = async () => (await inbox.takeUp(NOW + SECOND, 30 * SECOND))?.id;
    expect(await soon()).toBe(id);
    await inbox.failed(id, 'second');
    expect(await soon()).toBeUndefined();
  });

  it('is not parked by attempts that do not count, and rests after each', async () => {
    const id = (await inbox.receive('Ev1', 'event', {}, NOW)) ?? 0n;
    for (let minute = 1; minute <= 8; minute++) {
      const now = NOW + minute * 60 * SECOND;
      expect(await inbox.takeUp(now, 30 * SECOND)).toMatchObject({ id, attempts: 1, receivedAt: NOW });
      await inbox.failed(id, 'Slack is away', { counts: false });
      expect(await inbox.takeUp(now + SECOND, 30 * SECOND)).toBeNull();
    }
  });

  it('is taken up by one of ten who look at once', async () => {
    for (let index = 0; index < 30; index++) await inbox.receive(`Ev${index}`, 'event', {}, NOW);
    const taken: bigint[] = [];
    const look = async () => {
      for (let row = await next(); row; row = await next()) taken.push(row.id);
    };
    const next = () => inbox.takeUp(NOW + 60 * SECOND, 30 * SECOND);
    await Promise.all(Array.from({ length: 10 }, look));
    expect([taken.length, new Set(taken).size]).toEqual([30, 30]);
  });

  it('is left for a while after each attempt, and for good after the last', async () => {
    await inbox.receive('Ev1', 'event', {}, NOW);
    const attempts: (number | undefined)[] = [];
    for (let minute = 1; minute <= 8; minute++) {
      const now = NOW + minute * 60 * SECOND;
      attempts.push((await inbox.takeUp(now, 30 * SECOND))?.attempts);
      expect(await inbox.takeUp(now + 10 * SECOND, 30 * SECOND)).toBeNull();
    }
    expect(attempts).toEqual([1, 2, 3, 4, 5, undefined, undefined, undefined]);
  });

  it('is never pruned, what was done long ago is', async () => {
    await inbox.receive('open', 'event', {}, NOW);
    const old = (await inbox.receive('old', 'event', {}, NOW)) ?? 0n;
    const fresh = (await inbox.receive('fresh', 'event', {}, NOW)) ?? 0n;
    await inbox.done(old, NOW);
    await inbox.done(fresh, NOW + 60 * SECOND);
    expect(await inbox.prune(NOW + 30 * SECOND)).toBe(1);
    const left = await database.sql<{ key: string }>('SELECT key FROM "Inbox" ORDER BY id');
    expect(left.map(({ key }) => key)).toEqual(['open', 'fresh']);
  });
});
