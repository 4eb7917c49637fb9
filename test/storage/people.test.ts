import type { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { userChanged } from '../../src/slack/listeners/events.ts';
import { createPeople, type SlackProfile } from '../../src/slack/people.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { keptLog } from '../slack/fakes.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database, '2026-03-10T14:00:00Z');
const NOW_S = world.clock.now() / 1000;
let made = 0;

/** Somebody who was an admin, and then was not any more; what changed arrives by `changes`, in any order. */
function somebody(after: Partial<SlackProfile>) {
  const id = `U${++made}PERSON`;
  const before = { id, name: 'ana', is_admin: true };
  const store = createPeopleStore(database.prisma);
  const changed = userChanged({ runner: world.runner, clock: world.clock, peopleStore: store } as never);
  /** `after` comes a microsecond later: Slack counts the changes of a second so. */
  const events = {
    before: { user: before, event_ts: `${NOW_S}.000001` },
    after: { user: { ...before, ...after, is_admin: false }, event_ts: `${NOW_S}.000002` },
  };
  const changes = (which: keyof typeof events) =>
    changed({ event: events[which], body: { team_id: TEAM } } as never);
  return { id, before, store, changes };
}

const LESS = [
  ['has no account any more', { deleted: true }, { gone: true, outsider: true }],
  ['is a guest', { is_restricted: true }, { gone: false, outsider: true }],
  ['is an admin no more', {}, { gone: false, outsider: false }],
] as const;

const standing = async (id: string) => ({
  gone: await world.read((tx) => tx.isGone(TEAM, id)),
  outsider: await world.read((tx) => tx.isOutsider(TEAM, id)),
  admin: (await world.read((tx) => tx.admins(TEAM))).includes(id),
});

describe.each(LESS)('somebody who %s', (_, after, expected) => {
  it.each([[['before', 'after']], [['after', 'before']], [['after', 'before', 'after', 'before']]] as const)(
    'stays so when Slack’s events come as %j',
    async (order) => {
      const { id, changes } = somebody(after);
      for (const which of order) await changes(which);
      expect(await standing(id)).toEqual({ ...expected, admin: false });
    },
  );

  it('stays so when we had asked before, and the answer comes after', async () => {
    const { id, before, store, changes } = somebody(after);
    const client = {
      users: {
        info: async () => {
          await changes('after');
          return { user: before };
        },
      },
    } as unknown as WebClient;
    const people = createPeople(store, world.clock, keptLog().logger);
    expect(await people.actor(client, TEAM, id)).toMatchObject({
      admin: false,
      outsider: expected.outsider,
    });
    expect(await standing(id)).toEqual({ ...expected, admin: false });
  });
});

it('what Slack says when asked later counts', async () => {
  const { id, before, store, changes } = somebody({ deleted: true });
  await changes('after');
  world.clock.forward(48 * 60);
  const client = { users: { info: async () => ({ user: before }) } } as unknown as WebClient;
  const people = createPeople(store, world.clock, keptLog().logger);
  expect(await people.actor(client, TEAM, id)).toMatchObject({ admin: true, outsider: false });
  expect(await standing(id)).toEqual({ gone: false, outsider: false, admin: true });
});
