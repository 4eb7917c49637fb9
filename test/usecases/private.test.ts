import { describe, expect, it, vi } from 'vitest';
import { deliver } from '../../src/slack/delivery.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';
import { addAction } from '../../src/usecases/addAction.ts';
import { captureMessage } from '../../src/usecases/captureMessage.ts';
import { declare } from '../../src/usecases/declare.ts';
import { entryOfTeam } from '../../src/usecases/entries.ts';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { followMember } from '../../src/usecases/followMember.ts';
import { merge } from '../../src/usecases/merge.ts';
import { messageHere } from '../../src/usecases/messageHere.ts';
import { react } from '../../src/usecases/react.ts';
import { replan } from '../../src/usecases/replan.ts';
import { incidentFor } from '../../src/usecases/scope.ts';
import { setPostmortemState } from '../../src/usecases/setPostmortemState.ts';
import type { Delivery } from '../../src/usecases/types.ts';
import { useDatabase } from '../support/database.ts';
import { declaration, makeWorld, noted, opened, refused, stepOf, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const ben = world.person('U2BEN');
const bot = world.person('debrief');

const numbersFor = async (userId: string) =>
  (await world.read((tx) => tx.openIncidents(TEAM, userId))).map(({ number }) => number);

const moves = (channelId: string, userId: string, present: boolean, eventTs: string) =>
  ben((scope) => followMember(scope, { channelId, userId, present, eventTs }));

describe('a private incident', () => {
  it('is there for who declared and who leads it, while nothing is known of its channel', async () => {
    const { number, id } = await opened(ana, { private: true, leadId: 'U3CLEO' });
    const ref = { teamId: TEAM, number };
    expect((await ana((scope) => incidentFor(scope, ref))).id).toBe(id);
    expect((await world.person('U3CLEO')((scope) => incidentFor(scope, ref))).id).toBe(id);
    expect(await refused(ben((scope) => incidentFor(scope, ref)))).toEqual({
      code: 'no-such-incident',
      number,
    });
    expect(await numbersFor('U1ANA')).toContain(number);
    expect(await numbersFor('U3CLEO')).toContain(number);
    expect(await numbersFor('U2BEN')).not.toContain(number);
  });

  it('is there for those in its channel and for the bot, for nobody else, whoever declared it', async () => {
    const incident = await opened(ana, { private: true, leadId: 'U1ANA' });
    const { number, channelId, id } = incident;
    const { entry } = await noted(ana, incident, 'Salaries are public');
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U2BEN'], '1000.000000'));
    const byNumber = { teamId: TEAM, number };
    expect((await ben((scope) => incidentFor(scope, byNumber))).id).toBe(id);
    expect((await bot((scope) => incidentFor(scope, { id }))).id).toBe(id);
    expect((await refused(ana((scope) => incidentFor(scope, byNumber)))).code).toBe('no-such-incident');
    expect((await refused(ana((scope) => incidentFor(scope, { id })))).code).toBe('no-incident-here');
    expect((await refused(ana((scope) => entryOfTeam(scope, entry.id)))).code).toBe('no-incident-here');
    expect(await numbersFor('U1ANA')).not.toContain(number);
    expect(await numbersFor('U2BEN')).toContain(number);
  });

  it('follows who joins and leaves by Slack’s time, whatever arrives when', async () => {
    const { number, channelId } = await opened(ana, { private: true });
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA'], '1000.000000'));
    await moves(channelId, 'U2BEN', true, '1002.000100');
    await moves(channelId, 'U3CLEO', false, '1004.000100');
    await moves(channelId, 'U3CLEO', true, '1003.000100');
    expect(await numbersFor('U2BEN')).toContain(number);
    expect(await numbersFor('U3CLEO')).not.toContain(number);
    // A list asked for before they came does not put them out; a later one does.
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA'], '1001.000000'));
    expect(await numbersFor('U2BEN')).toContain(number);
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA'], '1005.000000'));
    expect(await numbersFor('U2BEN')).not.toContain(number);
  });

  it('asks for all members when the first of them is heard of', async () => {
    const { id, channelId } = await opened(ana, { private: true });
    const before = world.woken.length;
    await moves(channelId, 'U2BEN', true, '1002.000100');
    expect(world.woken.slice(before)).toEqual([[id]]);
    await moves(channelId, 'U3CLEO', true, '1003.000100');
    expect(world.woken.slice(before)).toEqual([[id]]);
  });

  it('takes nobody back for a request that was handled after they were put out', async () => {
    const { id, channelId, number } = await opened(ana, { private: true });
    await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA', 'U2BEN'], '1000.000000'));
    await moves(channelId, 'U2BEN', false, '1002.000100');
    const late = world.person('U2BEN', 'UTC', TEAM, { channelId });
    await late((scope) => incidentFor(scope, { id }));
    expect(await numbersFor('U2BEN')).not.toContain(number);
    // Whether they are back, Slack is asked.
    const asked = `SELECT 1 FROM "Outbox" WHERE lane = $1 AND kind = 'members' AND "doneAt" IS NULL`;
    expect(await database.sql(asked, [id])).not.toEqual([]);
  });

  it('is nobody’s business in another workspace, nor by a channel of the same id there', async () => {
    const { channelId, number } = await opened(ana, { private: true });
    const spy = world.person('U1ANA', 'UTC', 'T9OTHER');
    await expect(spy((scope) => incidentFor(scope, { teamId: 'T9OTHER', channelId }))).rejects.toThrow();
    await expect(spy((scope) => incidentFor(scope, { teamId: TEAM, channelId }))).rejects.toThrow();
    await expect(spy((scope) => incidentFor(scope, { teamId: TEAM, number }))).rejects.toThrow();
  });
});

/** Takes the incident's open steps of these kinds, and gives where their messages went, with their words. */
async function told(incidentId: string, kinds: Delivery['kind'][]): Promise<string[]> {
  const posted: string[] = [];
  const post = async ({ channel = '', user, text }: Record<string, string>) => {
    posted.push(`${user ?? channel}: ${text}`);
    return { ok: true, ts: `${posted.length}.0` };
  };
  const client = {
    conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: users } }) },
    chat: { postMessage: vi.fn(post), postEphemeral: vi.fn(post) },
  };
  const deps = {
    ...world,
    client,
    people: { known: async () => null, actor: async () => null },
    personalUrl: (id: string, userId: string) => `https://debrief.example.com/${id}/${userId}`,
    pageUrl: () => null,
  } as unknown as StepDeps;
  const rows = await database.sql<{ id: string; kind: string; payload: object }>(
    'UPDATE "Outbox" SET "doneAt" = now() WHERE lane = $1 AND kind = ANY($2) AND "doneAt" IS NULL RETURNING id, kind, payload',
    [incidentId, kinds],
  );
  for (const row of rows.sort((a, b) => Number(a.id) - Number(b.id))) {
    await deliver(deps, stepOf(incidentId, row));
  }
  return posted;
}

