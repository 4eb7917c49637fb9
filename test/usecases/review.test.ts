import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { eraseIncidents } from '../../src/storage/data/erase.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { answerReview, openReview, reviewerUnreachable } from '../../src/usecases/answerReview.ts';
import { fireTimers } from '../../src/usecases/fireTimers.ts';
import { makeDraft } from '../../src/usecases/makeDraft.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { sendToReview } from '../../src/usecases/sendToReview.ts';
import { setPostmortemState } from '../../src/usecases/setPostmortemState.ts';
import { changeSettings } from '../../src/usecases/settings.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const [ana, ben, cleo] = [world.person('U1ANA'), world.person('U2BEN'), world.person('U3CLEO')];
const bot = world.person('debrief', null);

/** A closed incident with a draft. */
async function drafted(over: Parameters<typeof opened>[1] = {}) {
  const incident = await opened(ana, over);
  await ana((scope) => resolve(scope, { ref: { id: incident.id }, text: '' }));
  await ana((scope) => requestDraft(scope, { ref: { id: incident.id } }));
  const [row] = await database.sql<{ id: string }>(
    `SELECT id FROM "Outbox" WHERE lane = $1 AND kind = 'draft' ORDER BY id DESC`,
    [incident.id],
  );
  const order = { incidentId: incident.id, outboxId: BigInt(row?.id ?? 0), reason: 'asked for' };
  const { id: postmortemId } = await bot((scope) => makeDraft(scope, order));
  return { incident, postmortemId };
}

const send = (postmortemId: string, reviewers: string[], message = '', who = ana) =>
  who((scope) => sendToReview(scope, { postmortemId, reviewers, message }));
const stateOf = async (id: string) => (await world.read((tx) => tx.postmortem({ id })))?.state;
const requests = async (id: string) => (await world.read((tx) => tx.postmortem({ id })))?.reviews ?? [];
const requestOf = async (id: string, reviewer: string) =>
  (await requests(id)).findLast(({ reviewerId }) => reviewerId === reviewer)?.id ?? '';
const answer = async (
  who: typeof ana,
  postmortemId: string,
  kind: 'approved' | 'changes' = 'approved',
  comment = 'The impact began earlier',
) => {
  const requestId = await requestOf(postmortemId, who.userId);
  return who((scope) => answerReview(scope, { requestId, answer: kind, comment }));
};
const steps = async ({ id }: Incident, kind: string) =>
  (
    await database.sql<{ payload: { to?: string; requestId?: string; last?: boolean } }>(
      'SELECT payload FROM "Outbox" WHERE lane = $1 AND kind = $2 ORDER BY id',
      [id, kind],
    )
  ).map(({ payload }) => payload);
const lastActivity = async ({ id }: Incident) => (await world.record(id)).activity.at(-1)?.text;

async function manage(managers: string[]): Promise<void> {
  await ana(async ({ tx, who, now }) => {
    const { settings, version } = await tx.settings(who.teamId);
    await tx.saveSettings(who.teamId, 'U1ANA', now, { ...settings, managers }, version);
  });
}

