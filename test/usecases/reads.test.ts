import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forgetPerson } from '../../src/storage/data/person.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { openActions } from '../../src/usecases/actionItems.ts';
import { addAction } from '../../src/usecases/addAction.ts';
import { readHome } from '../../src/usecases/home.ts';
import { findIncidents, listIncidents } from '../../src/usecases/listIncidents.ts';
import { previewDeclare } from '../../src/usecases/previewDeclare.ts';
import { readDraft } from '../../src/usecases/reads.ts';
import { readTimeline } from '../../src/usecases/readTimeline.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened, refused, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const ben = world.person('U2BEN');
const all = { state: 'all' as const, mine: false, severity: null, service: null };

const readsOf = async (incidentId: string) =>
  (await world.read((tx) => tx.reads(incidentId, 100))).map(({ userId, what }) => `${userId} ${what}`);

const draftOf = async (incidentId: string): Promise<string> => {
  const version = { markdown: '# x', data: {}, facts: {} as never, reason: 'test' };
  return (await world.read((tx) => tx.addDraft(incidentId, world.clock.now(), version))).id;
};

describe('reads of a private incident', () => {
  it('are on record, with who and where; of others none are', async () => {
    const hidden = await opened(ana, { private: true });
    const open = await opened(ana);
    await noted(ana, hidden, 'Zebra stripes are public');
    for (const { id } of [hidden, open]) await ana((scope) => readTimeline(scope, { ref: { id } }));
    await ana((scope) => listIncidents(scope, { filter: all, page: 0 }));
    await ana((scope) => findIncidents(scope, { text: 'Zebra', page: 0 }));
    await ben((scope) => listIncidents(scope, { filter: all, page: 0 }));
    expect(await readsOf(hidden.id)).toEqual(['U1ANA find', 'U1ANA list', 'U1ANA timeline']);
    expect(await readsOf(open.id)).toEqual([]);
  });

  it('beside other things are on record once an hour: Home, action items, similar incidents', async () => {
    const cleo = world.person('U3CLEO');
    const hidden = await opened(cleo, { private: true });
    const open = await opened(cleo);
    for (const { id } of [hidden, open])
      await cleo((scope) => addAction(scope, { ref: { id }, text: 'Rotate the key <@U3CLEO>' }));
    const kind = { private: false, test: false, retrospective: false };
    const looks = async () => {
      const home = { id: '', teamId: TEAM, userId: 'U3CLEO', filter: 'all' };
      const shown = await cleo((scope) => readHome(scope, home));
      expect(shown.recent.map(({ id }) => id)).toContain(hidden.id);
      expect(await cleo((scope) => openActions(scope, { all: true }))).toHaveLength(2);
      const like = { title: 'Checkout fails', services: [], ...kind };
      const { alike } = await cleo((scope) => previewDeclare(scope, like));
      expect(alike.map(({ id }) => id)).toContain(hidden.id);
    };
    await looks();
    world.clock.forward(59);
    await looks();
    expect(await readsOf(hidden.id)).toEqual(['U3CLEO similar', 'U3CLEO actions', 'U3CLEO home']);
    world.clock.forward(2);
    await looks();
    expect(await readsOf(hidden.id)).toHaveLength(6);
    expect(await readsOf(open.id)).toEqual([]);
  });

  it('that are refused leave none', async () => {
    const { id, number } = await opened(ana, { private: true });
    await refused(ben((scope) => readTimeline(scope, { ref: { teamId: TEAM, number } })));
    expect(await readsOf(id)).toEqual([]);
  });
});

describe('a draft by a link', () => {
  const follow = (postmortemId: string, userId: string | null) =>
    ana((scope) => readDraft(scope, { postmortemId, userId, where: 'page' }));

  const said = (id: string, outsider: boolean | null = false) =>
    createPeopleStore(database.prisma).put(TEAM, id, { name: id, zone: null, outsider }, world.clock.now());

  it('of a private incident opens for those in its channel only, at each view', async () => {
    for (const userId of ['U2BEN', 'U3CLEO']) await said(userId);
    const { id, channelId } = await opened(ana, { private: true });
    const draft = await draftOf(id);
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA', 'U2BEN'], '1000.000000'));
    expect(await follow(draft, null)).toEqual({ kind: 'own-link-only' });
    expect(await follow(draft, 'U2BEN')).toMatchObject({ kind: 'shown' });
    expect(await follow(draft, 'U3CLEO')).toBeNull();
    await world.read((tx) => tx.leaveAll(TEAM, 'U2BEN', '1001.000000'));
    expect(await follow(draft, 'U2BEN')).toBeNull();
    expect(await readsOf(id)).toEqual(['U2BEN page']);
  });

  it('of another incident opens for who has the link, and leaves no trace', async () => {
    const { id } = await opened(ana);
    const draft = await draftOf(id);
    await said('U9NEW');
    for (const userId of [null, 'U9NEW'])
      expect(await follow(draft, userId)).toMatchObject({ kind: 'shown' });
    expect(await readsOf(id)).toEqual([]);
    expect(await follow(randomUUID(), null)).toBeNull();
  });

  it('of their own opens for nobody of whom Slack has not said who they are, and once it has', async () => {
    const { id } = await opened(ana);
    const draft = await draftOf(id);
    expect(await follow(draft, 'U9NOBODY')).toEqual({ kind: 'person-unknown' });
    await said('U9UNASKED', null);
    expect(await follow(draft, 'U9UNASKED')).toEqual({ kind: 'person-unknown' });
    await said('U9NOBODY');
    expect(await follow(draft, 'U9NOBODY')).toMatchObject({ kind: 'shown' });
    await said('U9GUEST', true);
    expect(await follow(draft, 'U9GUEST')).toBeNull();
    await said('U9FORGOTTEN');
    await forgetPerson(database.prisma, { teamId: TEAM, userId: 'U9FORGOTTEN' });
    expect(await follow(draft, 'U9FORGOTTEN')).toEqual({ kind: 'person-unknown' });
  });
});
