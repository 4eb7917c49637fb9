import { describe, expect, it } from 'vitest';
import { addAction } from '../../src/usecases/addAction.ts';
import { addFactor } from '../../src/usecases/addFactor.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { setCustomers } from '../../src/usecases/setCustomers.ts';
import { setLead } from '../../src/usecases/setLead.ts';
import { setRegions, setServices } from '../../src/usecases/setNames.ts';
import { setSeverity } from '../../src/usecases/setSeverity.ts';
import { setStatus } from '../../src/usecases/setStatus.ts';
import { setTitle } from '../../src/usecases/setTitle.ts';
import { setTracker } from '../../src/usecases/setTracker.ts';
import { writeSection } from '../../src/usecases/writeSection.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA', 'America/New_York');
const tongan = world.person('U2TO', 'Pacific/Tongatapu');
const nobodyKnows = world.person('U3CY', null);

describe('state', () => {
  it('that changes is in the activity, in order, with who did it, and on the headline', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    const ref = { id: incident.id };
    await ana((scope) => setSeverity(scope, { ref, severity: 'SEV1' }));
    await ana((scope) => setStatus(scope, { ref, status: 'identified' }));
    await tongan((scope) => setLead(scope, { ref, userId: 'U2TO' }));
    await ana((scope) => setTitle(scope, { ref, title: 'Checkout  is\ndown' }));
    const record = await world.record(incident.id);
    expect(record.incident).toMatchObject({
      severity: 'SEV1',
      status: 'identified',
      leadId: 'U2TO',
      title: 'Checkout is down',
    });
    expect(record.activity.map(({ by, text }) => [by, text])).toEqual([
      ['U1ANA', 'Severity SEV2 Major → SEV1 Critical'],
      ['U1ANA', 'Status investigating → identified'],
      ['U2TO', '<@U2TO> leads'],
      ['U1ANA', 'Title “Checkout fails” → “Checkout is down”'],
    ]);
    const sent = await database.sql<{ kind: string }>('SELECT kind FROM "Outbox" WHERE lane = $1', [
      incident.id,
    ]);
    expect(sent.filter(({ kind }) => kind === 'headline').length).toBeGreaterThanOrEqual(4);
  });

  it('that is so already changes nothing', async () => {
    const incident = await opened(ana, { leadId: 'U1ANA' });
    const ref = { id: incident.id };
    for (const work of [
      () => ana((scope) => setSeverity(scope, { ref, severity: 'SEV2' })),
      () => ana((scope) => setStatus(scope, { ref, status: 'investigating' })),
      () => ana((scope) => setLead(scope, { ref, userId: 'U1ANA' })),
    ]) {
      expect((await refused(work())).code).toBe('already');
    }
    expect((await world.record(incident.id)).activity).toEqual([]);
  });

  it('of a closed incident keeps its status, its severity may be corrected', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    await ana((scope) => cancel(scope, { ref, reason: '' }));
    const status = ana((scope) => setStatus(scope, { ref, status: 'identified' }));
    expect(await refused(status)).toMatchObject({ code: 'closed', status: 'canceled' });
    await ana((scope) => setSeverity(scope, { ref, severity: 'SEV4' }));
    expect((await world.record(incident.id)).incident).toMatchObject({
      status: 'canceled',
      severity: 'SEV4',
    });
  });
});

describe('the tracker', () => {
  const track = (id: string, text: string) => ana((scope) => setTracker(scope, { ref: { id }, text }));
  const sentFor = async (id: string) =>
    (await database.sql<{ kind: string }>('SELECT kind FROM "Outbox" WHERE lane = $1 ORDER BY id', [id])).map(
      ({ kind }) => kind,
    );

  it('is set, changed and taken away, each on record and shown; no line of the timeline', async () => {
    const { id } = await opened(ana);
    expect(await track(id, '')).toMatchObject({ changed: false, incident: { tracker: null } });
    await track(id, '<https://t.example/?a=1&amp;b=2>');
    expect(await sentFor(id)).toEqual(['headline', 'bookmarks']);
    expect(await track(id, '')).toMatchObject({
      changed: false,
      incident: { tracker: 'https://t.example/?a=1&b=2' },
    });
    await track(id, 'https://t.example/2');
    expect((await world.record(id)).incident.tracker).toBe('https://t.example/2');
    await track(id, 'none');
    const record = await world.record(id);
    expect([record.incident.tracker, record.entries]).toEqual([null, []]);
    expect(record.activity.map(({ by, text }) => [by, text])).toEqual([
      ['U1ANA', 'Tracker none → <https://t.example/?a=1&amp;b=2>'],
      ['U1ANA', 'Tracker <https://t.example/?a=1&amp;b=2> → <https://t.example/2>'],
      ['U1ANA', 'Tracker <https://t.example/2> → none'],
    ]);
  });

  it.each([
    ['no address', 'OPS-7', { code: 'address', why: 'no-address' }],
    ['a password', 'https://ana:secret@t.example', { code: 'address', why: 'password' }],
    [
      'too long a one',
      `https://t.example/${'a'.repeat(2000)}`,
      { code: 'too-long', longest: 2000, length: 2018 },
    ],
    ['the same one', 'https://t.example/1', { code: 'already' }],
  ])('%s changes nothing', async (_, text, reason) => {
    const { id } = await opened(ana);
    await track(id, 'https://t.example/1');
    expect(await refused(track(id, text))).toMatchObject(reason);
    const { incident, activity } = await world.record(id);
    expect([incident.tracker, activity.length]).toEqual(['https://t.example/1', 1]);
  });

  it('that is none already changes nothing', async () => {
    const { id } = await opened(ana);
    expect((await refused(track(id, 'none'))).code).toBe('already');
    expect((await world.record(id)).activity).toEqual([]);
  });
});