describe('who reviews', () => {
  const named = async (over: Parameters<typeof opened>[1], managers: string[], who = ana) => {
    await manage(managers);
    const { postmortemId } = await drafted(over);
    const { reviewers, leftOut } = await send(postmortemId, [], '', who);
    await manage([]);
    return { reviewers, leftOut: leftOut.map(({ userId, why }) => `${userId} ${why}`) };
  };

  it.each([
    [
      'the managers who are people, not their channel, nor who sends it',
      {},
      ['C0M', 'U2BEN', 'U1ANA', 'U3CLEO'],
      ['U2BEN', 'U3CLEO'],
      ['U1ANA yourself'],
    ],
    ['the lead where no manager is a person', { leadId: 'U2BEN' }, ['C0M'], ['U2BEN'], []],
    ['nobody where the lead sends it', { leadId: 'U1ANA' }, [], [], []],
    ['nobody where who declared it sends it and nobody leads', {}, [], [], []],
    ['no manager of a test, but its lead', { test: true, leadId: 'U3CLEO' }, ['U2BEN'], ['U3CLEO'], []],
    ['no manager who may not see a private incident', { private: true }, ['U2BEN'], [], ['U2BEN cannot-see']],
  ])('is by itself %s', async (_, over, managers, reviewers, leftOut) => {
    expect(await named(over, managers)).toEqual({ reviewers, leftOut });
  });

  it('is who is picked, without apps, guests and those who may not see it, who are named', async () => {
    const people = createPeopleStore(database.prisma);
    const known = { zone: 'UTC', admin: false, outsider: false, bot: false };
    await people.put('T1TEAM', 'U8APP', { ...known, name: 'app', bot: true }, 0);
    await people.put('T1TEAM', 'U9GUEST', { ...known, name: 'guest', outsider: true }, 0);
    const { incident, postmortemId } = await drafted();
    const sent = await send(postmortemId, ['U8APP', 'U9GUEST', 'U2BEN', 'U2BEN', 'U1ANA']);
    expect(sent.reviewers).toEqual(['U2BEN']);
    expect(sent.leftOut.map(({ why }) => why)).toEqual(['bot', 'outsider', 'yourself']);
    expect((await world.record(incident.id)).activity.at(-1)?.text).toBe(
      'Sent to review, asked: <@U2BEN>; left out: <@U8APP> (an app), <@U9GUEST> (a guest, of another workspace, or deactivated), <@U1ANA> (who sent it)',
    );
  });

  it('is nobody where all who are picked are left out: nothing changes', async () => {
    const { postmortemId } = await drafted({ private: true });
    expect(await refused(send(postmortemId, ['U2BEN']))).toEqual({
      code: 'no-reviewer',
      leftOut: [{ userId: 'U2BEN', why: 'cannot-see' }],
    });
    expect([await stateOf(postmortemId), await requests(postmortemId)]).toEqual(['draft', []]);
  });
});

it('is sent to twenty people at once at most', async () => {
  const { incident, postmortemId } = await drafted();
  const people = (count: number) => Array.from({ length: count }, (_, index) => `U0REVIEW${index}`);
  const before = await world.record(incident.id);
  expect(await refused(send(postmortemId, people(21)))).toEqual({
    code: 'too-many',
    what: 'reviewers',
    most: 20,
    count: 21,
  });
  expect([await stateOf(postmortemId), await requests(postmortemId)]).toEqual(['draft', []]);
  expect(await world.record(incident.id)).toEqual(before);
  expect((await send(postmortemId, [...people(20), 'U0REVIEW0'])).reviewers).toHaveLength(20);
});

