import { beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../src/incident/types.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import {
  dropAction,
  finishAction,
  openAction,
  planAction,
  undoAction,
} from '../../src/usecases/actionItems.ts';
import { addAction, makeAction } from '../../src/usecases/addAction.ts';
import { addFactor } from '../../src/usecases/addFactor.ts';
import { answerNudge } from '../../src/usecases/answerNudge.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { changeState } from '../../src/usecases/changeState.ts';
import { choose, chooseTyped } from '../../src/usecases/choose.ts';
import { confirmMark } from '../../src/usecases/confirmMark.ts';
import { declare } from '../../src/usecases/declare.ts';
import { declareAnyway } from '../../src/usecases/declareAnyway.ts';
import { dismissCheck, undoDismissal } from '../../src/usecases/dismissCheck.ts';
import { editEntry } from '../../src/usecases/editEntry.ts';
import { editSection, restoreSection } from '../../src/usecases/editSection.ts';
import { endImpact } from '../../src/usecases/endImpact.ts';
import { entryOfTeam } from '../../src/usecases/entries.ts';
import { fixCheck } from '../../src/usecases/fixCheck.ts';
import { giveUpdate } from '../../src/usecases/giveUpdate.ts';
import { readHome } from '../../src/usecases/home.ts';
import { join } from '../../src/usecases/join.ts';
import { keepChannel } from '../../src/usecases/keepChannel.ts';
import { filterFor, findIncidents, listIncidents } from '../../src/usecases/listIncidents.ts';
import { makeDraft, redraft } from '../../src/usecases/makeDraft.ts';
import { markDone } from '../../src/usecases/markDone.ts';
import { markNumbered } from '../../src/usecases/markNumbered.ts';
import { merge } from '../../src/usecases/merge.ts';
import { moveMark } from '../../src/usecases/moveMark.ts';
import { note } from '../../src/usecases/note.ts';
import { previewDeclare } from '../../src/usecases/previewDeclare.ts';
import { publicFormOf } from '../../src/usecases/publicFormOf.ts';
import { postAgain } from '../../src/usecases/publish.ts';
import { readTimeline } from '../../src/usecases/readTimeline.ts';
import { relate } from '../../src/usecases/relate.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { retime } from '../../src/usecases/retime.ts';
import { restore, retract } from '../../src/usecases/retract.ts';
import { incidentFor, type Scope } from '../../src/usecases/scope.ts';
import { sendToReview } from '../../src/usecases/sendToReview.ts';
import { setCustomers } from '../../src/usecases/setCustomers.ts';
import { setImpact } from '../../src/usecases/setImpact.ts';
import { setLead } from '../../src/usecases/setLead.ts';
import { setRegions, setServices } from '../../src/usecases/setNames.ts';
import { setPostmortemState } from '../../src/usecases/setPostmortemState.ts';
import { setRole } from '../../src/usecases/setRole.ts';
import { setSeverity } from '../../src/usecases/setSeverity.ts';
import { setStatus } from '../../src/usecases/setStatus.ts';
import { setTitle } from '../../src/usecases/setTitle.ts';
import { setTracker } from '../../src/usecases/setTracker.ts';
import { readSettings } from '../../src/usecases/settings.ts';
import { subscribe } from '../../src/usecases/subscribers.ts';
import { takeRole } from '../../src/usecases/takeRole.ts';
import { undoFlag } from '../../src/usecases/undoFlag.ts';
import { writeSection } from '../../src/usecases/writeSection.ts';
import { useDatabase } from '../support/database.ts';
import { asked, declaration, makeWorld, noted, opened, refused, TEAM } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database, '2026-11-01T12:00:00Z');
const ana = world.person('U1ANA', 'America/New_York');
// The same person's id in another workspace: only the workspace differs.
const colleague = world.person('U2BEN');
const guest = world.person('U7GUEST', 'UTC', TEAM, { outsider: true });
const stranger = world.person('U1ANA', 'America/New_York', 'T9OTHER');

/** Ids of the first workspace, as a button, a modal or a link would carry them. */
const known = {
  ref: { id: '' },
  entryId: '',
  incidentId: '',
  postmortemId: '',
  choiceId: '',
  outboxId: 0n,
  nudgeId: '',
};

