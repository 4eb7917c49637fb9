import { describe, expect, it } from 'vitest';
import { choose, chooseTyped } from '../../src/usecases/choose.ts';
import { type NoteInput, note } from '../../src/usecases/note.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { type Acting, asked, declared, makeWorld, noted, only, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA', 'America/New_York');
const bo = world.person('U2BO', 'Europe/Berlin');
const nobodyKnows = world.person('U3CY', null);

const typed = (who: Acting, id: string, text: string, over: Partial<NoteInput> = {}) =>
  who((scope) => note(scope, { ref: { id }, text, source: 'command', milestones: [], ...over }));

const timeline = async (id: string) =>
  (await world.record(id)).entries.filter((one) => one.source !== 'system');

describe('a note', () => {
  it('without a time happened now, and is kept with who said it', async () => {
    world.clock.set('2026-03-10T14:03:21.500Z');
    const incident = await declared(ana);
    const { entry } = await noted(bo, incident, 'Error rate climbs');
    expect(entry).toMatchObject({
      text: 'Error rate climbs',
      occurredAt: world.clock.now(),
      recordedAt: world.clock.now(),
      timeFrom: 'message',
      precision: 'exact',
      source: 'command',
      authorId: 'U2BO',
      capturedBy: 'U2BO',
    });
    expect(await timeline(incident.id)).toHaveLength(1);
  });

  it('keeps apart when it happened and when we learnt of it', async () => {
    const start = world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    world.clock.forward(5);
    const { entry } = await noted(ana, incident, '9:41 Deployed');
    expect(iso(entry.occurredAt)).toBe('2026-03-10T13:41:00.000Z');
    expect(entry.recordedAt).toBe(start + 5 * 60_000);
    expect([entry.text, entry.timeFrom]).toEqual(['Deployed', 'person']);
  });

  it.each([
    ['9:41 Deployed', 'U1ANA', 'America/New_York', '2026-03-10T13:41:00.000Z', 'Deployed'],
    ['14:41 Deployed', 'U2BO', 'Europe/Berlin', '2026-03-10T13:41:00.000Z', 'Deployed'],
    ['14:41 Berlin Deployed', 'U1ANA', 'America/New_York', '2026-03-10T13:41:00.000Z', 'Deployed'],
    ['Deployed at 9:41', 'U1ANA', 'America/New_York', '2026-03-10T13:41:00.000Z', 'Deployed'],
    ['10m ago Deployed', 'U1ANA', 'America/New_York', '2026-03-10T13:50:00.000Z', 'Deployed'],
    ['2026-03-08 19:53 UTC Paged', 'U1ANA', 'America/New_York', '2026-03-08T19:53:00.000Z', 'Paged'],
    ['19:25 Kathmandu Paged', 'U1ANA', 'America/New_York', '2026-03-10T13:40:00.000Z', 'Paged'],
  ])('reads %j for %s in %s', async (text, userId, zone, when, rest) => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    const { entry } = await noted(world.person(userId, zone), incident, text);
    expect([iso(entry.occurredAt), entry.text]).toEqual([when, rest]);
  });

  it('takes a bare number for what it is', async () => {
    const incident = await declared(ana);
    const { entry } = await noted(ana, incident, '403 errors');
    expect([entry.text, entry.timeFrom]).toEqual(['403 errors', 'message']);
  });

  it('counts from another line', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    const first = await noted(ana, incident, '9:41 Deployed');
    const { entry } = await noted(ana, incident, `#${first.entry.number} + 5m: alerts fire`);
    expect([iso(entry.occurredAt), entry.text]).toEqual(['2026-03-10T13:46:00.000Z', 'alerts fire']);
  });

  it.each([
    ['', 'empty'],
    ['\u200b', 'empty'],
    ['9:41', 'empty'],
    ['x'.repeat(12_001), 'too-long'],
    ['25:61 Deployed', 'time'],
    ['2026-03-10 15:00 Deployed', 'time'],
  ])('%# is refused and stores nothing', async (text, code) => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    expect((await refused(typed(ana, incident.id, text))).code).toBe(code);
    expect(await timeline(incident.id)).toEqual([]);
  });

  it.each([
    'שלום עולם עברית',
    '🧯 ```code\nmore``` & <b>',
    'a'.repeat(12_000),
    `${'\u200b'}zero\u200bwidth`,
    '\'; DROP TABLE "Entry"; --',
  ])('%# keeps odd text to the letter', async (text) => {
    const incident = await declared(ana);
    expect((await noted(ana, incident, text)).entry.text).toBe(text);
    expect((await timeline(incident.id))[0]?.text).toBe(text);
  });

  it('loses what PostgreSQL or a reader cannot bear', async () => {
    const incident = await declared(ana);
    const { entry } = await noted(ana, incident, 'nul\u0000 bell\u0007 over\u202eride half\ud83d');
    expect(entry.text).toBe('nul bell override half');
  });

  it('names the same line of a moment before: Slack may have said that it failed', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    const first = await noted(ana, incident, '10m ago Restarted');
    expect(first.twin).toBeUndefined();
    expect((await noted(bo, incident, '10m ago Restarted')).twin).toBeUndefined();
    expect((await noted(ana, incident, '30m ago Restarted')).twin).toBeUndefined();
    world.clock.forward(1);
    expect((await noted(ana, incident, '10m ago Restarted')).twin).toBe(first.entry.number);
    world.clock.forward(3);
    expect((await noted(ana, incident, '10m ago Restarted')).twin).toBeUndefined();
  });

  it('gets a number of its own when thirty are written at once', async () => {
    const incident = await declared(ana);
    const all = Array.from({ length: 30 }, (_, index) => noted(ana, incident, `Line ${index}`));
    const numbers = (await Promise.all(all)).map(({ entry }) => entry.number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 2));
  });
});

