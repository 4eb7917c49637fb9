import { describe, expect, it } from 'vitest';
import type { DeclareFlag } from '../../src/incident/arguments.ts';
import { choose } from '../../src/usecases/choose.ts';
import { type Declared, declare } from '../../src/usecases/declare.ts';
import { undoFlag } from '../../src/usecases/undoFlag.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { asked, declaration, declared, makeWorld, only, refused } from '../support/makers.ts';

// A pool as small as the bot's own: the others wait for a connection.
const database = useDatabase({ pool: 8 });
const world = makeWorld(database);
const ana = world.person('U1ANA', 'America/New_York');

const kinds = async (incidentId: string) =>
  (
    await database.sql<{ kind: string }>(`SELECT kind FROM "Outbox" WHERE lane = $1 ORDER BY id`, [
      incidentId,
    ])
  ).map(({ kind }) => kind);

describe('numbers', () => {
  it('are handed out without gaps or doubles to fifty who declare at once', async () => {
    const crowd = world.person('U1CROWD', 'UTC', 'T2CROWD');
    const one = (index: number) =>
      crowd((scope) => declare(scope, declaration({ title: `Number ${index}` }))).then(only<Declared>);
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => one(index)));
    const numbers = all.map(({ incident }) => incident.number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('leave no gap behind a declaration that was rolled back', async () => {
    const bo = world.person('U2BO', 'UTC', 'T3ROLLBACK');
    await declared(bo);
    const broken = bo(async (scope) => {
      await declare(scope, declaration());
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect((await declared(bo)).number).toBe(2);
  });

  it('are counted in each workspace by itself', async () => {
    expect((await declared(world.person('U1', 'UTC', 'T4ONE'))).number).toBe(1);
    expect((await declared(world.person('U1', 'UTC', 'T4TWO'))).number).toBe(1);
  });
});

describe('a live declaration', () => {
  it('infers that the incident was called now, and starts the impact at the time typed', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const done = only<Declared>(
      await ana((scope) =>
        declare(scope, declaration({ title: 'Checkout fails at 9:40', services: ['Shop'] })),
      ),
    );
    const { incident, entries, marks } = await world.record(done.incident.id);
    expect(incident).toMatchObject({ title: 'Checkout fails', severity: 'SEV3', services: ['Shop'] });
    expect(incident).toMatchObject({ status: 'investigating', zone: 'America/New_York', closedAt: null });
    expect(entries.map((entry) => [entry.number, iso(entry.occurredAt), entry.timeFrom])).toEqual([
      [1, '2026-03-10T13:40:00.000Z', 'person'],
      [2, '2026-03-10T14:00:00.000Z', 'system'],
    ]);
    expect(marks.map((mark) => [mark.milestone, mark.provenance]).sort()).toEqual([
      ['impact_started', 'asserted'],
      ['incident_called', 'inferred'],
    ]);
    expect(done.startEntryNumber).toBe(1);
  });

  it('makes the channel before anything is said in it', async () => {
    const { id } = await declared(ana, { title: 'Search is slow at 9:40', leadId: 'U3CY' });
    const sent = await kinds(id);
    expect(sent[0]).toBe('channel');
    expect(sent.filter((kind) => kind === 'invite')).toHaveLength(2);
    expect(sent).toEqual(
      expect.arrayContaining(['topic', 'headline', 'pin', 'channel-ready', 'announce', 'entry']),
    );
  });

  it('keeps the description as the summary', async () => {
    const { id } = await declared(ana, { description: ' Orders\u202e fail. ' });
    expect((await world.record(id)).incident.summary).toBe('Orders fail.');
  });

  it.each(['', '   ', '\u200b\u200d', 'at 9:40'])('needs a title (%j)', async (title) => {
    const reason = await refused(ana((scope) => declare(scope, declaration({ title }))));
    expect(reason).toMatchObject({ code: 'empty', what: 'title' });
  });

  it('says how long a title may be', async () => {
    const reason = await refused(ana((scope) => declare(scope, declaration({ title: 'x'.repeat(3000) }))));
    expect(reason).toEqual({ code: 'too-long', what: 'title', longest: 250, length: 3000 });
  });

  it('says how many services an incident may have', async () => {
    const services = Array.from({ length: 101 }, (_, index) => `n${index}`);
    const reason = await refused(ana((scope) => declare(scope, declaration({ services }))));
    expect(reason).toEqual({ code: 'too-many', what: 'services', most: 100, count: 101 });
  });

  it('refuses a start in the future, and stores nothing', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const later = world.person('U1', 'UTC', 'T5FUTURE');
    const title = 'Checkout fails at 2026-03-10 15:00';
    const reason = await refused(later((scope) => declare(scope, declaration({ title }))));
    expect(reason.code).toBe('time');
    expect(await database.sql(`SELECT id FROM "Workspace" WHERE id = 'T5FUTURE'`)).toEqual([]);
  });
});

describe('a start with several readings', () => {
  it('stores the question alone, then declares once with the reading chosen', async () => {
    // 01:30 occurs twice that night in New York.
    world.clock.set('2026-11-01T12:00:00Z');
    const team = 'T6TWICE';
    const dee = world.person('U4DEE', 'America/New_York', team);
    const title = 'Checkout fails at 2026-11-01 1:30';
    const question = asked(await dee((scope) => declare(scope, declaration({ title }))));
    expect(question.reason).toBe('twice');
    expect(question.readings.map(({ instant }) => iso(instant))).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
    ]);
    expect(await database.sql('SELECT id FROM "Incident" WHERE "teamId" = $1', [team])).toEqual([]);
    const { choiceId } = question;
    const done = only(await dee((scope) => choose(scope, { choiceId, index: 1 })));
    if (done.kind !== 'declared') throw new Error(done.kind);
    expect(done.incident).toMatchObject({ number: 1, title: 'Checkout fails' });
    expect(iso(done.startedAt?.instant ?? 0)).toBe('2026-11-01T06:30:00.000Z');
    expect(await refused(dee((scope) => choose(scope, { choiceId, index: 0 })))).toEqual({
      code: 'answered',
    });
  });
});

