import { beforeAll, describe, expect, it } from 'vitest';
import { addAction } from '../../src/usecases/addAction.ts';
import { addFactor } from '../../src/usecases/addFactor.ts';
import { answerNudge } from '../../src/usecases/answerNudge.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { choose, chooseTyped } from '../../src/usecases/choose.ts';
import { confirmMark } from '../../src/usecases/confirmMark.ts';
import { declareAnyway } from '../../src/usecases/declareAnyway.ts';
import { dismissCheck, undoDismissal } from '../../src/usecases/dismissCheck.ts';
import { editEntry } from '../../src/usecases/editEntry.ts';
import { editSection, restoreSection } from '../../src/usecases/editSection.ts';
import { endImpact } from '../../src/usecases/endImpact.ts';
import { entryOfTeam } from '../../src/usecases/entries.ts';
import { fixCheck } from '../../src/usecases/fixCheck.ts';
import { join } from '../../src/usecases/join.ts';
import { makeDraft, redraft } from '../../src/usecases/makeDraft.ts';
import { markDone } from '../../src/usecases/markDone.ts';
import { markNumbered } from '../../src/usecases/markNumbered.ts';
import { moveMark } from '../../src/usecases/moveMark.ts';
import { note } from '../../src/usecases/note.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { retime } from '../../src/usecases/retime.ts';
import { restore, retract } from '../../src/usecases/retract.ts';
import type { Scope } from '../../src/usecases/scope.ts';
import { setCustomers } from '../../src/usecases/setCustomers.ts';
import { setImpact } from '../../src/usecases/setImpact.ts';
import { setLead } from '../../src/usecases/setLead.ts';
import { setRegions, setServices } from '../../src/usecases/setNames.ts';
import { setPostmortemState } from '../../src/usecases/setPostmortemState.ts';
import { setSeverity } from '../../src/usecases/setSeverity.ts';
import { setStatus } from '../../src/usecases/setStatus.ts';
import { setTitle } from '../../src/usecases/setTitle.ts';
import { undoFlag } from '../../src/usecases/undoFlag.ts';
import { writeSection } from '../../src/usecases/writeSection.ts';
import { useDatabase } from '../support/database.ts';
import { asked, makeWorld, noted, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database, '2026-11-01T12:00:00Z');
const ana = world.person('U1ANA', 'America/New_York');
// The same person's id in another workspace: only the workspace differs.
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

beforeAll(async () => {
  const incident = await opened(ana);
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
  Object.assign(known, {
    nudgeId,
    ref: { id: incident.id },
    entryId: entry.id,
    incidentId: incident.id,
    postmortemId: id,
    choiceId,
    outboxId: await open(),
  });
});

const { ref } = { ref: () => known.ref };
const uses: Record<string, (scope: Scope) => Promise<unknown>> = {
  addAction: (scope) => addAction(scope, { ref: ref(), text: 'x' }),
  addFactor: (scope) => addFactor(scope, { ref: ref(), text: 'x' }),
  answerNudge: (scope) => answerNudge(scope, { ...known, answer: 'dismissed' }),
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
  it.each(Object.keys(uses))('is refused by %s, and changes nothing', async (name) => {
    const use = uses[name];
    const before = await everything();
    const { code } = await refused(stranger((scope) => use?.(scope) ?? Promise.resolve()));
    expect(['no-incident-here', 'answered']).toContain(code);
    expect(await everything()).toEqual(before);
  });

  it('sees none of its incidents', async () => {
    expect(await stranger((scope) => scope.tx.openIncidents('T9OTHER', 'U1ANA'))).toEqual([]);
  });
});

async function everything(): Promise<unknown> {
  const tables = await database.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  return Promise.all(tables.map(({ name }) => database.sql(`SELECT * FROM "${name}" ORDER BY 1, 2`)));
}
