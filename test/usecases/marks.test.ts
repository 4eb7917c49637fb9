import { describe, expect, it } from 'vitest';
import { MILESTONES } from '../../src/incident/milestones.ts';
import { confirmMark } from '../../src/usecases/confirmMark.ts';
import { markNumbered } from '../../src/usecases/markNumbered.ts';
import { moveMark } from '../../src/usecases/moveMark.ts';
import { retime } from '../../src/usecases/retime.ts';
import { retract } from '../../src/usecases/retract.ts';
import { setStatus } from '../../src/usecases/setStatus.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { declared, makeWorld, marksOf, noted, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const bo = world.person('U2BO');
const marks = async ({ id }: { id: string }) => marksOf(await world.record(id));

describe('a milestone', () => {
  it('is observed without a time and asserted with one', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired', { milestones: ['detected'] });
    await noted(ana, incident, '13:50 Deployed', { milestones: ['impact_started'] });
    expect(await marks(incident)).toEqual({ detected: '#1 observed', impact_started: '#2 asserted' });
  });

  it('may share its line with others', async () => {
    const incident = await opened(ana);
    const { marked } = await noted(ana, incident, 'Rolled back', {
      milestones: ['fix_released', 'mitigated'],
    });
    expect(marked).toEqual(['fix_released', 'mitigated']);
    expect(await marks(incident)).toEqual({ fix_released: '#1 observed', mitigated: '#1 observed' });
  });

  it('stands once, where it was first, when twenty mark it at once', async () => {
    const incident = await opened(ana);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        noted(ana, incident, `Line ${index}`, { milestones: ['detected'] }),
      ),
    );
    const winners = all.filter(({ marked }) => marked.length === 1);
    expect(winners.map(({ entry }) => entry.number)).toEqual([1]);
    const held = all.flatMap((one) => one.held.map((mark) => mark.entryId));
    expect(new Set(held)).toEqual(new Set([winners[0]?.entry.id]));
    expect(held).toHaveLength(19);
    expect(await marks(incident)).toEqual({ detected: '#1 observed' });
  });

  it('that another line holds is refused with the holder named, and the line stays', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired', { milestones: ['detected'] });
    const second = await noted(bo, incident, 'I saw it first', { milestones: ['detected', 'first_report'] });
    expect(second.marked).toEqual(['first_report']);
    expect(second.held).toMatchObject([{ milestone: 'detected', markedBy: 'U1ANA' }]);
    expect(await marks(incident)).toEqual({ detected: '#1 observed', first_report: '#2 observed' });
  });

  it('is marked on a line that is there already, twice without harm', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired');
    const mark = () =>
      bo((scope) => markNumbered(scope, { ref: { id: incident.id }, number: 1, milestones: ['detected'] }));
    expect((await mark()).marked).toEqual(['detected']);
    expect((await mark()).marked).toEqual(['detected']);
    expect(await database.sql('SELECT 1 FROM "Mark" WHERE "incidentId" = $1', [incident.id])).toHaveLength(1);
  });

  it('goes with a line that is retracted, and is free again', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired', { milestones: ['detected'] });
    await bo((scope) => retract(scope, { ref: { id: incident.id }, number: 1 }));
    expect(await marks(incident)).toEqual({});
    await noted(bo, incident, 'Alert fired', { milestones: ['detected'] });
    expect(await marks(incident)).toEqual({ detected: '#2 observed' });
    const revisions = await revisionsOf(incident.id, 1);
    expect(revisions).toEqual(['mark', 'unmark', 'retract']);
  });

  it('cannot be marked on a line that is retracted or not there', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired');
    const ref = { id: incident.id };
    await ana((scope) => retract(scope, { ref, number: 1 }));
    const mark = (number: number) =>
      refused(ana((scope) => markNumbered(scope, { ref, number, milestones: ['detected'] })));
    expect(await mark(1)).toEqual({ code: 'retracted', number: 1 });
    expect(await mark(2)).toEqual({ code: 'no-such-entry', number: 2 });
  });

  it('of every kind can be kept', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'All at once', { milestones: [...MILESTONES] });
    expect(Object.keys(await marks(incident)).sort()).toEqual([...MILESTONES].sort());
  });
});