/** Makes an incident with one of everything, and takes its ids. */
async function prepare(over: { private?: boolean } = {}): Promise<typeof known> {
  const incident = await opened(ana, over);
  const { entry } = await noted(ana, incident, 'Errors', { milestones: ['detected'] });
  const text = '2026-11-01 1:30 Deployed';
  const { choiceId } = asked(
    await ana((scope) => note(scope, { ref: { id: incident.id }, text, source: 'command', milestones: [] })),
  );
  await ana((scope) => requestDraft(scope, { ref: { id: incident.id } }));
  const open = async () => {
    const [row] = await database.sql<{ id: string }>(
      `SELECT id FROM "Outbox" WHERE lane = $1 AND kind = 'draft' AND "doneAt" IS NULL`,
      [incident.id],
    );
    return BigInt(row?.id ?? 0);
  };
  const outboxId = await open();
  const { id } = await ana((scope) =>
    makeDraft(scope, { incidentId: incident.id, outboxId, reason: 'asked for' }),
  );
  await ana((scope) => requestDraft(scope, { ref: { id: incident.id } }));
  const reminder = {
    incidentId: incident.id,
    keys: ['mitigated' as const],
    stage: 'lead' as const,
    to: 'U1ANA',
  };
  const nudgeId = await ana((scope) => scope.tx.addNudge({ ...reminder, at: scope.now }));
  return {
    nudgeId,
    ref: { id: incident.id },
    entryId: entry.id,
    incidentId: incident.id,
    postmortemId: id,
    choiceId,
    outboxId: await open(),
  };
}

const { ref } = { ref: () => known.ref };
const uses: Record<string, (scope: Scope) => Promise<unknown>> = {
  addAction: (scope) => addAction(scope, { ref: ref(), text: 'x' }),
  makeAction: (scope) => makeAction(scope, { ref: ref(), text: 'x', ownerId: null, date: '' }),
  planAction: (scope) => planAction(scope, { ref: ref(), number: 1, ownerId: 'U9', date: '' }),
  openAction: (scope) => openAction(scope, { ref: ref(), number: 1 }),
  finishAction: (scope) => finishAction(scope, { ref: ref(), number: 1 }),
  undoAction: (scope) => undoAction(scope, { ref: ref(), number: 1 }),
  dropAction: (scope) => dropAction(scope, { ref: ref(), number: 1, reason: 'x' }),
  addFactor: (scope) => addFactor(scope, { ref: ref(), text: 'x' }),
  answerNudge: (scope) => answerNudge(scope, { ...known, answer: 'dismissed' }),
  changeState: (scope) =>
    changeState(scope, {
      ref: ref(),
      seen: { status: 'investigating', severity: 'SEV2' },
      status: 'identified',
      severity: 'SEV2',
      reason: '',
    }),
  giveUpdate: (scope) =>
    giveUpdate(scope, { ref: ref(), text: 'x', impact: '', nextInMinutes: null, source: 'command' }),
  keepChannel: (scope) => keepChannel(scope, { ref: ref() }),
  merge: (scope) => merge(scope, { ref: ref(), into: 1 }),
  relate: (scope) => relate(scope, { ref: ref(), to: 1 }),
  publicFormOf: (scope) => publicFormOf(scope, { ref: ref() }),
  postAgain: (scope) => postAgain(scope, known),
  sendToReview: (scope) => sendToReview(scope, { ...known, reviewers: ['U9'], message: '' }),
  setRole: (scope) => setRole(scope, { ref: ref(), role: 'lead', userId: 'U9' }),
  takeRole: (scope) => takeRole(scope, { ref: ref(), role: 'lead' }),
  setTracker: (scope) => setTracker(scope, { ref: ref(), text: 'https://tickets.example.org/1' }),
  cancel: (scope) => cancel(scope, { ref: ref(), reason: 'x' }),
  choose: (scope) => choose(scope, { choiceId: known.choiceId, index: 0 }),
  chooseTyped: (scope) => chooseTyped(scope, { choiceId: known.choiceId, text: '10m ago' }),
  confirmMark: (scope) => confirmMark(scope, { ref: ref(), milestone: 'detected' }),
  declareAnyway: (scope) => declareAnyway(scope, known),
  dismissCheck: (scope) => dismissCheck(scope, { ...known, key: 'x', reason: 'x' }),
  undoDismissal: (scope) => undoDismissal(scope, { ...known, key: 'x' }),
  editEntry: (scope) => editEntry(scope, { ref: ref(), number: 1, text: 'x' }),
  editSection: (scope) => editSection(scope, { ...known, section: 'summary', text: 'x', seen: 0 }),
  restoreSection: (scope) => restoreSection(scope, { ...known, section: 'summary', version: 1, seen: 0 }),
  endImpact: (scope) => endImpact(scope, known),
  entryOfTeam: (scope) => entryOfTeam(scope, known.entryId),
  fixCheck: (scope) => fixCheck(scope, { ...known, key: 'x' }),
  join: (scope) => join(scope, { ref: ref() }),
  makeDraft: (scope) => makeDraft(scope, { ...known, reason: 'x' }),
  redraft: (scope) => redraft(scope, known),
  markDone: (scope) => markDone(scope, { ...known, milestone: 'mitigated', text: '10m ago' }),
  markNumbered: (scope) => markNumbered(scope, { ref: ref(), number: 1, milestones: ['mitigated'] }),
  moveMark: (scope) => moveMark(scope, { ...known, milestone: 'mitigated' }),
  note: (scope) => note(scope, { ref: ref(), text: 'x', source: 'command', milestones: [] }),
  reopen: (scope) => reopen(scope, { ref: ref() }),
  requestDraft: (scope) => requestDraft(scope, { ref: ref() }),
  resolve: (scope) => resolve(scope, { ref: ref(), text: '' }),
  retime: (scope) => retime(scope, { ref: ref(), number: 1, text: '10m ago' }),
  retract: (scope) => retract(scope, { ref: ref(), number: 1 }),
  restore: (scope) => restore(scope, { ref: ref(), number: 1 }),
  setCustomers: (scope) => setCustomers(scope, { ref: ref(), text: 'x' }),
  setImpact: (scope) => setImpact(scope, { ref: ref(), text: 'from 10m ago' }),
  setLead: (scope) => setLead(scope, { ref: ref(), userId: 'U9' }),
  setServices: (scope) => setServices(scope, { ref: ref(), text: 'x' }),
  setRegions: (scope) => setRegions(scope, { ref: ref(), text: 'x' }),
  setPostmortemState: (scope) => setPostmortemState(scope, { ...known, state: 'published' }),
  setSeverity: (scope) => setSeverity(scope, { ref: ref(), severity: 'SEV1' }),
  setStatus: (scope) => setStatus(scope, { ref: ref(), status: 'identified' }),
  setTitle: (scope) => setTitle(scope, { ref: ref(), title: 'x' }),
  undoFlag: (scope) => undoFlag(scope, { ...known, flag: 'test', typed: 'test' }),
  writeSection: (scope) => writeSection(scope, { ref: ref(), name: 'summary', text: 'x' }),
};