describe('a retrospective', () => {
  it('marks nothing unasked, and needs a date with a time', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const { id } = await declared(ana, { retrospective: true });
    const { entries, marks } = await world.record(id);
    expect([entries, marks]).toEqual([[], []]);
    const title = 'Checkout failed at 9:40';
    const reason = await refused(ana((scope) => declare(scope, declaration({ retrospective: true, title }))));
    expect(reason.code).toBe('time');
  });

  it('starts the impact where a dated time says', async () => {
    const title = 'Sign-in failed at 2025-08-05 9:40';
    const { id } = await declared(ana, { retrospective: true, title });
    const { entries, marks } = await world.record(id);
    expect(entries.map((entry) => iso(entry.occurredAt))).toEqual(['2025-08-05T13:40:00.000Z']);
    expect(marks.map((mark) => mark.milestone)).toEqual(['impact_started']);
  });
});

describe('the undo of a flag', () => {
  const undo = (incidentId: string, flag: DeclareFlag, typed: string) =>
    ana((scope) => undoFlag(scope, { incidentId, flag, typed }));

  it('gives the word back to the title, once', async () => {
    const { id } = await declared(ana, { title: 'environment is down', test: true });
    expect(await undo(id, 'test', 'Test')).toMatchObject({ title: 'Test environment is down', test: false });
    expect((await refused(undo(id, 'test', 'Test'))).code).toBe('already');
    expect((await world.record(id)).incident.title).toBe('Test environment is down');
  });

  it('of a test announces what was kept quiet, once, whoever is first', async () => {
    const { id } = await declared(ana, { title: 'environment is down', test: true });
    const before = (await kinds(id)).filter((kind) => kind === 'announce').length;
    const bo = world.person('U2BO');
    const both = await Promise.allSettled([
      undo(id, 'test', 'test'),
      bo((scope) => undoFlag(scope, { incidentId: id, flag: 'test', typed: 'test' })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await kinds(id)).filter((kind) => kind === 'announce')).toHaveLength(before + 1);
  });

  it('of what is private changes the title alone', async () => {
    const { id } = await declared(ana, { title: 'keys leaked', private: true });
    expect(await undo(id, 'private', 'private')).toMatchObject({
      title: 'private keys leaked',
      private: true,
    });
    expect((await refused(undo(id, 'private', 'private'))).code).toBe('already');
  });

  it('of a severity’s own name gives its colon back too', async () => {
    const { id } = await declared(ana, { title: 'page shows', severity: 'SEV1' });
    expect(await undo(id, 'severity', 'critical:')).toMatchObject({
      title: 'critical: page shows',
      severity: 'SEV3',
    });
    expect((await refused(undo(id, 'severity', 'critical:'))).code).toBe('already');
  });

  it('of the severity goes back to the default, unless somebody has changed it since', async () => {
    const { id } = await declared(ana, { title: 'page shows', severity: 'SEV1' });
    expect(await undo(id, 'severity', 'sev1')).toMatchObject({ title: 'sev1 page shows', severity: 'SEV3' });
    expect((await refused(undo(id, 'severity', 'sev1'))).code).toBe('already');
    const other = await declared(ana, { severity: 'SEV2' });
    expect((await refused(undo(other.id, 'severity', 'sev1'))).code).toBe('already');
  });

  it('of a retrospective infers the call at the time of declaring, not of the undo', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const { id } = await declared(ana, { title: 'dashboard is empty', retrospective: true });
    world.clock.forward(7);
    await undo(id, 'retrospective', 'retrospective');
    const { entries, marks } = await world.record(id);
    expect(marks.map((mark) => [mark.milestone, mark.provenance])).toEqual([['incident_called', 'inferred']]);
    expect(entries.map((entry) => iso(entry.occurredAt))).toEqual(['2026-03-10T14:00:00.000Z']);
  });
});