describe('where clocks differ, the list of who is in a private channel', () => {
  /** Slack is asked for the list, which says `listed`; `meanwhile` happens before it is kept. */
  async function asked(listed: string[], asOfTs: string, meanwhile = async (_channelId: string) => {}) {
    const { channelId } = await opened(ana, { private: true });
    await moves(channelId, 'U2BEN', false, '1030.000000');
    await moves(channelId, 'U3CLEO', true, '1030.000000');
    const known = await world.read((tx) => tx.membersKnown(TEAM, channelId));
    await meanwhile(channelId);
    await world.read((tx) => tx.setMembers(TEAM, channelId, listed, asOfTs, known));
    const isMember = (userId: string) => world.read((tx) => tx.isMember(TEAM, channelId, userId));
    return { channelId, isMember };
  }

  it('is newer than what was known, of whoever it names and whoever not', async () => {
    const { isMember } = await asked(['U1ANA', 'U2BEN'], '1000.000000');
    expect([await isMember('U2BEN'), await isMember('U3CLEO')]).toEqual([true, false]);
  });

  it('is older than who came or left while it was asked for', async () => {
    const { isMember } = await asked(['U1ANA', 'U3CLEO'], '1000.000000', async (channelId) => {
      await moves(channelId, 'U2BEN', true, '1031.000000');
      await moves(channelId, 'U3CLEO', false, '1031.000000');
    });
    expect([await isMember('U2BEN'), await isMember('U3CLEO')]).toEqual([true, false]);
  });

  it('is older than who came or left after it, though of that we hear later', async () => {
    const { isMember, channelId } = await asked(['U1ANA', 'U2BEN'], '1000.000000');
    await moves(channelId, 'U2BEN', false, '1031.000000');
    await moves(channelId, 'U3CLEO', true, '1031.000000');
    expect([await isMember('U2BEN'), await isMember('U3CLEO')]).toEqual([false, true]);
  });
});

it('its messages are not read for who declares from one of them by a forged form', async () => {
  const { id, channelId } = await opened(ana, { private: true });
  await world.read((tx) => tx.setMembers(TEAM, channelId, ['U1ANA'], '1000.000000'));
  const message = { channelId, ts: '1773151200.000100', authorId: null, text: 'x', firstReport: false };
  const from = (who: typeof ana) => who((scope) => declare(scope, declaration({ message })));
  expect((await refused(from(ben))).code).toBe('no-incident-here');
  expect(world.denials.at(-1)).toContain(id);
  expect((await from(ana)).kind).toBe('declared');
});

