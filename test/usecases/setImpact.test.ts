import { describe, expect, it } from 'vitest';
import { DEFAULT_NAMES } from '../../src/incident/settings.ts';
import type { Incident } from '../../src/incident/types.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { impactReply } from '../../src/slack/views/state.ts';
import { choose, chooseTyped } from '../../src/usecases/choose.ts';
import { setImpact } from '../../src/usecases/setImpact.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { type Acting, asked, makeWorld, noted, only, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA', 'America/New_York');
const nobodyKnows = world.person('U3CY', null);

const set = ({ id }: Incident, text: string, who: Acting = ana) =>
  who((scope) => setImpact(scope, { ref: { id }, text }));
const windows = async ({ id }: Incident) =>
  (await world.record(id)).windows.map(({ from, to }) => [from, to].map((at) => at && iso(at)));

describe('impact from … to …', () => {
  it.each([
    ['from 9:00 to 9:30', '2026-03-10T13:00:00.000Z', '2026-03-10T13:30:00.000Z'],
    ['from 2026-03-09 23:50 to 0:20', '2026-03-10T03:50:00.000Z', '2026-03-10T04:20:00.000Z'],
    ['from 13:00 to 13:30 UTC', '2026-03-10T13:00:00.000Z', '2026-03-10T13:30:00.000Z'],
    ['from 20m ago until now', '2026-03-10T13:40:00.000Z', '2026-03-10T14:00:00.000Z'],
    ['from 9:00', '2026-03-10T13:00:00.000Z', null],
  ])('reads %j', async (text, from, to) => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await set(incident, text);
    expect(await windows(incident)).toEqual([[from, to]]);
  });

  it('keeps "about" and "by", and says them', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await set(incident, 'from about 9:00 to by 9:30');
    const impact = async () => computeFacts(await world.record(incident.id), world.clock.now()).impact;
    expect(await impact()).toMatchObject({
      start: { precision: 'about' },
      end: { precision: 'by' },
      minutes: 30,
    });
    const last = only(await set(incident, 'from about 8:00 to 8:05'));
    const said = impactReply(last, { names: DEFAULT_NAMES, zone: 'UTC', now: world.clock.now() }).text;
    expect(said).toMatch(
      /Impact from \*about 12:00 UTC[\s\S]*• about 12:00 UTC[\s\S]*• about 13:00 UTC.* to by 13:30/,
    );
  });

  it('adds windows, whose total is their union, until they are cleared', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await set(incident, 'from 8:00 to 8:30');
    await set(incident, 'from 8:20 to 8:50');
    const last = only(await set(incident, 'from 9:00 to 9:10'));
    const said = impactReply(last, { names: DEFAULT_NAMES, zone: 'UTC', now: world.clock.now() }).text;
    expect(said).toMatch(/Impact from [\s\S]*has 3 windows now, together \*1 h\*:\n•[\s\S]*impact clear/);
    const { minutes } = computeFacts(await world.record(incident.id), world.clock.now()).impact;
    expect(minutes).toBe(60);
    await set(incident, ' Clear ');
    expect(await windows(incident)).toEqual([]);
    expect(
      await database.sql('SELECT 1 FROM "ImpactWindow" WHERE "incidentId" = $1', [incident.id]),
    ).toHaveLength(3);
  });

  it.each([
    ['', 'empty'],
    ['from soon to later', 'time'],
    ['from 2026-03-10 9:30 UTC to 2026-03-10 9:00 UTC', 'time'],
    ['from 2026-03-10 9:00 to 2026-03-09 9:00', 'time'],
    ['from 9:00 to 2026-03-10 15:00', 'time'],
  ])('%j is refused and stores nothing', async (text, code) => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    expect((await refused(set(incident, text))).code).toBe(code);
    expect(await windows(incident)).toEqual([]);
  });

  it.each(['from 9:00', 'from 9:00 to 9:30', 'from #1 to 9:30', 'from 20m ago to 9:50'])(
    '%j by somebody of unknown zone is refused and stores nothing',
    async (text) => {
      world.clock.set('2026-03-10T14:00:00Z');
      const incident = await opened(ana);
      await noted(ana, incident, '9:00 Errors');
      expect((await refused(set(incident, text, nobodyKnows))).code).toBe('time');
      expect(await windows(incident)).toEqual([]);
    },
  );

  it('by somebody of unknown zone is read where it names one', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await opened(ana);
    await set(incident, 'from 13:00 to 13:30 UTC', nobodyKnows);
    expect(await windows(incident)).toEqual([['2026-03-10T13:00:00.000Z', '2026-03-10T13:30:00.000Z']]);
  });
});

describe('an end with several readings', () => {
  // 01:30 and 01:45 occur twice in New York on 2026-11-01.
  it('is asked about: the start first, then the end, and stored when both are chosen', async () => {
    world.clock.set('2026-11-01T14:00:00Z');
    const incident = await opened(ana);
    const start = asked(await set(incident, 'from 2026-11-01 1:30 to 2026-11-01 1:45'));
    expect(start.readings.map(({ instant }) => iso(instant))).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
    ]);
    const end = asked(await ana((scope) => choose(scope, { choiceId: start.choiceId, index: 0 })));
    expect(end.readings.map(({ instant }) => iso(instant))).toEqual([
      '2026-11-01T05:45:00.000Z',
      '2026-11-01T06:45:00.000Z',
    ]);
    expect(await windows(incident)).toEqual([]);
    only(await ana((scope) => choose(scope, { choiceId: end.choiceId, index: 1 })));
    expect(await windows(incident)).toEqual([['2026-11-01T05:30:00.000Z', '2026-11-01T06:45:00.000Z']]);
  });

  it('is refused before the start, and the question stays open', async () => {
    world.clock.set('2026-11-01T14:00:00Z');
    const incident = await opened(ana);
    const { choiceId } = asked(await set(incident, 'from 2026-11-01 6:00 UTC to 2026-11-01 1:45 New York'));
    expect((await refused(ana((scope) => choose(scope, { choiceId, index: 0 })))).code).toBe('time');
    only(await ana((scope) => choose(scope, { choiceId, index: 1 })));
    expect(await windows(incident)).toEqual([['2026-11-01T06:00:00.000Z', '2026-11-01T06:45:00.000Z']]);
  });

  it('typed anew is the first such time after the start', async () => {
    world.clock.set('2026-11-03T14:00:00Z');
    const incident = await opened(ana);
    const { choiceId } = asked(await set(incident, 'from 2026-10-31 20:00 to 2026-11-01 1:45'));
    only(await ana((scope) => chooseTyped(scope, { choiceId, text: '3:00' })));
    expect(await windows(incident)).toEqual([['2026-11-01T00:00:00.000Z', '2026-11-01T08:00:00.000Z']]);
  });
});
