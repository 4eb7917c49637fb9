import { describe, expect, it } from 'vitest';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { giveUpdate, type UpdateInput } from '../../src/usecases/giveUpdate.ts';
import { setSeverity } from '../../src/usecases/setSeverity.ts';
import { subscribe, unsubscribe } from '../../src/usecases/subscribers.ts';
import { useDatabase } from '../support/database.ts';
import { declared, makeWorld, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const bo = world.person('U2BO');
const cy = world.person('U3CY');

const give = (id: string, over: Partial<UpdateInput> = {}) =>
  ana((scope) =>
    giveUpdate(scope, {
      ref: { id },
      text: 'A fix is being tested',
      impact: '',
      nextInMinutes: null,
      source: 'command',
      ...over,
    }),
  );
const sent = async (id: string, kind: string) =>
  (
    await database.sql<{ payload: { userId?: string; updateId?: string | null } }>(
      'SELECT payload FROM "Outbox" WHERE lane = $1 AND kind = $2 ORDER BY id',
      [id, kind],
    )
  ).map(({ payload }) => payload);
const askedInMinutes = async (id: string) =>
  (await world.read((tx) => tx.activeTimers(id)))
    .filter(({ purpose }) => purpose.kind === 'nudge' && purpose.expected === 'update')
    .map(({ dueAt }) => (dueAt - world.clock.now()) / 60_000);

describe('an update', () => {
  it('is a line of the timeline, goes to the thread, and the next is asked for in the rhythm', async () => {
    const incident = await declared(ana, { severity: 'SEV1' });
    world.clock.forward(20);
    const { update } = await give(incident.id, { impact: 'Nobody can pay' });
    const line = (await world.record(incident.id)).entries.at(-1);
    expect(line).toMatchObject({ source: 'command', authorId: 'U1ANA' });
    expect(line?.text).toContain('A fix is being tested\nImpact: Nobody can pay');
    expect(await sent(incident.id, 'update')).toEqual([{ updateId: update.id }]);
    expect(await askedInMinutes(incident.id)).toEqual([30]);
  });

  it('is asked for when it was promised, and once it is given not before the next', async () => {
    const incident = await declared(ana, { severity: 'SEV4', leadId: 'U2BO' });
    await give(incident.id, { nextInMinutes: 15 });
    expect(await askedInMinutes(incident.id)).toEqual([15]);
    world.clock.forward(15);
    await bo((scope) => fireTimers(scope, { incidentId: incident.id }));
    const nudges = await world.read((tx) => tx.nudges(incident.id));
    expect(nudges.map(({ to, keys }) => [to, ...keys])).toEqual([['U2BO', 'update']]);
    world.clock.forward(1);
    await give(incident.id, { nextInMinutes: 30 });
    expect(await askedInMinutes(incident.id)).toEqual([30]);
    expect((await world.read((tx) => tx.nudges(incident.id)))[0]?.answer?.kind).toBe('done');
  });

  it.each([{ private: true }, { test: true }])('of %o is told to nobody outside', async (kind) => {
    await bo((scope) => subscribe(scope, { text: 'Payments' }));
    const incident = await declared(ana, { ...kind, services: ['Payments'] });
    expect(await give(incident.id)).toMatchObject({ to: { kind: Object.keys(kind)[0] }, subscribers: 0 });
    expect(await sent(incident.id, 'update')).toEqual([]);
    expect(await sent(incident.id, 'subscriber')).toEqual([]);
    await bo((scope) => unsubscribe(scope, { text: 'all' }));
  });

  it('says where it goes: nowhere without a channel, in the thread of an announcement that is there', async () => {
    const incident = await declared(ana);
    expect((await give(incident.id)).to).toEqual({ kind: 'nowhere' });
    await world.read((tx) => tx.setAnnounced(incident.id, { channelId: 'C0OLD', ts: '1.1' }));
    expect((await give(incident.id)).to).toEqual({ kind: 'channel', channelId: 'C0OLD' });
  });

  it('without a text is refused', async () => {
    const incident = await declared(ana);
    expect((await refused(give(incident.id, { text: ' \u200b ' }))).code).toBe('empty');
  });
});

describe('subscriptions', () => {
  it('bring declarations and updates, to each subscriber once', async () => {
    await bo((scope) => subscribe(scope, { text: 'Checkout' }));
    expect(await bo((scope) => subscribe(scope, { text: 'critical' }))).toContainEqual({
      kind: 'severity',
      value: 'SEV1',
    });
    await cy((scope) => subscribe(scope, { text: 'SEV-2' }));
    const incident = await declared(ana, { severity: 'SEV1', services: ['CHECKOUT', 'Search'] });
    const { update } = await give(incident.id);
    expect(await sent(incident.id, 'subscriber')).toEqual([
      { userId: 'U2BO', updateId: null },
      { userId: 'U3CY', updateId: null },
      { userId: 'U2BO', updateId: update.id },
      { userId: 'U3CY', updateId: update.id },
    ]);
    const other = await declared(ana, { severity: 'SEV3', services: ['Mail'] });
    expect(await sent(other.id, 'subscriber')).toEqual([]);
    await ana((scope) => setSeverity(scope, { ref: { id: other.id }, severity: 'SEV2' }));
    await ana((scope) => setSeverity(scope, { ref: { id: other.id }, severity: 'SEV1' }));
    expect((await sent(other.id, 'subscriber')).map(({ userId }) => userId)).toEqual(['U3CY', 'U2BO']);
  });

  it('are listed, taken back one by one or all, and unknown ones refused', async () => {
    const eva = world.person('U4EVA');
    await eva((scope) => subscribe(scope, { text: 'sev2' }));
    await eva((scope) => subscribe(scope, { text: '“Data Warehouse”' }));
    expect((await refused(eva((scope) => subscribe(scope, { text: 'SEV2' })))).code).toBe('already');
    expect(await eva((scope) => subscribe(scope, { text: '' }))).toEqual([
      { kind: 'service', value: 'data warehouse' },
      { kind: 'severity', value: 'SEV2' },
    ]);
    expect((await refused(eva((scope) => unsubscribe(scope, { text: 'Mail' })))).code).toBe('unknown');
    expect(await eva((scope) => unsubscribe(scope, { text: 'sev2' }))).toHaveLength(1);
    expect(await eva((scope) => unsubscribe(scope, { text: 'all' }))).toEqual([]);
  });

  it('may say what they are for, as a list does; without a name they are refused', async () => {
    const flo = world.person('U6FLO');
    const said = (text: string) => flo((scope) => subscribe(scope, { text }));
    await said('service Billing');
    await said('severity sev2');
    await said('“Service Desk”');
    await said('service sev1');
    expect(await said('')).toEqual([
      { kind: 'service', value: 'billing' },
      { kind: 'service', value: 'service desk' },
      { kind: 'service', value: 'sev1' },
      { kind: 'severity', value: 'SEV2' },
    ]);
    expect((await refused(said('service'))).code).toBe('empty');
    expect((await refused(said('severity Billing'))).code).toBe('unknown');
    for (const text of ['service billing', 'Service Desk', 'severity 2'])
      await flo((scope) => unsubscribe(scope, { text }));
    expect(await said('')).toEqual([{ kind: 'service', value: 'sev1' }]);
  });
});
