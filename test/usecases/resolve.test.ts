import { describe, expect, it, vi } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { BY_RULE } from '../../src/incident/windows.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { incidentCommand } from '../../src/slack/listeners/command.ts';
import { choose } from '../../src/usecases/choose.ts';
import { endImpact } from '../../src/usecases/endImpact.ts';
import { type Resolved, resolve } from '../../src/usecases/resolve.ts';
import { retime } from '../../src/usecases/retime.ts';
import { retract } from '../../src/usecases/retract.ts';
import { setStatus } from '../../src/usecases/setStatus.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { asked, makeWorld, marksOf, noted, only, opened, refused, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const bo = world.person('U2BO');

const close = async ({ id }: Incident, text = ''): Promise<Resolved> =>
  only<Resolved>(await ana((scope) => resolve(scope, { ref: { id }, text })));

/** Start, end and minutes of the impact as the draft prints them. */
async function impact({ id }: Incident): Promise<string> {
  const { start, end, minutes } = computeFacts(await world.record(id), world.clock.now()).impact;
  const clock = (at: number | undefined) => (at === undefined ? '…' : iso(at).slice(11, 16));
  return `${clock(start?.at)}–${clock(end?.at)} ${minutes}`;
}

async function began(over: { retrospective?: boolean } = {}): Promise<Incident> {
  world.clock.set('2026-03-10T14:00:00Z');
  const incident = await opened(ana, over);
  await noted(ana, incident, '2026-03-10 13:40 Errors', { milestones: ['impact_started'] });
  return incident;
}