describe('services and regions', () => {
  it.each([
    ['services', setServices],
    ['regions', setRegions],
  ] as const)('are a hundred at most: more %s change nothing', async (what, set) => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`).join(',');
    await ana((scope) => set(scope, { ref, text: names(100) }));
    const before = await world.record(incident.id);
    expect(await refused(ana((scope) => set(scope, { ref, text: 'n7, other' })))).toEqual({
      code: 'too-many',
      what,
      most: 100,
      count: 101,
    });
    expect(await world.record(incident.id)).toEqual(before);
    await ana((scope) => set(scope, { ref, text: `remove ${names(99)}` }));
    expect((await world.record(incident.id)).incident[what]).toEqual(['n99']);
  });

  it('are added once, whatever their case, and removed', async () => {
    const incident = await opened(ana, { services: ['Checkout'] });
    const ref = { id: incident.id };
    await ana((scope) => setServices(scope, { ref, text: 'add checkout, "Search, EU", Mail' }));
    expect((await world.record(incident.id)).incident.services).toEqual(['Checkout', 'Search, EU', 'Mail']);
    await ana((scope) => setServices(scope, { ref, text: 'remove CHECKOUT' }));
    expect((await world.record(incident.id)).incident.services).toEqual(['Search, EU', 'Mail']);
    await ana((scope) => setRegions(scope, { ref, text: 'EU,  USA' }));
    expect((await world.record(incident.id)).incident.regions).toEqual(['EU', 'USA']);
    await ana((scope) => setRegions(scope, { ref, text: 'add eu, Asia' }));
    await ana((scope) => setRegions(scope, { ref, text: 'Remove USA' }));
    expect((await world.record(incident.id)).incident.regions).toEqual(['EU', 'Asia']);
  });

  it('lose no name when twenty add at once', async () => {
    const incident = await opened(ana);
    const add = (index: number) =>
      ana((scope) => setServices(scope, { ref: { id: incident.id }, text: `add Service ${index}` }));
    await Promise.all(Array.from({ length: 20 }, (_, index) => add(index)));
    expect((await world.record(incident.id)).incident.services).toHaveLength(20);
  });

  it.each(['', ' , ', '""', 'add', 'Remove ', 'x'.repeat(121)])('%j names none', async (text) => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    for (const use of [setServices, setRegions]) {
      expect((await refused(ana((scope) => use(scope, { ref, text })))).code).toMatch(/^(empty|too-long)$/);
    }
    expect((await world.record(incident.id)).incident).toMatchObject({ services: [], regions: [] });
  });
});

describe('customers', () => {
  it('are kept for the whole and for each service, the last word of each', async () => {
    const incident = await opened(ana, { services: ['Checkout', 'Search'] });
    const ref = { id: incident.id };
    for (const text of [
      'about 500',
      'checkout: 12, all in the EU',
      'Search: none',
      'about 700',
      '"Mail": 3: or 4',
    ]) {
      await ana((scope) => setCustomers(scope, { ref, text }));
    }
    expect((await world.record(incident.id)).customers).toEqual([
      { service: null, text: 'about 700' },
      { service: 'Checkout', text: '12, all in the EU' },
      { service: 'Mail', text: '3: or 4' },
      { service: 'Search', text: 'none' },
    ]);
  });

  it('keep a colon that names no service', async () => {
    const incident = await opened(ana);
    await ana((scope) => setCustomers(scope, { ref: { id: incident.id }, text: 'Note: 12 of them' }));
    expect((await world.record(incident.id)).customers).toEqual([
      { service: null, text: 'Note: 12 of them' },
    ]);
  });

  it.each([
    ['', 'empty'],
    [`"${'x'.repeat(4000)}": 12`, 'too-long'],
    ['x'.repeat(12_001), 'too-long'],
  ])('%# are refused', async (text, code) => {
    const incident = await opened(ana);
    const set = ana((scope) => setCustomers(scope, { ref: { id: incident.id }, text }));
    expect((await refused(set)).code).toBe(code);
  });
});

describe('sections', () => {
  it('show their last version and keep every earlier one', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    for (const text of ['First', 'Second']) {
      await ana((scope) => writeSection(scope, { ref, name: 'summary', text }));
      await ana((scope) => writeSection(scope, { ref, name: 'root-cause', text: `${text} cause` }));
    }
    const record = await world.record(incident.id);
    expect([record.incident.summary, record.sections]).toEqual(['Second', { 'root-cause': 'Second cause' }]);
    const versions = await database.sql(
      `SELECT version, text FROM "SectionText" WHERE "incidentId" = $1 AND name = 'summary' ORDER BY version`,
      [incident.id],
    );
    expect(versions).toEqual([
      { version: 1, text: 'First' },
      { version: 2, text: 'Second' },
    ]);
  });

  it('count up when twenty write at once', async () => {
    const incident = await opened(ana);
    const write = (index: number) =>
      ana((scope) =>
        writeSection(scope, { ref: { id: incident.id }, name: 'summary', text: `Text ${index}` }),
      );
    await Promise.all(Array.from({ length: 20 }, (_, index) => write(index)));
    const [row] = await database.sql(
      'SELECT count(*)::int AS rows, max(version) AS last FROM "SectionText" WHERE "incidentId" = $1',
      [incident.id],
    );
    expect(row).toEqual({ rows: 20, last: 20 });
  });

  it('and factors need words', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    expect(
      (await refused(ana((scope) => writeSection(scope, { ref, name: 'summary', text: ' ' })))).code,
    ).toBe('empty');
    expect((await refused(ana((scope) => addFactor(scope, { ref, text: '\u200b' })))).code).toBe('empty');
    await ana((scope) => addFactor(scope, { ref, text: 'No alert on the queue' }));
    expect((await world.record(incident.id)).factors).toEqual(['No alert on the queue']);
  });
});

describe('action items', () => {
  const add = (id: string, text: string, who = ana) =>
    who((scope) => addAction(scope, { ref: { id }, text }));

  it.each([
    ['Test the rollback', null, null],
    ['Test the rollback <@U2BO> due 2026-04-01', 'U2BO', '2026-04-01'],
    ['Test the rollback due 2028-02-29 <@U2BO|bo>', 'U2BO', '2028-02-29'],
  ])('%j', async (text, ownerId, due) => {
    const incident = await opened(ana);
    await add(incident.id, text);
    expect((await world.record(incident.id)).actions).toMatchObject([
      { number: 1, text: 'Test the rollback', ownerId, due, doneAt: null },
    ]);
  });

  it("are due on the asker's own calendar", async () => {
    // Already the 11th in Tonga, still the 10th in New York.
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await add(incident.id, 'One due today');
    await add(incident.id, 'Two due today', tongan);
    await add(incident.id, 'Three due tomorrow', tongan);
    const dates = (await world.record(incident.id)).actions.map(({ due }) => due);
    expect(dates).toEqual(['2026-03-10', '2026-03-11', '2026-03-12']);
  });

  it('due today need a zone', async () => {
    const incident = await opened(ana);
    expect(await refused(add(incident.id, 'One due today', nobodyKnows))).toEqual({ code: 'no-zone' });
    await add(incident.id, 'Two due 2026-04-01', nobodyKnows);
    expect((await world.record(incident.id)).actions.map(({ number }) => number)).toEqual([1]);
  });

  it.each(['2026-02-30', '2026-13-01', '2027-02-29'])(
    'are not due on %s, which does not exist',
    async (date) => {
      const incident = await opened(ana);
      expect((await refused(add(incident.id, `One due ${date}`))).code).toBe('time');
      expect((await world.record(incident.id)).actions).toEqual([]);
    },
  );

  it('are numbered without gaps when thirty are added at once', async () => {
    const incident = await opened(ana);
    await Promise.all(Array.from({ length: 30 }, (_, index) => add(incident.id, `Action ${index}`)));
    const numbers = (await world.record(incident.id)).actions.map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});
