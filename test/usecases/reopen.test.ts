import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { endImpact } from '../../src/usecases/endImpact.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { type Resolved, resolve } from '../../src/usecases/resolve.ts';
import { retime } from '../../src/usecases/retime.ts';
import { retract } from '../../src/usecases/retract.ts';
import { setImpact } from '../../src/usecases/setImpact.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, marksOf, noted, only, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');

const at = (clock: string) => world.clock.set(`2026-03-10T${clock}:00Z`);
const close = async ({ id }: Incident, text = ''): Promise<Resolved> =>
  only<Resolved>(await ana((scope) => resolve(scope, { ref: { id }, text })));
const openAgain = ({ id }: Incident) => ana((scope) => reopen(scope, { ref: { id } }));

/** Windows and their union, as the draft prints them. */
async function impact({ id }: Incident): Promise<string> {
  const { windows, minutes, open } = computeFacts(await world.record(id), world.clock.now()).impact;
  const clock = (moment: { at: number } | null) => (moment ? iso(moment.at).slice(11, 16) : '…');
  const each = windows.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(' ');
  return `${each} = ${minutes}${open ? ' so far' : ''}`;
}

/** Impact from 10:00, resolved at 11:00. */
async function resolved(): Promise<Incident> {
  at('10:05');
  const incident = await opened(ana);
  await noted(ana, incident, '10:00 Errors', { milestones: ['impact_started'] });
  at('11:00');
  await close(incident);
  return incident;
}