describe('a draft in review', () => {
  it('has a request for each reviewer, of the version that was sent', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN', 'U3CLEO'], ' Is the impact right? ');
    expect(await stateOf(postmortemId)).toBe('in_review');
    const asked = await requests(postmortemId);
    expect(asked).toMatchObject([
      { round: 1, reviewerId: 'U2BEN', askedBy: 'U1ANA', message: 'Is the impact right?' },
      { round: 1, reviewerId: 'U3CLEO', answer: null, ended: null },
    ]);
    const version = await world.read((tx) => tx.draft(incident.id));
    expect(asked.map((one) => one.version)).toEqual([version?.number, version?.number]);
    expect((await steps(incident, 'review')).map(({ requestId }) => requestId)).toEqual(
      asked.map(({ id }) => id),
    );
  });

  it('takes further reviewers into the same round, and asks nobody twice', async () => {
    const { postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN']);
    expect((await send(postmortemId, ['U2BEN', 'U3CLEO'])).reviewers).toEqual(['U3CLEO']);
    expect((await requests(postmortemId)).map(({ round }) => round)).toEqual([1, 1]);
    expect((await refused(send(postmortemId, ['U2BEN']))).code).toBe('already');
    expect((await refused(send(postmortemId, []))).code).toBe('already');
  });

  it('is told as approved: to who sent it, to the channel, on record', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN', 'U3CLEO']);
    expect(await answer(ben, postmortemId)).toMatchObject({ approved: 1, asked: 2 });
    expect(await lastActivity(incident)).toBe('The postmortem is approved (1 of 2)');
    const told = await steps(incident, 'review-told');
    expect(told.map(({ to }) => to)).toEqual(['U1ANA', incident.channelId]);
    expect(await stateOf(postmortemId)).toBe('in_review');
    await answer(cleo, postmortemId);
    const { approvals } = await ana((scope) =>
      setPostmortemState(scope, { postmortemId, state: 'published' }),
    );
    expect(approvals).toBe(' with 2 of 2 approvals');
  });

  it('goes back to draft when changes are asked for: the others’ requests end, a new round asks anew', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN', 'U3CLEO']);
    await answer(ben, postmortemId, 'changes', 'The impact began earlier');
    expect(await stateOf(postmortemId)).toBe('draft');
    const [first, second] = await requests(postmortemId);
    expect(first?.answer).toMatchObject({ kind: 'changes', comment: 'The impact began earlier' });
    expect(second?.ended).toMatchObject({ why: 'changes', by: 'U2BEN' });
    // Both messages are rendered anew.
    expect((await steps(incident, 'review')).slice(2).map(({ requestId }) => requestId)).toEqual([
      first?.id,
      second?.id,
    ]);
    const late = await refused(
      cleo((scope) => answerReview(scope, { requestId: second?.id ?? '', answer: 'approved', comment: '' })),
    );
    expect(late).toMatchObject({ code: 'review-over', why: 'changes', by: 'U2BEN' });
    await send(postmortemId, ['U2BEN', 'U3CLEO']);
    expect((await requests(postmortemId)).map(({ round }) => round)).toEqual([1, 1, 2, 2]);
    expect(await answer(cleo, postmortemId)).toMatchObject({ approved: 1, asked: 2 });
  });

  it('may be published before all have approved, which is on record; the rest of the requests end', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN', 'U3CLEO']);
    await answer(ben, postmortemId);
    await ana((scope) => setPostmortemState(scope, { postmortemId, state: 'published' }));
    expect(await lastActivity(incident)).toBe('The postmortem is published with 1 of 2 approvals');
    expect(await refused(answer(cleo, postmortemId))).toMatchObject({
      code: 'review-over',
      why: 'published',
      by: 'U1ANA',
    });
    expect((await refused(send(postmortemId, ['U2BEN']))).code).toBe('already');
  });

  it('counts no approval of an earlier round at publishing', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN']);
    await answer(ben, postmortemId);
    await ana((scope) => setPostmortemState(scope, { postmortemId, state: 'draft' }));
    await ana((scope) => setPostmortemState(scope, { postmortemId, state: 'published' }));
    expect(await lastActivity(incident)).toBe('The postmortem is published without a review');
  });

  it('is a draft again when its incident is opened again', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN']);
    await ana((scope) => reopen(scope, { ref: { id: incident.id } }));
    expect(await stateOf(postmortemId)).toBe('draft');
    expect(await refused(answer(ben, postmortemId))).toMatchObject({ code: 'review-over', why: 'reopened' });
  });

  it('says to who sent it that a reviewer was not reached, and waits for them no longer', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN', 'U3CLEO']);
    const requestId = await requestOf(postmortemId, 'U2BEN');
    await bot((scope) => reviewerUnreachable(scope, requestId));
    await bot((scope) => reviewerUnreachable(scope, requestId));
    expect((await steps(incident, 'review-told')).map(({ to }) => to)).toEqual(['U1ANA']);
    expect(await answer(cleo, postmortemId)).toMatchObject({ approved: 1, asked: 1 });
  });
});

