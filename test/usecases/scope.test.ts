import { describe, expect, it } from 'vitest';
import { createInbox } from '../../src/storage/inbox.ts';
import { note } from '../../src/usecases/note.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { incidentFor } from '../../src/usecases/scope.ts';
import { setSeverity } from '../../src/usecases/setSeverity.ts';
import { setStatus } from '../../src/usecases/setStatus.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const TABLES = ['Incident', 'Entry', 'EntryRevision', 'Mark', 'Activity', 'Outbox', 'Choice', 'SectionText'];

const everything = async () =>
  Promise.all(TABLES.map((table) => database.sql(`SELECT * FROM "${table}" ORDER BY 1`)));
const receive = async (key: string) =>
  (await createInbox(database.prisma).receive(key, 'event', {}, 0)) ?? 0n;
const doneAt = async (id: bigint) =>
  (await database.sql<{ doneAt: Date | null }>('SELECT "doneAt" FROM "Inbox" WHERE id = $1', [id]))[0]
    ?.doneAt;

describe('what fails after it wrote', () => {
  it('leaves nothing behind, wakes nobody, and its request stays to be done', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Errors', { milestones: ['detected'] });
    const id = await receive('fails');
    const before = await everything();
    const woken = world.woken.length;
    const work = ana(async (scope) => {
      const ref = { id: incident.id };
      await note(scope, { ref, text: 'Lost', source: 'command', milestones: ['mitigated'] });
      await setSeverity(scope, { ref, severity: 'SEV1' });
      await scope.tx.writeSection(incident.id, 'U1ANA', scope.now, 'summary', 'Lost');
      throw new Error('broken');
    }, id);
    await expect(work).rejects.toThrow('broken');
    expect(await everything()).toEqual(before);
    expect(world.woken).toHaveLength(woken);
    expect(await doneAt(id)).toBeNull();
  });

  it('is rolled back by a refusal too', async () => {
    const incident = await opened(ana);
    const before = await everything();
    const work = ana(async (scope) => {
      const ref = { id: incident.id };
      await note(scope, { ref, text: 'Lost', source: 'command', milestones: [] });
      await setSeverity(scope, { ref, severity: 'SEV2' });
    });
    expect((await refused(work)).code).toBe('already');
    expect(await everything()).toEqual(before);
  });

  it('takes the number of its line with it', async () => {
    const incident = await opened(ana);
    const broken = ana(async (scope) => {
      await note(scope, { ref: { id: incident.id }, text: 'Lost', source: 'command', milestones: [] });
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow();
    expect((await noted(ana, incident, 'Kept')).entry.number).toBe(1);
  });
});

describe('what succeeds', () => {
  it('ends its request in the same transaction', async () => {
    const incident = await opened(ana);
    const id = await receive('succeeds');
    await ana((scope) => setSeverity(scope, { ref: { id: incident.id }, severity: 'SEV1' }), id);
    expect((await doneAt(id))?.getTime()).toBe(world.clock.now());
  });

  it('twice for the same request takes effect once', async () => {
    const incident = await opened(ana);
    const id = await receive('twice');
    const work = () =>
      ana(
        (scope) => note(scope, { ref: { id: incident.id }, text: 'Once', source: 'command', milestones: [] }),
        id,
      );
    const done = await Promise.allSettled(Array.from({ length: 10 }, work));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await world.record(incident.id)).entries.map(({ text }) => text)).toEqual(['Once']);
  });

  it('wakes each incident once, and only when others can see what it wrote', async () => {
    const incident = await opened(ana);
    const woken = world.woken.length;
    const seen: number[] = [];
    const runner = { ...world.runner, wake: world.runner.wake };
    world.runner.wake = (ids) => {
      runner.wake(ids);
      seen.push(ids.length);
    };
    await ana(async (scope) => {
      const ref = { id: incident.id };
      await note(scope, { ref, text: 'One', source: 'command', milestones: [] });
      await note(scope, { ref, text: 'Two', source: 'command', milestones: [] });
      expect(world.woken).toHaveLength(woken);
      expect((await world.record(incident.id)).entries).toEqual([]);
    });
    world.runner.wake = runner.wake;
    expect(world.woken.slice(woken)).toEqual([[incident.id]]);
    expect(seen).toEqual([1]);
  });

  it('wakes nobody where there is nothing to tell', async () => {
    const woken = world.woken.length;
    await ana((scope) => scope.tx.openIncidents('T1TEAM', 'U1ANA'));
    expect(world.woken).toHaveLength(woken);
  });
});