describe('somebody of another workspace, with ids of this one', () => {
  beforeAll(async () => void Object.assign(known, await prepare()));

  it.each(Object.keys(uses))('is refused by %s, and changes nothing', async (name) => {
    const use = uses[name];
    const before = await everything();
    const { code } = await refused(stranger((scope) => use?.(scope) ?? Promise.resolve()));
    expect(['no-incident-here', 'answered']).toContain(code);
    expect(await everything()).toEqual(before);
    expect(world.denials.at(-1)).toMatch(/^T9OTHER U1ANA: \w+ [0-9a-f-]{36}/);
  });

  it('sees none of its incidents', async () => {
    expect(await stranger((scope) => scope.tx.openIncidents('T9OTHER', 'U1ANA'))).toEqual([]);
  });
});

describe('a colleague who is not in the channel of a private incident', () => {
  beforeAll(async () => {
    Object.assign(known, await prepare({ private: true }));
    const [row] = await database.sql<{ channelId: string }>(
      'SELECT "channelId" FROM "Incident" WHERE id = $1',
      [known.incidentId],
    );
    await world.read((tx) => tx.setMembers(TEAM, row?.channelId ?? '', ['U1ANA'], '1.000000'));
  });

  it.each(Object.keys(uses))('is refused by %s, and changes nothing', async (name) => {
    const before = await everything();
    const { code } = await refused(colleague((scope) => uses[name]?.(scope) ?? Promise.resolve()));
    expect(['no-incident-here', 'answered']).toContain(code);
    expect(await everything()).toEqual(before);
    expect(world.denials.at(-1)).toMatch(/^T1TEAM U2BEN: \w+ [0-9a-f-]{36}/);
  });
});