describe('a draft that rests', () => {
  const DAY = 24 * 60;
  const told = async (incident: Incident) =>
    (await steps(incident, 'draft-rests')).map(
      ({ to, requestId, last }) => `${to}${requestId ? ' to answer' : ''}${last ? ', last' : ''}`,
    );
  const pass = async (incident: Incident, days: number) => {
    world.clock.forward(days * DAY);
    await bot((scope) => fireTimers(scope, { incidentId: incident.id }));
  };

  it('is told to its lead each three days, three times in a row, and anew after a change', async () => {
    const { incident, postmortemId } = await drafted({ leadId: 'U2BEN' });
    await pass(incident, 2);
    expect(await told(incident)).toEqual([]);
    for (const _ of [1, 2, 3, 4, 5]) await pass(incident, 3);
    expect(await told(incident)).toEqual(['U2BEN', 'U2BEN', 'U2BEN, last']);
    await ana((scope) => setPostmortemState(scope, { postmortemId, state: 'published' }));
    await ana((scope) => setPostmortemState(scope, { postmortemId, state: 'draft' }));
    await pass(incident, 3);
    expect((await told(incident)).slice(3)).toEqual(['U2BEN']);
  });

  it('in review is told to those who have not answered, and to the lead where nobody is waited for', async () => {
    const { incident, postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN', 'U3CLEO']);
    await answer(ben, postmortemId);
    await pass(incident, 3);
    expect(await told(incident)).toEqual(['U3CLEO to answer']);
    await answer(cleo, postmortemId);
    await pass(incident, 3);
    expect((await told(incident)).slice(1)).toEqual(['U1ANA']);
  });

  it('is not told of a test, one that is published, or whose incident is open again', async () => {
    const test = await drafted({ test: true });
    const published = await drafted();
    const input = { postmortemId: published.postmortemId, state: 'published' } as const;
    await ana((scope) => setPostmortemState(scope, input));
    const open = await drafted();
    await ana((scope) => reopen(scope, { ref: { id: open.incident.id } }));
    for (const { incident } of [test, published, open]) {
      await pass(incident, 30);
      expect(await told(incident)).toEqual([]);
    }
  });

  it('follows the setting, whether it is made longer, shorter or never', async () => {
    const { incident } = await drafted();
    const chief = world.person('U1ANA', 'UTC', 'T1TEAM', { admin: true });
    const set = (draftRestDays: string) =>
      chief(async (scope) => {
        const values = { zone: '', archiveAfterDays: '', deleteAfterDays: '', draftRestDays };
        const seen = (await scope.tx.settings('T1TEAM')).version;
        await changeSettings(scope, { section: 'display', values, seen });
      });
    await set('7');
    await pass(incident, 6);
    expect(await told(incident)).toEqual([]);
    await set('2');
    await pass(incident, 0);
    expect(await told(incident)).toEqual(['U1ANA']);
    await set('');
    await pass(incident, 30);
    expect(await told(incident)).toEqual(['U1ANA']);
    await set('3');
  });
});

describe('an answer is refused', () => {
  it('that comes second, of two at once', async () => {
    const { postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN']);
    const both = await Promise.allSettled([answer(ben, postmortemId), answer(ben, postmortemId, 'changes')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refused(answer(ben, postmortemId))).toMatchObject({ code: 'review-answered', by: 'U2BEN' });
  });

  it('of two reviewers at once, where one asks for changes first', async () => {
    const { postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN', 'U3CLEO']);
    const both = await Promise.allSettled([
      answer(ben, postmortemId, 'changes'),
      answer(cleo, postmortemId, 'changes'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('that asks for changes and does not say which', async () => {
    const { postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN']);
    expect((await refused(answer(ben, postmortemId, 'changes', ' '))).code).toBe('empty');
    expect(await stateOf(postmortemId)).toBe('in_review');
  });

  it('by somebody else, of another workspace, or with an id that is none', async () => {
    const { postmortemId } = await drafted();
    await send(postmortemId, ['U2BEN']);
    const requestId = await requestOf(postmortemId, 'U2BEN');
    const stranger = world.person('U2BEN', 'UTC', 'T9OTHER');
    for (const who of [cleo, stranger])
      expect((await refused(who((scope) => openReview(scope, requestId)))).code).toBe('review-gone');
    expect((await refused(ben((scope) => openReview(scope, 'x')))).code).toBe('no-incident-here');
    const nowhere = '5f0c2a3e-0000-4000-8000-000000000000';
    expect((await refused(ben((scope) => openReview(scope, nowhere)))).code).toBe('review-gone');
    expect(world.denials.at(-1)).toBe(`T1TEAM U2BEN: review ${nowhere}, which is not there`);
  });

  it('by who lost access to the private incident, or whose incident is deleted', async () => {
    const { incident, postmortemId } = await drafted({ private: true });
    const move = (present: boolean, eventTs: string) =>
      world.read((tx) =>
        tx.setMember('T1TEAM', { channelId: incident.channelId, userId: 'U2BEN', present, eventTs }),
      );
    await world.read((tx) => tx.setMembers('T1TEAM', incident.channelId, ['U1ANA', 'U2BEN'], '1.0'));
    await send(postmortemId, ['U2BEN']);
    await move(false, '2.0');
    expect((await refused(answer(ben, postmortemId))).code).toBe('review-gone');
    await move(true, '3.0');
    const requestId = await requestOf(postmortemId, 'U2BEN');
    await database.prisma.$transaction((db) => eraseIncidents(db, [incident.id]));
    const late = ben((scope) => answerReview(scope, { requestId, answer: 'approved', comment: '' }));
    expect((await refused(late)).code).toBe('review-gone');
  });
});
