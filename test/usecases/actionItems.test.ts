import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { buildPostmortem, postmortemMarkdown } from '../../src/postmortem/postmortem.ts';
import {
  dateAction,
  dropAction,
  finishAction,
  giveAction,
  openActions,
  planAction,
  undoAction,
} from '../../src/usecases/actionItems.ts';
import { addAction } from '../../src/usecases/addAction.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { makeDraft, redraft } from '../../src/usecases/makeDraft.ts';
import { merge } from '../../src/usecases/merge.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { setPostmortemState } from '../../src/usecases/setPostmortemState.ts';
import { iso } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA', 'Europe/Berlin');
const bo = world.person('U2BO');

const add = (incident: Incident, text: string) =>
  ana((scope) => addAction(scope, { ref: { id: incident.id }, text }));
const due = async (incident: Incident) =>
  (await world.read((tx) => tx.activeTimers(incident.id))).map(({ dueAt }) => iso(dueAt).slice(0, 16));
const fire = (incident: Incident) => ana((scope) => fireTimers(scope, { incidentId: incident.id }));
const sent = async (incident: Incident, kind: string) =>
  (
    await database.sql<{ payload: object }>(
      'SELECT payload FROM "Outbox" WHERE lane = $1 AND kind = $2 ORDER BY id',
      [incident.id, kind],
    )
  ).map(({ payload }) => payload);
const livesIn = (userId: string, zone: string) =>
  database.prisma.slackUser.create({
    data: { teamId: 'T1TEAM', id: userId, name: userId, zone, fetchedAt: new Date(world.clock.now()) },
  });