it('a channel that a forged form names is on record where it is no incident’s, one in which somebody types is not', async () => {
  const capture = (channelId: string, own?: string) => {
    const who = world.person('U2BEN', 'UTC', TEAM, own === undefined ? {} : { channelId: own });
    const message = { channelId, ts: '1773151200.000100', authorId: null, text: 'x', changed: false };
    return refused(who((scope) => captureMessage(scope, { ...message, time: '', milestones: [] })));
  };
  const before = world.denials.length;
  for (const channelId of ['C0NOWHERE', 'x'.repeat(5000)])
    expect((await capture(channelId)).code).toBe('no-incident-here');
  expect((await capture('C0OWN', 'C0OWN')).code).toBe('no-incident-here');
  expect(world.denials.slice(before)).toEqual([
    `${TEAM} U2BEN: channel C0NOWHERE, which is no incident’s`,
    `${TEAM} U2BEN: channel of no known form, which is no incident’s`,
  ]);
});

describe('of a private incident', () => {
  const fire = (incidentId: string) => bot((scope) => fireTimers(scope, { incidentId }));
  const inside = (channelId: string, ...userIds: string[]) =>
    world.read((tx) => tx.setMembers(TEAM, channelId, userIds, (world.clock.now() / 1000).toFixed(6)));
  /** Whom the messages went to. */
  const whom = (messages: string[]) => messages.map((one) => one.split(':')[0]);

  it('an owner hears while they are in its channel; else the channel does, and who has left hears nothing', async () => {
    const incident = await opened(ana, { private: true });
    const { id, channelId } = incident;
    await inside(channelId, 'U1ANA', 'U2BEN');
    const add = (owner: string) =>
      ana((scope) => addAction(scope, { ref: { id }, text: `Rotate the key <@${owner}> due 2026-03-12` }));
    await add('U2BEN');
    await add('U3CLEO');
    world.clock.forward(24 * 60);
    await fire(id);
    const first = await told(id, ['action-reminder']);
    expect(whom(first).sort()).toEqual([channelId, 'U2BEN'].sort());
    expect(first.find((one) => one.startsWith(channelId))).toContain('<@U3CLEO> owns it and may not see');
    world.clock.forward(24 * 60);
    await fire(id);
    // Left between the timer and the message.
    await inside(channelId, 'U1ANA');
    expect(whom(await told(id, ['action-reminder']))).toEqual([channelId, channelId]);
    await ana((scope) =>
      scope.tx.addDraft(id, scope.now, { markdown: '#', data: {}, facts: {} as never, reason: 'x' }),
    );
    const { id: postmortemId } = (await world.read((tx) => tx.postmortem({ incidentId: id }))) ?? { id: '' };
    await ana((scope) => setPostmortemState(scope, { postmortemId, state: 'published' }));
    world.clock.forward(8 * 24 * 60);
    await fire(id);
    expect(whom(await told(id, ['follow-up']))).toEqual([channelId, channelId]);
  });

  it('a lead who has left is reminded of nothing: the channel is', async () => {
    const incident = await opened(ana, { private: true, leadId: 'U2BEN' });
    const { id, channelId } = incident;
    await inside(channelId, 'U1ANA', 'U2BEN');
    await bot((scope) => replan(scope, incident, { anew: true }));
    world.clock.forward(24 * 60);
    await fire(id);
    await inside(channelId, 'U1ANA');
    expect(whom(await told(id, ['nudge']))).not.toContain('U2BEN');
    await bot((scope) => replan(scope, incident, { anew: true }));
    world.clock.forward(24 * 60);
    await fire(id);
    const next = whom(await told(id, ['nudge']));
    expect(next).toContain(channelId);
    expect(next).not.toContain('U2BEN');
  });

  it('who reacts in the channel of one that was merged into it learns nothing, unless they are in its channel', async () => {
    const [from, into] = [await opened(ana, { private: true }), await opened(ana, { private: true })];
    await inside(from.channelId, 'U1ANA', 'U2BEN');
    await inside(into.channelId, 'U1ANA');
    await ana((scope) => merge(scope, { ref: { id: from.id }, into: into.number }));
    const pin = (who: typeof ana, messageTs: string) =>
      who((scope) =>
        react(scope, {
          channelId: from.channelId,
          messageTs,
          emoji: 'pushpin',
          userId: who.userId,
          present: true,
          eventTs: messageTs,
        }),
      );
    await pin(ana, '1773151200.000100');
    await pin(ben, '1773151200.000200');
    // Nor by the form that opens for a message there.
    const shown = (who: typeof ana) =>
      who((scope) => messageHere(scope, { channelId: from.channelId, ts: '1773151200.000100' }));
    expect((await shown(ana)).entry).not.toBeNull();
    expect(await shown(ben)).toEqual({ incident: null, entry: null });
    expect(whom(await told(into.id, ['captured']))).toEqual(['U1ANA']);
  });
});