describe('an inferred milestone', () => {
  it('gives way to a person, and never comes back over them', async () => {
    const incident = await declared(ana);
    await ana((scope) => setStatus(scope, { ref: { id: incident.id }, status: 'monitoring' }));
    expect(await marks(incident)).toEqual({ incident_called: '#1 inferred', mitigated: '#2 inferred' });
    await noted(bo, incident, 'Errors are gone', { milestones: ['mitigated'] });
    expect(await marks(incident)).toMatchObject({ mitigated: '#3 observed' });
    await ana((scope) => setStatus(scope, { ref: { id: incident.id }, status: 'investigating' }));
    await ana((scope) => setStatus(scope, { ref: { id: incident.id }, status: 'monitoring' }));
    expect(await marks(incident)).toMatchObject({ mitigated: '#3 observed' });
  });

  it('is not added where a person has marked the milestone', async () => {
    const incident = await opened(ana);
    await noted(bo, incident, 'Bad config', { milestones: ['root_cause_identified'] });
    await ana((scope) => setStatus(scope, { ref: { id: incident.id }, status: 'identified' }));
    expect(await marks(incident)).toEqual({ root_cause_identified: '#1 observed' });
    expect((await world.record(incident.id)).entries).toHaveLength(1);
  });

  it('stands once, however often the status changes', async () => {
    const incident = await opened(ana);
    for (const status of ['identified', 'investigating', 'identified', 'monitoring'] as const) {
      world.clock.forward(1);
      await ana((scope) => setStatus(scope, { ref: { id: incident.id }, status }));
    }
    expect(await marks(incident)).toEqual({ root_cause_identified: '#1 inferred', mitigated: '#2 inferred' });
  });

  it('is never added in a retrospective', async () => {
    const incident = await opened(ana, { retrospective: true });
    for (const status of ['identified', 'monitoring'] as const) {
      await ana((scope) => setStatus(scope, { ref: { id: incident.id }, status }));
    }
    expect(await marks(incident)).toEqual({});
    expect((await world.record(incident.id)).entries).toEqual([]);
  });

  it('is asserted once a person gives its line a time', async () => {
    world.clock.set('2026-03-10T14:00:00Z');
    const incident = await declared(ana);
    await bo((scope) => retime(scope, { ref: { id: incident.id }, number: 1, text: '13:30' }));
    const record = await world.record(incident.id);
    expect(marksOf(record)).toEqual({ incident_called: '#1 asserted' });
    expect(record.entries.map((entry) => iso(entry.occurredAt))).toEqual(['2026-03-10T13:30:00.000Z']);
  });

  it('is confirmed once', async () => {
    const incident = await declared(ana);
    const confirm = () =>
      bo((scope) => confirmMark(scope, { ref: { id: incident.id }, milestone: 'incident_called' }));
    await confirm();
    expect(await marks(incident)).toEqual({ incident_called: '#1 asserted' });
    expect((await refused(confirm())).code).toBe('already');
  });

  it('stands again when the line that replaced it is retracted', async () => {
    const incident = await declared(ana);
    await noted(bo, incident, '13:30 Called', { milestones: ['incident_called'] });
    expect(await marks(incident)).toEqual({ incident_called: '#2 asserted' });
    await bo((scope) => retract(scope, { ref: { id: incident.id }, number: 2 }));
    expect(await marks(incident)).toEqual({ incident_called: '#1 inferred' });
  });
});

describe('"Move it here"', () => {
  it('takes the milestone from its holder, and says so on both lines', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired', { milestones: ['detected'] });
    const { entry } = await noted(bo, incident, 'I saw it first');
    const moved = await bo((scope) => moveMark(scope, { entryId: entry.id, milestone: 'detected' }));
    expect([moved.marked, moved.held]).toEqual([['detected'], []]);
    expect(await marks(incident)).toEqual({ detected: '#2 observed' });
    expect(await revisionsOf(incident.id, 1)).toEqual(['mark', 'unmark']);
    expect(await revisionsOf(incident.id, 2)).toEqual(['mark']);
  });

  it('ends with one holder when two are moved at once', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired', { milestones: ['detected'] });
    const others = [await noted(bo, incident, 'One'), await noted(bo, incident, 'Two')];
    await Promise.all(
      others.map(({ entry }) => bo((scope) => moveMark(scope, { entryId: entry.id, milestone: 'detected' }))),
    );
    expect(Object.values(await marks(incident))).toHaveLength(1);
    expect((await marks(incident)).detected).toMatch(/^#[23] observed$/);
  });

  it('does not move to a line that was retracted meanwhile', async () => {
    const incident = await opened(ana);
    await noted(ana, incident, 'Alert fired', { milestones: ['detected'] });
    const { entry } = await noted(bo, incident, 'I saw it first');
    const move = () => bo((scope) => moveMark(scope, { entryId: entry.id, milestone: 'detected' }));
    const retracted = ana(async (scope) => {
      await retract(scope, { ref: { id: incident.id }, number: entry.number });
      // The press comes while this is under way, and waits for the incident.
      const pressed = move().catch((error: Error) => error);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { pressed };
    });
    const { pressed } = await retracted;
    expect(await pressed).toMatchObject({ reason: { code: 'retracted', number: 2 } });
    expect(await marks(incident)).toEqual({ detected: '#1 observed' });
  });
});

async function revisionsOf(incidentId: string, number: number): Promise<string[]> {
  const rows = await database.sql<{ change: string }>(
    `SELECT change FROM "EntryRevision" JOIN "Entry" ON "Entry".id = "entryId"
     WHERE "incidentId" = $1 AND number = $2 ORDER BY "EntryRevision".id`,
    [incidentId, number],
  );
  return rows.map(({ change }) => change);
}