describe('an action item', () => {
  it('is done, dropped with a reason, given and dated; each once and on record', async () => {
    const incident = await opened(ana);
    const ref = { id: incident.id };
    for (const text of ['Test the rollback', 'Alert on errors', 'Write a runbook']) await add(incident, text);
    await bo((scope) => finishAction(scope, { ref, number: 1 }));
    await bo((scope) => dropAction(scope, { ref, number: 2, reason: 'INC-7 has it' }));
    await bo((scope) => giveAction(scope, { ref, number: 3, ownerId: 'U1ANA' }));
    await bo((scope) => dateAction(scope, { ref, number: 3, date: '2026-04-01' }));
    const { actions, activity } = await world.record(incident.id);
    expect(actions).toMatchObject([
      { number: 1, doneAt: world.clock.now() },
      { number: 3, ownerId: 'U1ANA', due: '2026-04-01', doneAt: null },
    ]);
    const planned = await bo((scope) => planAction(scope, { ref, number: 3, ownerId: 'U2BO', date: '' }));
    expect(planned.action).toMatchObject({ ownerId: 'U2BO', due: '2026-04-01' });
    const empty = bo((scope) => planAction(scope, { ref, number: 3, ownerId: null, date: ' ' }));
    expect((await refused(empty)).code).toBe('empty');
    for (const date of ['constructor', '__proto__']) {
      expect((await refused(bo((scope) => dateAction(scope, { ref, number: 3, date })))).code).toBe('time');
    }
    expect(activity.map(({ text }) => text)).toContain('Action item 2 dropped: INC-7 has it');
    expect((await refused(bo((scope) => finishAction(scope, { ref, number: 1 })))).code).toBe('already');
    expect((await refused(bo((scope) => finishAction(scope, { ref, number: 2 })))).code).toBe(
      'no-such-action',
    );
    expect((await refused(bo((scope) => dropAction(scope, { ref, number: 3, reason: ' ' })))).code).toBe(
      'empty',
    );
    expect(
      (await refused(bo((scope) => dateAction(scope, { ref, number: 3, date: '2026-02-30' })))).code,
    ).toBe('time');
    expect((await refused(bo((scope) => giveAction(scope, { ref, number: 3, ownerId: null })))).code).toBe(
      'empty',
    );
  });

  it('that was done or dropped by mistake is open again, on record, and reminded of', async () => {
    world.clock.set('2026-03-10T12:00:00Z');
    const incident = await opened(ana);
    const ref = { id: incident.id };
    const undo = (number: number) => bo((scope) => undoAction(scope, { ref, number }));
    await add(incident, 'Test the rollback due 2026-04-01');
    await add(incident, 'Alert on errors due 2026-04-03');
    const planned = await due(incident);
    expect(planned).toHaveLength(4);
    await ana((scope) => finishAction(scope, { ref, number: 1 }));
    await ana((scope) => dropAction(scope, { ref, number: 2, reason: 'INC-7 has it' }));
    expect(await due(incident)).toEqual([]);
    expect((await undo(1)).action).toMatchObject({ number: 1, doneAt: null, due: '2026-04-01' });
    await undo(2);
    expect(await due(incident)).toEqual(planned);
    const { actions, activity } = await world.record(incident.id);
    expect(actions).toMatchObject([
      { number: 1, doneAt: null },
      { number: 2, doneAt: null },
    ]);
    expect(activity.slice(-2)).toMatchObject([
      { text: 'Action item 1 open again', by: 'U2BO' },
      { text: 'Action item 2 open again', by: 'U2BO' },
    ]);
    expect((await refused(undo(1))).code).toBe('already');
    expect((await refused(undo(9))).code).toBe('no-such-action');
  });

  it('that two people finish at once is finished once', async () => {
    const incident = await opened(ana);
    await add(incident, 'Test the rollback');
    const both = await Promise.allSettled(
      [ana, bo].map((who) => who((scope) => finishAction(scope, { ref: { id: incident.id }, number: 1 }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is listed across incidents: one’s own, or all that one may see', async () => {
    const secret = await opened(bo, { private: true });
    const incident = await opened(ana);
    await bo((scope) =>
      addAction(scope, { ref: { id: secret.id }, text: 'Rotate the keys <@U5EVE> due 2026-04-02' }),
    );
    await add(incident, 'Test the rollback <@U5EVE> due 2026-04-03');
    await add(incident, 'Alert on errors');
    const eve = world.person('U5EVE');
    const texts = async (all: boolean) =>
      (await eve((scope) => openActions(scope, { all }))).map(({ action }) => action.text);
    expect(await texts(false)).toEqual(['Test the rollback']);
    expect(await texts(true)).toContain('Alert on errors');
    expect(await texts(true)).not.toContain('Rotate the keys');
  });
});

describe('reminders of an action item', () => {
  it('come at 09:00 of the owner’s zone the day before and on the day, across a change of clocks', async () => {
    await livesIn('U6NY', 'America/New_York');
    world.clock.set('2026-10-30T12:00:00Z');
    const incident = await opened(ana);
    await add(incident, 'Test the rollback <@U6NY> due 2026-11-01');
    // New York turns its clocks back that night.
    expect(await due(incident)).toEqual(['2026-10-31T13:00', '2026-11-01T14:00']);
    await ana((scope) => giveAction(scope, { ref: { id: incident.id }, number: 1, ownerId: 'U7NOBODY' }));
    // Of an owner whose zone is not known: the incident's.
    expect(await due(incident)).toEqual(['2026-10-31T08:00', '2026-11-01T08:00']);
    world.clock.set('2026-10-31T08:00:00Z');
    await fire(incident);
    expect(await sent(incident, 'action-reminder')).toEqual([{ number: 1 }]);
    await ana((scope) => finishAction(scope, { ref: { id: incident.id }, number: 1 }));
    expect(await due(incident)).toEqual([]);
  });

  it('that pile up during an outage are one', async () => {
    const incident = await opened(ana);
    await add(incident, 'Test the rollback due 2026-12-01');
    world.clock.set('2026-12-05T08:00:00Z');
    await fire(incident);
    expect(await sent(incident, 'action-reminder')).toEqual([{ number: 1 }]);
  });

  it('of a canceled incident do not come', async () => {
    const incident = await opened(ana);
    await add(incident, 'Test the rollback due 2026-12-20');
    await ana((scope) => cancel(scope, { ref: { id: incident.id }, reason: '' }));
    world.clock.set('2026-12-21T08:00:00Z');
    await fire(incident);
    expect(await sent(incident, 'action-reminder')).toEqual([]);
  });
});

describe('publishing', () => {
  async function published(incident: Incident): Promise<string> {
    const ref = { id: incident.id };
    await ana((scope) => requestDraft(scope, { ref }));
    const [row] = await database.sql<{ id: string }>(
      `SELECT id FROM "Outbox" WHERE lane = $1 AND kind = 'draft' ORDER BY id DESC`,
      [incident.id],
    );
    const order = { incidentId: incident.id, outboxId: BigInt(row?.id ?? 0), reason: 'asked for' };
    const { id } = await ana((scope) => makeDraft(scope, order));
    await set(id, 'published');
    return id;
  }
  const set = (postmortemId: string, state: 'draft' | 'published') =>
    ana((scope) => setPostmortemState(scope, { postmortemId, state }));
  const draftText = async (incident: Incident) =>
    (await world.read((tx) => tx.draft(incident.id)))?.markdown ?? '';

  it('keeps who, when and what is unfinished then, which the draft names until it is one again', async () => {
    world.clock.set('2027-01-04T15:00:00Z');
    const incident = await opened(ana);
    const ref = { id: incident.id };
    for (const text of [
      'Test the rollback <@U2BO> due 2027-02-01',
      'Alert on errors',
      'Page faster',
      'Drill',
    ])
      await add(incident, text);
    await bo((scope) => finishAction(scope, { ref, number: 3 }));
    await bo((scope) => dropAction(scope, { ref, number: 4, reason: 'INC-7 has it' }));
    const id = await published(incident);
    const line =
      /Unfinished when this was published\*\* \(2027-01-04 15:00 UTC\): Test the rollback \([^)]*U2BO, due 2027-02-01\); Alert on errors \(no owner yet, no date yet\)\n/;
    expect(await draftText(incident)).toMatch(line);
    // What is finished afterwards was unfinished then.
    world.clock.forward(60);
    await bo((scope) => finishAction(scope, { ref, number: 1 }));
    await ana((scope) => redraft(scope, { incidentId: incident.id }));
    const source = await world.read((tx) => tx.postmortem({ id }));
    expect(source?.publication).toMatchObject({ at: world.clock.now() - 3_600_000, by: 'U1ANA' });
    expect(source?.publication?.unfinished.map(({ number }) => number)).toEqual([1, 2]);
    expect(source && postmortemMarkdown(buildPostmortem(source, world.clock.now()))).toMatch(line);
    await set(id, 'draft');
    expect(await draftText(incident)).not.toContain('Unfinished');
    await set(id, 'published');
    expect(await draftText(incident)).toMatch(/\(2027-01-04 16:00 UTC\): Alert on errors/);
    const rows = await database.sql('SELECT by FROM "Publication" WHERE "postmortemId" = $1', [id]);
    expect(rows).toHaveLength(2);
  });

  it('starts the weekly follow-up, which fires once a week until all is done or dropped', async () => {
    world.clock.set('2027-01-04T15:00:00Z');
    const incident = await opened(ana);
    const ref = { id: incident.id };
    await add(incident, 'Test the rollback <@U2BO>');
    await add(incident, 'Alert on errors');
    expect(await due(incident)).toEqual([]);
    await published(incident);
    expect(await due(incident)).toEqual(['2027-01-11T08:00']);
    world.clock.set('2027-01-11T08:00:00Z');
    await Promise.all([fire(incident), fire(incident), fire(incident)]);
    expect(await sent(incident, 'follow-up')).toEqual([{ to: 'U2BO' }, { to: 'U1ANA' }]);
    await bo((scope) => finishAction(scope, { ref, number: 1 }));
    world.clock.set('2027-02-20T08:00:00Z');
    await fire(incident);
    expect((await sent(incident, 'follow-up')).slice(2)).toEqual([{ to: 'U1ANA' }]);
    await ana((scope) => dropAction(scope, { ref, number: 2, reason: 'No longer used' }));
    world.clock.set('2027-03-20T08:00:00Z');
    await fire(incident);
    expect(await due(incident)).toEqual([]);
    expect(await sent(incident, 'follow-up')).toHaveLength(3);
    // It ended with nothing left, and begins anew with what is open again.
    await bo((scope) => undoAction(scope, { ref, number: 1 }));
    expect(await due(incident)).toEqual(['2027-03-27T08:00']);
  });

  it('is followed up when an item comes later, and an item more does not put it off', async () => {
    world.clock.set('2027-01-04T15:00:00Z');
    const incident = await opened(ana);
    await published(incident);
    expect(await due(incident)).toEqual([]);
    await add(incident, 'Test the rollback');
    world.clock.set('2027-01-09T15:00:00Z');
    await add(incident, 'Alert on errors');
    expect(await due(incident)).toEqual(['2027-01-11T08:00']);
  });

  it('taken back is not followed up', async () => {
    world.clock.set('2027-01-04T15:00:00Z');
    const incident = await opened(ana);
    await add(incident, 'Test the rollback');
    const id = await published(incident);
    await set(id, 'draft');
    world.clock.set('2027-01-11T08:00:00Z');
    await fire(incident);
    expect(await sent(incident, 'follow-up')).toEqual([]);
    expect(await due(incident)).toEqual([]);
  });
});

it('an item that moved in a merge is reminded of where it is now, and followed up there', async () => {
  world.clock.set('2027-01-04T15:00:00Z');
  const [from, into] = [await opened(ana), await opened(ana)];
  await add(from, 'Test the rollback due 2027-01-20');
  await ana((scope) => merge(scope, { ref: { id: from.id }, into: into.number }));
  expect(await due(into)).toEqual(['2027-01-19T08:00', '2027-01-20T08:00']);
  world.clock.set('2027-01-21T08:00:00Z');
  await fire(from);
  await fire(into);
  expect(await sent(from, 'action-reminder')).toEqual([]);
  expect(await sent(into, 'action-reminder')).toEqual([{ number: 1 }]);
});