describe('a guest of the channel', () => {
  beforeAll(async () => {
    Object.assign(known, await prepare());
    const incident = await world.read((tx) => tx.incident(known.incidentId));
    await world.read((tx) => tx.setMembers(TEAM, incident.channelId ?? '', ['U1ANA', 'U7GUEST'], '1.000000'));
  });

  it.each(Object.keys(uses).filter((name) => name !== 'note'))('is refused by %s', async (name) => {
    const before = await everything();
    const { code } = await refused(guest((scope) => uses[name]?.(scope) ?? Promise.resolve()));
    expect(['outsider', 'answered']).toContain(code);
    expect(await everything()).toEqual(before);
  });

  it('notes, and reads', async () => {
    const { entry } = await noted(guest, { id: known.incidentId } as Incident, 'It is slow from here too');
    const { entries } = await guest((scope) => readTimeline(scope, { ref: known.ref }));
    expect(entries.at(-1)).toMatchObject({ id: entry.id, authorId: 'U7GUEST' });
  });

  it.each<[string, (scope: Scope) => Promise<unknown>]>([
    ['declare', (scope) => declare(scope, declaration())],
    ['see what a declaration would do', (scope) => previewDeclare(scope, { ...declaration() })],
    ['list', (scope) => listIncidents(scope, { filter: filterFor(scope, ''), page: 0 })],
    ['search', (scope) => findIncidents(scope, { text: 'Checkout', page: 0 })],
    ['subscribe', (scope) => subscribe(scope, { text: 'sev1' })],
    ['read the settings', readSettings],
  ])('may not %s', async (_, work) => {
    expect((await refused(guest(work))).code).toMatch(/^(outsider|not-admin)$/);
    expect(world.denials.at(-1)).toMatch(/^T1TEAM U7GUEST: /);
  });

  it('sees nothing on their Home, and no incident of another channel', async () => {
    const home = { id: '', teamId: TEAM, userId: 'U7GUEST', filter: 'all' };
    expect(await guest((scope) => readHome(scope, home))).toMatchObject({ mine: [], recent: [], drafts: [] });
    const other = await opened(ana);
    expect((await refused(guest((scope) => readTimeline(scope, { ref: { id: other.id } })))).code).toBe(
      'no-incident-here',
    );
    const mistaken = { ref: { teamId: TEAM, channelId: other.channelId } };
    expect((await refused(guest((scope) => readTimeline(scope, mistaken)))).code).toBe('no-incident-here');
    // Slack itself says that they act there: their joining was missed.
    const there = world.person('U7GUEST', 'UTC', TEAM, { outsider: true, channelId: other.channelId });
    expect((await there((scope) => readTimeline(scope, mistaken))).incident.id).toBe(other.id);
  });

  it('is known as one by what Slack said of them, where a request does not say it', async () => {
    const known = { name: 'guest', zone: null, admin: false, outsider: true };
    await createPeopleStore(database.prisma).put(TEAM, 'U8GUEST', known, 0);
    const byWeb = world.person('U8GUEST');
    expect((await refused(byWeb((scope) => declare(scope, declaration())))).code).toBe('outsider');
  });

  it.each([
    ['nothing', 'no-incident-here', 'outsider'],
    ['everything', null, null],
  ] as const)('may do %s where the settings say so', async (outsiders, noteCode, declareCode) => {
    const { settings, version } = await world.read((tx) => tx.settings(TEAM));
    await world.read((tx) => tx.saveSettings(TEAM, 'U1ANA', 0, { ...settings, outsiders }, version));
    const code = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error) => error.reason.code,
      );
    const text = 'Slow';
    const noting = guest((scope) => note(scope, { ref: known.ref, text, source: 'command', milestones: [] }));
    expect(await code(noting)).toBe(noteCode);
    expect(await code(guest((scope) => declare(scope, declaration())))).toBe(declareCode);
  });

  it('has nothing any more once their account has ended, whatever the settings say', async () => {
    const { settings, version } = await world.read((tx) => tx.settings(TEAM));
    const everything = { ...settings, outsiders: 'everything' as const };
    await world.read((tx) => tx.saveSettings(TEAM, 'U1ANA', 0, everything, version));
    const profile = { name: 'gone', zone: null, admin: false, outsider: true };
    const people = createPeopleStore(database.prisma);
    const open = await opened(ana);
    // By a link of their own, which says nothing of them but who they are.
    const byWeb = world.person('U9GONE');
    await people.put(TEAM, 'U9GONE', { ...profile, gone: false }, 0);
    expect((await byWeb((scope) => incidentFor(scope, { id: open.id }))).id).toBe(open.id);
    await people.put(TEAM, 'U9GONE', { ...profile, gone: true }, 1);
    expect((await refused(byWeb((scope) => incidentFor(scope, { id: open.id })))).code).toBe(
      'no-incident-here',
    );
    expect((await refused(byWeb((scope) => declare(scope, declaration())))).code).toBe('outsider');
  });
});

describe('an id that was never one of ours', () => {
  const forged = (id: string) =>
    Object.assign(known, {
      ref: { id },
      entryId: id,
      incidentId: id,
      postmortemId: id,
      choiceId: id,
      nudgeId: id,
    });

  it.each(Object.keys(uses))('is refused by %s, in every form', async (name) => {
    for (const id of [
      '',
      'x',
      "' OR true --",
      '5f0c2a3e-0000-4000-8000-000000000000',
      `${'9'.repeat(5000)}`,
    ]) {
      forged(id);
      const { code } = await refused(ana((scope) => uses[name]?.(scope) ?? Promise.resolve()));
      expect(['no-incident-here', 'answered'], id).toContain(code);
      expect(world.denials.at(-1)?.length, id).toBeLessThan(120);
    }
  });
});

async function everything(): Promise<unknown> {
  const tables = await database.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  return Promise.all(tables.map(({ name }) => database.sql(`SELECT * FROM "${name}" ORDER BY 1, 2`)));
}