describe('the incident meant', () => {
  it('is found by its number, channel or id, in its own workspace only', async () => {
    const incident = await opened(ana);
    const { teamId, number, channelId, id } = incident;
    const stranger = world.person('U1ANA', 'UTC', 'T9OTHER');
    for (const ref of [{ teamId, number }, { teamId, channelId }, { id }]) {
      expect((await ana((scope) => incidentFor(scope, ref))).id).toBe(id);
      expect((await refused(stranger((scope) => incidentFor(scope, ref)))).code).toMatch(/^no-/);
    }
    const named = { teamId: 'T9OTHER', number };
    expect(await refused(stranger((scope) => incidentFor(scope, named)))).toEqual({
      code: 'no-such-incident',
      number,
    });
  });

  it('is locked: changes of one happen one by one, of two at the same time', async () => {
    const [first, second] = [await opened(ana), await opened(ana)];
    const order: string[] = [];
    let letGo = () => {};
    const held = new Promise<void>((go) => {
      letGo = go;
    });
    let slow = Promise.resolve();
    await new Promise<void>((begun) => {
      slow = ana(async (scope) => {
        await incidentFor(scope, { id: first.id });
        begun();
        await held;
        order.push('slow ends');
      });
    });
    const waits = ana(async (scope) => {
      await incidentFor(scope, { id: first.id });
      order.push('waited');
    });
    const isWaiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while (order.length === 0 && (await database.sql(isWaiting)).length === 0)
      await new Promise((go) => setTimeout(go, 20));
    await ana(async (scope) => {
      await incidentFor(scope, { id: second.id });
      order.push('other');
    });
    letGo();
    await Promise.all([slow, waits]);
    expect(order).toEqual(['other', 'slow ends', 'waited']);
  });
});

describe('what is taken up late', () => {
  const HOUR = 3_600_000;

  it('happens when it was typed: lines, times read beside it, and the end', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    const typedAt = world.clock.now();
    world.clock.forward(60);
    const typed = { ref, source: 'command' as const, milestones: [] };
    const lines = async (text: string) => {
      const done = await ana((scope) => note(scope, { ...typed, text }), undefined, typedAt);
      return done.kind === 'noted' ? done.entry.occurredAt : done.kind;
    };
    expect(await lines('Rolled back')).toBe(typedAt);
    expect(await lines('10 minutes ago Errors')).toBe(typedAt - HOUR / 6);
    const id = await receive('late');
    await ana((scope) => resolve(scope, { ref, text: '' }), id, typedAt);
    const { incident: closed, marks } = await world.record(incident.id);
    expect(closed.closedAt).toBe(typedAt);
    expect(marks).toMatchObject([{ milestone: 'resolved' }]);
    expect(await doneAt(id)).toEqual(new Date(typedAt + HOUR));
  });

  it('gives way to a status that was set since', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    const typedAt = world.clock.now();
    world.clock.forward(1);
    await ana((scope) => setStatus(scope, { ref, status: 'monitoring' }));
    world.clock.forward(1);
    const late = ana((scope) => setStatus(scope, { ref, status: 'identified' }), undefined, typedAt);
    expect(await refused(late)).toMatchObject({ code: 'overtaken', by: 'U1ANA' });
    await ana((scope) => setStatus(scope, { ref, status: 'identified' }));
  });
});