describe('reopening', () => {
  it('retires `resolved`, ends a window there and begins a new one now', async () => {
    const incident = await resolved();
    at('12:00');
    expect(await openAgain(incident)).toMatchObject({ status: 'investigating', closedAt: null });
    const record = await world.record(incident.id);
    expect(record.incident).toMatchObject({ status: 'investigating', closedAt: null });
    expect(marksOf(record)).toEqual({ impact_started: '#1 asserted' });
    expect(record.entries.map(({ text, retractedAt }) => [text, retractedAt])).toEqual([
      ['Errors', null],
      ['Incident resolved', null],
    ]);
    at('12:10');
    expect(await impact(incident)).toBe('10:00–11:00 12:00–… = 70 so far');
    expect(await refused(openAgain(incident))).toMatchObject({ code: 'not-closed' });
  });

  it('takes the channel out of the archive before it shows anything there', async () => {
    const incident = await resolved();
    const [last] = await database.sql<{ id: string }>('SELECT max(id)::text AS id FROM "Outbox"');
    await openAgain(incident);
    const sent = await database.sql<{ kind: string }>(
      'SELECT kind FROM "Outbox" WHERE lane = $1 AND id > $2 ORDER BY id',
      [incident.id, last?.id],
    );
    expect(sent.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['entry', 'headline']));
    expect(sent[0]?.kind).toBe('unarchive');
  });

  it('leaves out of the total what was calm, however often it happens', async () => {
    const incident = await resolved();
    at('12:00');
    await openAgain(incident);
    at('12:30');
    await close(incident);
    expect(await impact(incident)).toBe('10:00–11:00 12:00–12:30 = 90');
    at('13:00');
    await openAgain(incident);
    at('13:10');
    expect(await impact(incident)).toBe('10:00–11:00 12:00–12:30 13:00–… = 100 so far');
    at('13:20');
    await close(incident);
    expect(await impact(incident)).toBe('10:00–11:00 12:00–12:30 13:00–13:20 = 110');
    expect(marksOf(await world.record(incident.id))).toMatchObject({ resolved: '#4 inferred' });
  });

  it('follows late corrections of the line that ended the first window', async () => {
    const incident = await resolved();
    at('12:00');
    await openAgain(incident);
    await ana((scope) => retime(scope, { ref: { id: incident.id }, number: 2, text: '10:45' }));
    at('12:30');
    await close(incident);
    expect(await impact(incident)).toBe('10:00–10:45 12:00–12:30 = 75');
  });

  it('keeps the end of the first window when its line is retracted', async () => {
    const incident = await resolved();
    at('12:00');
    await openAgain(incident);
    await ana((scope) => retract(scope, { ref: { id: incident.id }, number: 2 }));
    at('12:30');
    await close(incident);
    expect(await impact(incident)).toBe('10:00–11:00 12:00–12:30 = 90');
  });

  it('ends a window that was given without an end', async () => {
    at('10:05');
    const incident = await opened(ana);
    await ana((scope) => setImpact(scope, { ref: { id: incident.id }, text: 'from 09:30' }));
    at('11:00');
    await close(incident);
    at('12:00');
    await openAgain(incident);
    at('12:30');
    await close(incident);
    expect(await impact(incident)).toBe('09:30–11:00 12:00–12:30 = 120');
  });

  it('leaves windows alone that were given with an end', async () => {
    const incident = await resolved();
    await ana((scope) => setImpact(scope, { ref: { id: incident.id }, text: 'from 10:00 to 10:20' }));
    await ana((scope) => setImpact(scope, { ref: { id: incident.id }, text: 'from 10:40 to 10:50' }));
    at('12:00');
    await openAgain(incident);
    at('12:30');
    await close(incident);
    expect(await impact(incident)).toBe('10:00–10:20 10:40–10:50 12:00–12:30 = 60');
  });

  it('ends the first window where somebody had said the impact ended', async () => {
    at('10:05');
    const incident = await opened(ana);
    await noted(ana, incident, '10:00 Errors', { milestones: ['impact_started'] });
    await noted(ana, incident, '10:04 Fix is out', { milestones: ['fix_released'] });
    at('11:00');
    const { candidates } = await close(incident);
    await ana((scope) => endImpact(scope, { entryId: candidates[0]?.entryId ?? '' }));
    at('12:00');
    await openAgain(incident);
    at('12:30');
    // The fix of the first time ended another window: it is no candidate for this one.
    expect((await close(incident)).candidates).toEqual([]);
    expect(await impact(incident)).toBe('10:00–10:04 12:00–12:30 = 34');
  });

  it('asks about the second fix after the second resolve, and ends that window with it', async () => {
    const incident = await resolved();
    at('12:00');
    await openAgain(incident);
    at('12:30');
    await noted(ana, incident, '12:20 Fix is out', { milestones: ['fix_released'] });
    const { candidates } = await close(incident);
    expect(candidates.map(({ number }) => number)).toEqual([3]);
    await ana((scope) => endImpact(scope, { entryId: candidates[0]?.entryId ?? '' }));
    expect(await impact(incident)).toBe('10:00–11:00 12:00–12:20 = 80');
  });

  it('happens once when ten press at once', async () => {
    const incident = await resolved();
    at('12:00');
    const done = await Promise.allSettled(Array.from({ length: 10 }, () => openAgain(incident)));
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await world.record(incident.id)).windows).toHaveLength(2);
  });

  it('of a retrospective begins no window: its impact lies in the past', async () => {
    at('14:00');
    const incident = await opened(ana, { retrospective: true });
    await noted(ana, incident, '2025-09-23 10:00 Errors', { milestones: ['impact_started'] });
    await close(incident, '2025-09-23 11:00');
    expect(await impact(incident)).toBe('10:00–11:00 = 60');
    await openAgain(incident);
    const record = await world.record(incident.id);
    expect([record.windows, marksOf(record)]).toEqual([[], { impact_started: '#1 asserted' }]);
    await close(incident, '2025-09-23 11:30');
    expect(await impact(incident)).toBe('10:00–11:30 = 90');
  });

  it('of a canceled incident simply goes on', async () => {
    at('10:05');
    const incident = await opened(ana);
    await noted(ana, incident, '10:00 Errors', { milestones: ['impact_started'] });
    await ana((scope) => cancel(scope, { ref: { id: incident.id }, reason: 'False alarm' }));
    const { incident: canceled, activity } = await world.record(incident.id);
    expect(canceled).toMatchObject({ status: 'canceled', closedAt: world.clock.now() });
    expect(activity.map(({ text }) => text)).toContain('Canceled by <@U1ANA>: False alarm');
    expect(await refused(close(incident))).toMatchObject({ code: 'closed', status: 'canceled' });
    at('10:30');
    await openAgain(incident);
    expect(await impact(incident)).toBe('10:00–… = 30 so far');
    expect((await world.record(incident.id)).windows).toEqual([]);
  });
});