describe('a live resolve', () => {
  it('without a time is inferred from now, closes, and queues the draft', async () => {
    const incident = await began();
    const now = world.clock.forward(30);
    const done = await close(incident);
    expect(done.incident).toMatchObject({ status: 'resolved', closedAt: now });
    expect(done.end?.entry.occurredAt).toBe(now);
    expect([done.held, done.candidates]).toEqual([false, []]);
    const record = await world.record(incident.id);
    expect(record.incident).toMatchObject({ status: 'resolved', closedAt: now });
    expect(marksOf(record)).toEqual({ impact_started: '#1 asserted', resolved: '#2 inferred' });
    expect(await impact(incident)).toBe('13:40–14:30 50');
    const drafts = await database.sql('SELECT payload FROM "Outbox" WHERE lane = $1 AND kind = $2', [
      incident.id,
      'draft',
    ]);
    expect(drafts).toEqual([{ payload: { reason: 'resolved' } }]);
  });

  it('with a time is asserted there', async () => {
    const incident = await began();
    world.clock.forward(30);
    const done = await close(incident, 'at 14:10');
    expect(marksOf(await world.record(incident.id))).toMatchObject({ resolved: '#2 asserted' });
    expect(iso(done.end?.entry.occurredAt ?? 0)).toBe('2026-03-10T14:10:00.000Z');
    expect(done.incident.closedAt).toBe(world.clock.now());
    expect(await impact(incident)).toBe('13:40–14:10 30');
  });

  it('leaves the mark of a person, with a time and without', async () => {
    for (const text of ['', '14:20']) {
      const incident = await began();
      await noted(bo, incident, '13:55 All good', { milestones: ['resolved'] });
      world.clock.forward(30);
      const done = await close(incident, text);
      expect(done.end?.mark).toMatchObject({ markedBy: 'U2BO', provenance: 'asserted' });
      expect([done.held, done.candidates]).toEqual([text !== '', []]);
      expect(marksOf(await world.record(incident.id))).toMatchObject({ resolved: '#2 asserted' });
      expect(await impact(incident)).toBe('13:40–13:55 15');
    }
  });

  it('asks which instant ended the impact where a fix was earlier and no time was given', async () => {
    const incident = await began();
    await noted(bo, incident, '13:50 Traffic moved', { milestones: ['mitigated'] });
    await noted(bo, incident, '13:55 Fix is out', { milestones: ['fix_released'] });
    world.clock.forward(30);
    const { candidates, end } = await close(incident);
    expect(candidates.map(({ milestone, number, at }) => [milestone, number, iso(at)])).toEqual([
      ['fix_released', 3, '2026-03-10T13:55:00.000Z'],
      ['mitigated', 2, '2026-03-10T13:50:00.000Z'],
    ]);
    expect(await impact(incident)).toBe('13:40–14:30 50');
    await ana((scope) => endImpact(scope, { entryId: candidates[1]?.entryId ?? '' }));
    expect(await impact(incident)).toBe('13:40–13:50 10');
    await ana((scope) => endImpact(scope, { entryId: end?.entry.id ?? '' }));
    expect(await impact(incident)).toBe('13:40–14:30 50');
  });

  it('does not ask where a time was given, or what is earlier is a guess of ours', async () => {
    const given = await began();
    await noted(bo, given, '13:55 Fix is out', { milestones: ['fix_released'] });
    world.clock.forward(30);
    expect((await close(given, '14:10')).candidates).toEqual([]);
    const guessed = await began();
    await ana((scope) => setStatus(scope, { ref: { id: guessed.id }, status: 'monitoring' }));
    world.clock.forward(30);
    expect((await close(guessed)).candidates).toEqual([]);
  });

  it('does not ask where the end of the impact was given', async () => {
    const incident = await began();
    await noted(bo, incident, '13:55 Fix is out', { milestones: ['fix_released'] });
    const window = { from: Date.parse('2026-03-10T13:30:00Z'), to: Date.parse('2026-03-10T13:58:00Z') };
    await ana((scope) => scope.tx.addWindow(incident.id, 'U1ANA', scope.now, { ...BY_RULE, ...window }));
    world.clock.forward(30);
    expect((await close(incident)).candidates).toEqual([]);
    expect(await impact(incident)).toBe('13:30–13:58 28');
  });

  it('asks about a time with several readings, and closes only then', async () => {
    world.clock.set('2026-11-01T12:00:00Z');
    const dee = world.person('U4DEE', 'America/New_York');
    const incident = await opened(dee);
    const question = asked(
      await dee((scope) => resolve(scope, { ref: { id: incident.id }, text: '2026-11-01 1:30' })),
    );
    expect((await world.record(incident.id)).incident.status).toBe('investigating');
    const done = only(await dee((scope) => choose(scope, { choiceId: question.choiceId, index: 1 })));
    if (done.kind !== 'resolved') throw new Error(done.kind);
    expect(iso(done.end?.entry.occurredAt ?? 0)).toBe('2026-11-01T06:30:00.000Z');
    expect((await world.record(incident.id)).incident.status).toBe('resolved');
  });

  it('happens once when ten press at once', async () => {
    const incident = await began();
    const done = await Promise.allSettled(Array.from({ length: 10 }, () => close(incident)));
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(marksOf(await world.record(incident.id))).toMatchObject({ resolved: '#2 inferred' });
    expect(await refused(close(incident))).toMatchObject({ code: 'closed', status: 'resolved' });
  });

  it.each(['25:61', 'soon', '2026-03-11 09:00'])(
    'at %j is refused and leaves the incident open',
    async (text) => {
      const incident = await began();
      expect((await refused(close(incident, text))).code).toBe('time');
      expect((await world.record(incident.id)).incident).toMatchObject({
        status: 'investigating',
        closedAt: null,
      });
    },
  );

  it('is followed by a person, whose mark replaces the inferred one', async () => {
    const incident = await began();
    world.clock.forward(30);
    await close(incident);
    await noted(bo, incident, '14:05 Errors are gone', { milestones: ['resolved'] });
    expect(marksOf(await world.record(incident.id))).toMatchObject({ resolved: '#3 asserted' });
    expect(await impact(incident)).toBe('13:40–14:05 25');
  });
});