describe('where Slack did not say the zone', () => {
  it.each(['9:41 Deployed', 'yesterday 9:41 Deployed', 'Deployed at 9', 'Mon 9am Deployed'])(
    '%j is refused and stores nothing',
    async (text) => {
      world.clock.set('2026-03-10T14:00:00Z');
      const incident = await declared(ana);
      expect((await refused(typed(nobodyKnows, incident.id, text))).code).toBe('time');
      expect(await timeline(incident.id)).toEqual([]);
      expect(await database.sql('SELECT id FROM "Choice" WHERE "userId" = $1', ['U3CY'])).toEqual([]);
    },
  );

  it.each([
    ['14:41 Berlin Deployed', '2026-03-10T13:41:00.000Z'],
    ['13:41 UTC Deployed', '2026-03-10T13:41:00.000Z'],
    ['10m ago Deployed', '2026-03-10T13:50:00.000Z'],
    ['Deployed', '2026-03-10T14:00:00.000Z'],
  ])('%j needs none', async (text, when) => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    expect(iso((await noted(nobodyKnows, incident, text)).entry.occurredAt)).toBe(when);
  });

  it('asks about a named zone what it would ask anybody', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    const question = asked(await typed(nobodyKnows, incident.id, '22:00 Berlin Deployed'));
    expect(question.reason).toBe('older-than-12h');
    expect(question.readings.map(({ instant }) => iso(instant))).toEqual(['2026-03-09T21:00:00.000Z']);
  });
});

describe('a time with several readings', () => {
  it('stores the question and nothing else', async () => {
    // 01:30 occurs twice in New York that night, and both are past.
    world.clock.set('2026-11-01T12:00:00Z');
    const incident = await declared(ana);
    const woken = world.woken.length;
    const before = await counts();
    const question = asked(await typed(ana, incident.id, '2026-11-01 01:30 Deployed'));
    expect(question).toMatchObject({ reason: 'twice', typed: '2026-11-01 01:30' });
    expect(await counts()).toEqual({ ...before, Choice: (before.Choice ?? 0) + 1 });
    expect(world.woken).toHaveLength(woken);
  });

  it('is stored with the reading chosen, once, with the text and milestones typed', async () => {
    world.clock.set('2026-11-01T12:00:00Z');
    const incident = await declared(ana);
    const text = '2026-11-01 01:30 Deployed at last';
    const { choiceId } = asked(await typed(ana, incident.id, text, { milestones: ['fix_released'] }));
    world.clock.forward(3);
    const done = only(await ana((scope) => choose(scope, { choiceId, index: 1 })));
    if (done.kind !== 'noted') throw new Error(done.kind);
    expect(done.entry).toMatchObject({ text: 'Deployed at last', recordedAt: world.clock.now() });
    expect(iso(done.entry.occurredAt)).toBe('2026-11-01T06:30:00.000Z');
    expect(done.marked).toEqual(['fix_released']);
    expect(await refused(ana((scope) => choose(scope, { choiceId, index: 0 })))).toEqual({
      code: 'answered',
    });
    expect(await timeline(incident.id)).toHaveLength(1);
  });

  it('is chosen once by ten presses at the same moment', async () => {
    world.clock.set('2026-11-01T12:00:00Z');
    const incident = await declared(ana);
    const { choiceId } = asked(await typed(ana, incident.id, '2026-11-01 01:30 Deployed'));
    const presses = Array.from({ length: 10 }, (_, index) =>
      ana((scope) => choose(scope, { choiceId, index: index % 2 })),
    );
    const done = await Promise.allSettled(presses);
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await timeline(incident.id)).toHaveLength(1);
  });

  it.each([
    ['another person', world.person('U2BO', 'Europe/Berlin')],
    ['somebody of that id in another workspace', world.person('U1ANA', 'America/New_York', 'T9OTHER')],
  ])('is not answered by %s', async (_, other) => {
    world.clock.set('2026-11-01T12:00:00Z');
    const incident = await declared(ana);
    const { choiceId } = asked(await typed(ana, incident.id, '2026-11-01 01:30 Deployed'));
    expect(await refused(other((scope) => choose(scope, { choiceId, index: 0 })))).toEqual({
      code: 'answered',
    });
    expect(only(await ana((scope) => choose(scope, { choiceId, index: 0 }))).kind).toBe('noted');
  });

  it.each([2, -1, 0.5, Number.NaN])('has no reading %d, and stays open', async (index) => {
    world.clock.set('2026-11-01T12:00:00Z');
    const incident = await declared(ana);
    const { choiceId } = asked(await typed(ana, incident.id, '2026-11-01 01:30 Deployed'));
    await refused(ana((scope) => choose(scope, { choiceId, index })));
    expect(only(await ana((scope) => choose(scope, { choiceId, index: 0 }))).kind).toBe('noted');
  });
});

