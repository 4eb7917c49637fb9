import { describe, expect, it } from 'vitest';
import { choose } from '../../src/usecases/choose.ts';
import { editEntry } from '../../src/usecases/editEntry.ts';
import { type Retimed, retime } from '../../src/usecases/retime.ts';
import { restore, retract } from '../../src/usecases/retract.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { asked, makeWorld, marksOf, noted, only, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA', 'America/New_York');
const bo = world.person('U2BO', 'Europe/Berlin');

const revisions = (incidentId: string) =>
  database.sql<{ by: string; change: string; before: object; after: object; at: Date }>(
    `SELECT by, change, before, after, at FROM "EntryRevision" JOIN "Entry" ON "Entry".id = "entryId"
     WHERE "incidentId" = $1 ORDER BY "EntryRevision".id`,
    [incidentId],
  );

describe('time #N', () => {
  it('moves the line, keeps what it was, and makes its milestones asserted', async () => {
    const start = world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired', { milestones: ['detected', 'first_report'] });
    world.clock.forward(10);
    const input = { ref: { id: incident.id }, number: 1, text: 'about 14:40' };
    const done = only<Retimed>(await bo((scope) => retime(scope, input)));
    expect(iso(done.entry.occurredAt)).toBe('2026-03-10T13:40:00.000Z');
    expect(done.before.occurredAt).toBe(start);
    const record = await world.record(incident.id);
    expect(record.entries[0]).toMatchObject({ precision: 'about', timeFrom: 'person', recordedAt: start });
    expect(marksOf(record)).toEqual({ detected: '#1 asserted', first_report: '#1 asserted' });
    expect((await revisions(incident.id)).at(-1)).toEqual({
      by: 'U2BO',
      change: 'time',
      before: { occurredAt: start, precision: 'exact', timeFrom: 'message' },
      after: { occurredAt: done.entry.occurredAt, precision: 'about', timeFrom: 'person' },
      at: new Date(world.clock.now()),
    });
  });

  it('asks where the clocks leave two readings, and moves nothing before', async () => {
    // 02:30 does not exist in New York that night.
    world.clock.set('2026-03-08T14:00:00Z');
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired');
    const input = { ref: { id: incident.id }, number: 1, text: '2026-03-08 2:30' };
    const question = asked(await ana((scope) => retime(scope, input)));
    expect(question.reason).toBe('skipped');
    const [before] = (await world.record(incident.id)).entries;
    expect(iso(before?.occurredAt ?? 0)).toBe('2026-03-08T14:00:00.000Z');
    await ana((scope) => choose(scope, { choiceId: question.choiceId, index: 0 }));
    const [after] = (await world.record(incident.id)).entries;
    expect(after?.occurredAt).toBe(question.readings[0]?.instant);
  });

  it('in a retrospective follows the line captured before it, not the last one', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana, { retrospective: true });
    await noted(ana, incident, '2025-09-24 23:50 Deployed');
    await noted(ana, incident, '2025-09-25 08:00 Somebody woke up');
    await noted(ana, incident, '2025-09-26 09:00 Closed');
    const input = { ref: { id: incident.id }, number: 2, text: '7:15' };
    const done = only<Retimed>(await ana((scope) => retime(scope, input)));
    expect(iso(done.entry.occurredAt)).toBe('2025-09-25T11:15:00.000Z');
  });

  it('may count from another line', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await noted(ana, incident, '9:40 Deployed');
    await noted(ana, incident, 'Alert fired');
    const input = { ref: { id: incident.id }, number: 2, text: '#1 + 90s' };
    const done = only<Retimed>(await ana((scope) => retime(scope, input)));
    expect(iso(done.entry.occurredAt)).toBe('2026-03-10T13:41:30.000Z');
  });

  it.each([
    ['', 'empty'],
    ['soon', 'time'],
    ['2026-03-10 12:00', 'time'],
    ['#9 + 5m', 'time'],
  ])('%j is refused and moves nothing', async (text, code) => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired');
    const input = { ref: { id: incident.id }, number: 1, text };
    expect((await refused(ana((scope) => retime(scope, input)))).code).toBe(code);
    expect((await world.record(incident.id)).entries[0]?.occurredAt).toBe(world.clock.now());
  });
});

describe('edit #N', () => {
  it('changes the words and keeps the old ones', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired');
    await bo((scope) =>
      editEntry(scope, { ref: { id: incident.id }, number: 1, text: ' Two alerts fired ' }),
    );
    expect((await world.record(incident.id)).entries[0]?.text).toBe('Two alerts fired');
    expect(await revisions(incident.id)).toMatchObject([
      { by: 'U2BO', change: 'text', before: { text: 'Alert fired' }, after: { text: 'Two alerts fired' } },
    ]);
  });

  it('keeps every version of twenty who edit at once', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Version 0');
    const edit = (index: number) =>
      ana((scope) => editEntry(scope, { ref: { id: incident.id }, number: 1, text: `Version ${index + 1}` }));
    await Promise.all(Array.from({ length: 20 }, (_, index) => edit(index)));
    const all = (await revisions(incident.id)).map(({ before, after }) => ({ before, after }));
    // Each begins where the one before it ended.
    for (const [index, { before }] of all.entries()) {
      expect(before).toEqual(index === 0 ? { text: 'Version 0' } : all[index - 1]?.after);
    }
    expect({ text: (await world.record(incident.id)).entries[0]?.text }).toEqual(all.at(-1)?.after);
  });

  it('needs words', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired');
    const edit = ana((scope) => editEntry(scope, { ref: { id: incident.id }, number: 1, text: '\u200b' }));
    expect((await refused(edit)).code).toBe('empty');
  });
});

describe('retract #N', () => {
  it('takes the line off the timeline and keeps it on record, until it is restored', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    await noted(ana, incident, 'Alert fired', { milestones: ['detected'] });
    world.clock.forward(1);
    await bo((scope) => retract(scope, { ref, number: 1 }));
    expect((await world.record(incident.id)).entries).toMatchObject([
      { text: 'Alert fired', retractedAt: world.clock.now() },
    ]);
    expect(await refused(bo((scope) => retract(scope, { ref, number: 1 })))).toMatchObject({
      code: 'already',
    });
    await bo((scope) => restore(scope, { ref, number: 1 }));
    const record = await world.record(incident.id);
    expect(record.entries).toMatchObject([{ text: 'Alert fired', retractedAt: null }]);
    expect(marksOf(record)).toEqual({});
    expect(await refused(bo((scope) => restore(scope, { ref, number: 1 })))).toMatchObject({
      code: 'already',
    });
    const changes = (await revisions(incident.id)).map(({ change }) => change);
    expect(changes).toEqual(['mark', 'unmark', 'retract', 'restore']);
  });

  it('happens once when ten press at once', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired');
    const press = () => ana((scope) => retract(scope, { ref: { id: incident.id }, number: 1 }));
    const done = await Promise.allSettled(Array.from({ length: 10 }, press));
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps the line from being edited or moved', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    await noted(ana, incident, 'Alert fired');
    await ana((scope) => retract(scope, { ref, number: 1 }));
    const edit = ana((scope) => editEntry(scope, { ref, number: 1, text: 'x' }));
    expect(await refused(edit)).toEqual({ code: 'retracted', number: 1 });
    const move = ana((scope) => retime(scope, { ref, number: 1, text: '9:40' }));
    expect(await refused(move)).toEqual({ code: 'retracted', number: 1 });
  });
});
