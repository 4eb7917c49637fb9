import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import {
  dateAction,
  dropAction,
  finishAction,
  giveAction,
  openActions,
} from '../../src/usecases/actionItems.ts';
import { addAction } from '../../src/usecases/addAction.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
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

it('after publishing, owners are told weekly what is left, until it is done or dropped', async () => {
  const { planFollowUp } = await import('../../src/usecases/actionReminders.ts');
  world.clock.set('2027-01-04T15:00:00Z');
  const incident = await opened(ana);
  const ref = { id: incident.id };
  await add(incident, 'Test the rollback <@U2BO>');
  await add(incident, 'Alert on errors');
  await ana((scope) => requestDraft(scope, { ref }));
  await ana((scope) => planFollowUp(scope, incident));
  expect(await due(incident)).toEqual(['2027-01-11T08:00']);
  world.clock.set('2027-01-11T08:00:00Z');
  await fire(incident);
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
});