describe('another time, typed', () => {
  // Half past nine last evening: over twelve hours ago.
  const question = async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    return { incident, ...asked(await typed(ana, incident.id, '21:30 Deployed')) };
  };

  it('answers the question', async () => {
    const { choiceId, reason } = await question();
    expect(reason).toBe('older-than-12h');
    const done = only(await ana((scope) => chooseTyped(scope, { choiceId, text: '9:30' })));
    if (done.kind !== 'noted') throw new Error(done.kind);
    expect([iso(done.entry.occurredAt), done.entry.text]).toEqual(['2026-03-10T13:30:00.000Z', 'Deployed']);
  });

  it('is asked about again where it has several readings too', async () => {
    const { choiceId, incident } = await question();
    const again = asked(await ana((scope) => chooseTyped(scope, { choiceId, text: '21:00' })));
    expect(again.readings.map(({ instant }) => iso(instant))).toEqual(['2026-03-10T01:00:00.000Z']);
    expect(await timeline(incident.id)).toEqual([]);
    expect(await refused(ana((scope) => choose(scope, { choiceId, index: 0 })))).toEqual({
      code: 'answered',
    });
    const done = only(await ana((scope) => choose(scope, { choiceId: again.choiceId, index: 0 })));
    expect(done.kind).toBe('noted');
    expect((await timeline(incident.id))[0]?.text).toBe('Deployed');
  });

  it('leaves the question open where it cannot be read', async () => {
    const { choiceId } = await question();
    for (const text of ['soon', '', '2026-03-11 9:00']) {
      expect((await refused(ana((scope) => chooseTyped(scope, { choiceId, text })))).code).toBe('time');
    }
    expect(only(await ana((scope) => choose(scope, { choiceId, index: 0 }))).kind).toBe('noted');
  });
});

describe('in a retrospective', () => {
  it('an undated time follows the line before, in order of capture', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana, { retrospective: true });
    expect((await refused(typed(ana, incident.id, '23:50 Deployed'))).code).toBe('time');
    await noted(ana, incident, '2025-09-24 23:50 Deployed');
    const { entry } = await noted(ana, incident, '0:10 Alerts fire');
    expect(iso(entry.occurredAt)).toBe('2025-09-25T04:10:00.000Z');
    // A note without a time says nothing of the past.
    await noted(ana, incident, 'Who has the dashboard?');
    expect(iso((await noted(ana, incident, '0:20 Rolled back')).entry.occurredAt)).toBe(
      '2025-09-25T04:20:00.000Z',
    );
  });
});

async function counts(): Promise<Record<string, number>> {
  const tables = ['Entry', 'EntryRevision', 'Mark', 'Outbox', 'Activity', 'Choice'];
  const union = tables
    .map((name) => `SELECT '${name}' AS name, count(*)::int AS rows FROM "${name}"`)
    .join(' UNION ALL ');
  const rows = await database.sql<{ name: string; rows: number }>(union);
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}