describe('the end of the impact that was chosen', () => {
  it('follows a correction of its line, and the rule again when that is retracted', async () => {
    const incident = await began();
    await noted(bo, incident, '13:55 Fix is out', { milestones: ['fix_released'] });
    world.clock.forward(30);
    const { candidates } = await close(incident);
    await ana((scope) => endImpact(scope, { entryId: candidates[0]?.entryId ?? '' }));
    const ref = { id: incident.id };
    await ana((scope) => retime(scope, { ref, number: 2, text: '14:05' }));
    expect(await impact(incident)).toBe('13:40–14:05 25');
    await ana((scope) => retract(scope, { ref, number: 2 }));
    expect(await impact(incident)).toBe('13:40–14:30 50');
  });

  it('cannot be a line that is retracted', async () => {
    const incident = await began();
    const { entry } = await noted(bo, incident, '13:55 Fix is out', { milestones: ['fix_released'] });
    await bo((scope) => retract(scope, { ref: { id: incident.id }, number: entry.number }));
    const ended = ana((scope) => endImpact(scope, { entryId: entry.id }));
    expect(await refused(ended)).toEqual({ code: 'retracted', number: 2 });
  });
});

describe('a retrospective', () => {
  it('is closed without a mark where no time is given', async () => {
    const incident = await began({ retrospective: true });
    await noted(bo, incident, '2026-03-10 13:55 Fix is out', { milestones: ['fix_released'] });
    world.clock.forward(60 * 24);
    const done = await close(incident);
    expect([done.end, done.candidates, done.held]).toEqual([null, [], false]);
    const record = await world.record(incident.id);
    expect(marksOf(record)).toEqual({ impact_started: '#1 asserted', fix_released: '#2 asserted' });
    expect(record.entries).toHaveLength(2);
    expect(await impact(incident)).toBe('13:40–13:55 15');
  });

  it('is marked where a time is given', async () => {
    const incident = await began({ retrospective: true });
    world.clock.forward(60 * 24);
    await close(incident, '2026-03-10 13:58');
    expect(marksOf(await world.record(incident.id))).toMatchObject({ resolved: '#2 asserted' });
    expect(await impact(incident)).toBe('13:40–13:58 18');
  });
});

/** Types `/incident …`, and gives the reply. */
async function typed(text: string, channel_id: string): Promise<string> {
  const ack = vi.fn(async (_reply?: { text?: string }) => undefined);
  const actor = async (_: unknown, teamId: string, userId: string) => ({ teamId, userId, zone: 'UTC' });
  const deps = { runner: world.runner, clock: world.clock, people: { actor } };
  const command = { command: '/incident', text, team_id: TEAM, user_id: 'U1ANA', channel_id };
  await incidentCommand(deps as never)({ command, client: {}, context: {}, ack } as never);
  return ack.mock.calls[0]?.[0]?.text ?? '';
}

it.each(['number', 'channel'])(
  'before the declaration, by its %s, is refused with what was typed and stores nothing; typed again it closes',
  async (way) => {
    const stored = () =>
      database.sql(`SELECT (SELECT count(*) FROM "Incident") + (SELECT count(*) FROM "Entry")
        + (SELECT count(*) FROM "Outbox") + (SELECT count(*) FROM "Timer") AS rows`);
    const number = await world.read((tx) => tx.nextNumber(TEAM));
    const text = way === 'number' ? `INC-${number} resolve at 13:50` : 'resolve at 13:50';
    const before = await stored();
    const reply = await typed(text, 'C0LATER');
    expect(reply).toContain(way === 'number' ? `There is no INC-${number}` : 'not an incident’s channel');
    expect(reply).toContain(`/incident ${text}`);
    expect(await stored()).toEqual(before);
    const incident = await opened(ana);
    await ana((scope) => scope.tx.updateIncident(incident.id, { channelId: 'C0LATER' }));
    await typed(text, 'C0LATER');
    const record = await world.record(incident.id);
    expect([incident.number, record.incident.status]).toEqual([number, 'resolved']);
    expect(marksOf(record)).toMatchObject({ resolved: '#1 asserted' });
    await ana((scope) => scope.tx.updateIncident(incident.id, { channelId: null }));
  },
);
