import {
  dateAction,
  dropAction,
  finishAction,
  giveAction,
  openAction,
  planAction,
  undoAction,
} from '../../src/usecases/actionItems.ts';
import { addAction, makeAction } from '../../src/usecases/addAction.ts';
import { addFactor } from '../../src/usecases/addFactor.ts';
import { answerNudge, openNudge } from '../../src/usecases/answerNudge.ts';
import { cancel } from '../../src/usecases/cancel.ts';
import { captureMessage } from '../../src/usecases/captureMessage.ts';
import { changeState } from '../../src/usecases/changeState.ts';
import { choose, chooseTyped } from '../../src/usecases/choose.ts';
import { confirmMark } from '../../src/usecases/confirmMark.ts';
import { declareAnyway } from '../../src/usecases/declareAnyway.ts';
import { dismissCheck, undoDismissal } from '../../src/usecases/dismissCheck.ts';
import { lockPostmortem } from '../../src/usecases/drafts.ts';
import { editEntry } from '../../src/usecases/editEntry.ts';
import { editSection, restoreSection } from '../../src/usecases/editSection.ts';
import { endImpact } from '../../src/usecases/endImpact.ts';
import { entryOfTeam } from '../../src/usecases/entries.ts';
import { fixCheck } from '../../src/usecases/fixCheck.ts';
import { giveUpdate } from '../../src/usecases/giveUpdate.ts';
import { join } from '../../src/usecases/join.ts';
import { keepChannel } from '../../src/usecases/keepChannel.ts';
import { makeDraft, redraft } from '../../src/usecases/makeDraft.ts';
import { markDone } from '../../src/usecases/markDone.ts';
import { markNumbered } from '../../src/usecases/markNumbered.ts';
import { merge } from '../../src/usecases/merge.ts';
import { moveMark } from '../../src/usecases/moveMark.ts';
import { note } from '../../src/usecases/note.ts';
import { captureRun, offerRun } from '../../src/usecases/offerRun.ts';
import { publicFormOf } from '../../src/usecases/publicFormOf.ts';
import { postAgain } from '../../src/usecases/publish.ts';
import { readTimeline } from '../../src/usecases/readTimeline.ts';
import { relate } from '../../src/usecases/relate.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { requestDraft } from '../../src/usecases/requestDraft.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { restoreText } from '../../src/usecases/restoreText.ts';
import { retime } from '../../src/usecases/retime.ts';
import { restore, retract } from '../../src/usecases/retract.ts';
import type { Scope } from '../../src/usecases/scope.ts';
import { sendToReview } from '../../src/usecases/sendToReview.ts';
import { setCustomers } from '../../src/usecases/setCustomers.ts';
import { setImpact } from '../../src/usecases/setImpact.ts';
import { setLead } from '../../src/usecases/setLead.ts';
import { setRegions, setServices } from '../../src/usecases/setNames.ts';
import { setPostmortemState } from '../../src/usecases/setPostmortemState.ts';
import { setRole } from '../../src/usecases/setRole.ts';
import { setSeverity } from '../../src/usecases/setSeverity.ts';
import { openIncident, setStatus } from '../../src/usecases/setStatus.ts';
import { setTitle } from '../../src/usecases/setTitle.ts';
import { setTracker } from '../../src/usecases/setTracker.ts';
import { takeRole } from '../../src/usecases/takeRole.ts';
import { undoFlag } from '../../src/usecases/undoFlag.ts';
import { writeSection } from '../../src/usecases/writeSection.ts';
import type { TestDatabase } from '../support/database.ts';
import { type Acting, asked, noted, opened } from '../support/makers.ts';

/** Ids of one incident, as a button, a modal or a link would carry them. */
export const noIds = () => ({
  ref: { id: '' },
  channelId: '',
  entryId: '',
  incidentId: '',
  postmortemId: '',
  choiceId: '',
  outboxId: 0n,
  nudgeId: '',
});

export type Ids = ReturnType<typeof noIds>;

/** Makes an incident with one of everything, and takes its ids. */
export async function oneOfEverything(
  database: TestDatabase,
  ana: Acting,
  over: { private?: boolean } = {},
): Promise<Ids> {
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
    keys: ['root_cause_identified' as const],
    stage: 'lead' as const,
    to: ana.userId,
  };
  const nudgeId = await ana((scope) => scope.tx.addNudge({ ...reminder, at: scope.now }));
  return {
    nudgeId,
    ref: { id: incident.id },
    channelId: incident.channelId,
    entryId: entry.id,
    incidentId: incident.id,
    postmortemId: id,
    choiceId,
    outboxId: await open(),
  };
}

/** A message of the incident's channel, which the shortcut was used on. */
const message = ({ channelId }: Ids) => ({ channelId, ts: '1793534400.000100', authorId: 'U9', text: 'x' });
const asItIs = { changed: false, time: '' };

/** Every use case that is asked for something of one incident, with the ids that `known` holds when it is run. */
export const everyUse = (known: Ids): Record<string, (scope: Scope) => Promise<unknown>> => ({
  addAction: (scope) => addAction(scope, { ref: known.ref, text: 'x' }),
  makeAction: (scope) => makeAction(scope, { ref: known.ref, text: 'x', ownerId: null, date: '' }),
  giveAction: (scope) => giveAction(scope, { ref: known.ref, number: 1, ownerId: 'U9' }),
  dateAction: (scope) => dateAction(scope, { ref: known.ref, number: 1, date: '2027-03-01' }),
  captureMessage: (scope) => captureMessage(scope, { ...message(known), ...asItIs, milestones: [] }),
  captureRun: (scope) => captureRun(scope, { ...known, messages: [message(known)] }),
  offerRun: (scope) => offerRun(scope, { ...message(known), viewId: 'V1', threadTs: null }),
  restoreText: (scope) => restoreText(scope, { ...known, name: 'summary', version: 1 }),
  openNudge: (scope) => openNudge(scope, known.nudgeId),
  openIncident: (scope) => openIncident(scope, known.ref),
  lockPostmortem: (scope) => lockPostmortem(scope, known.postmortemId),
  readTimeline: (scope) => readTimeline(scope, known),
  planAction: (scope) => planAction(scope, { ref: known.ref, number: 1, ownerId: 'U9', date: '' }),
  openAction: (scope) => openAction(scope, { ref: known.ref, number: 1 }),
  finishAction: (scope) => finishAction(scope, { ref: known.ref, number: 1 }),
  undoAction: (scope) => undoAction(scope, { ref: known.ref, number: 1 }),
  dropAction: (scope) => dropAction(scope, { ref: known.ref, number: 1, reason: 'x' }),
  addFactor: (scope) => addFactor(scope, { ref: known.ref, text: 'x' }),
  answerNudge: (scope) => answerNudge(scope, { ...known, answer: 'dismissed' }),
  changeState: (scope) =>
    changeState(scope, {
      ref: known.ref,
      seen: { status: 'investigating', severity: 'SEV2' },
      status: 'identified',
      severity: 'SEV2',
      reason: '',
    }),
  giveUpdate: (scope) =>
    giveUpdate(scope, { ref: known.ref, text: 'x', impact: '', nextInMinutes: null, source: 'command' }),
  keepChannel: (scope) => keepChannel(scope, { ref: known.ref }),
  merge: (scope) => merge(scope, { ref: known.ref, into: 1 }),
  relate: (scope) => relate(scope, { ref: known.ref, to: 1 }),
  publicFormOf: (scope) => publicFormOf(scope, { ref: known.ref }),
  postAgain: (scope) => postAgain(scope, known),
  sendToReview: (scope) => sendToReview(scope, { ...known, reviewers: ['U9'], message: '' }),
  setRole: (scope) => setRole(scope, { ref: known.ref, role: 'lead', userId: 'U9' }),
  takeRole: (scope) => takeRole(scope, { ref: known.ref, role: 'lead' }),
  setTracker: (scope) => setTracker(scope, { ref: known.ref, text: 'https://tickets.example.org/1' }),
  cancel: (scope) => cancel(scope, { ref: known.ref, reason: 'x' }),
  choose: (scope) => choose(scope, { choiceId: known.choiceId, index: 0 }),
  chooseTyped: (scope) => chooseTyped(scope, { choiceId: known.choiceId, text: '10m ago' }),
  confirmMark: (scope) => confirmMark(scope, { ref: known.ref, milestone: 'detected' }),
  declareAnyway: (scope) => declareAnyway(scope, known),
  dismissCheck: (scope) => dismissCheck(scope, { ...known, key: 'x', reason: 'x' }),
  undoDismissal: (scope) => undoDismissal(scope, { ...known, key: 'x' }),
  editEntry: (scope) => editEntry(scope, { ref: known.ref, number: 1, text: 'x' }),
  editSection: (scope) => editSection(scope, { ...known, section: 'summary', text: 'x', seen: 0 }),
  restoreSection: (scope) => restoreSection(scope, { ...known, section: 'summary', version: 1, seen: 0 }),
  endImpact: (scope) => endImpact(scope, known),
  entryOfTeam: (scope) => entryOfTeam(scope, known.entryId),
  fixCheck: (scope) => fixCheck(scope, { ...known, key: 'x' }),
  join: (scope) => join(scope, { ref: known.ref }),
  makeDraft: (scope) => makeDraft(scope, { ...known, reason: 'x' }),
  redraft: (scope) => redraft(scope, known),
  markDone: (scope) => markDone(scope, { ...known, milestone: 'root_cause_identified', text: '10m ago' }),
  markNumbered: (scope) => markNumbered(scope, { ref: known.ref, number: 1, milestones: ['mitigated'] }),
  moveMark: (scope) => moveMark(scope, { ...known, milestone: 'mitigated' }),
  note: (scope) => note(scope, { ref: known.ref, text: 'x', source: 'command', milestones: [] }),
  reopen: (scope) => reopen(scope, { ref: known.ref }),
  requestDraft: (scope) => requestDraft(scope, { ref: known.ref }),
  resolve: (scope) => resolve(scope, { ref: known.ref, text: '' }),
  retime: (scope) => retime(scope, { ref: known.ref, number: 1, text: '10m ago' }),
  retract: (scope) => retract(scope, { ref: known.ref, number: 1 }),
  restore: (scope) => restore(scope, { ref: known.ref, number: 1 }),
  setCustomers: (scope) => setCustomers(scope, { ref: known.ref, text: 'x' }),
  setImpact: (scope) => setImpact(scope, { ref: known.ref, text: 'from 10m ago' }),
  setLead: (scope) => setLead(scope, { ref: known.ref, userId: 'U9' }),
  setServices: (scope) => setServices(scope, { ref: known.ref, text: 'x' }),
  setRegions: (scope) => setRegions(scope, { ref: known.ref, text: 'x' }),
  setPostmortemState: (scope) => setPostmortemState(scope, { ...known, state: 'published' }),
  setSeverity: (scope) => setSeverity(scope, { ref: known.ref, severity: 'SEV1' }),
  setStatus: (scope) => setStatus(scope, { ref: known.ref, status: 'identified' }),
  setTitle: (scope) => setTitle(scope, { ref: known.ref, title: 'x' }),
  undoFlag: (scope) => undoFlag(scope, { ...known, flag: 'test', typed: 'test' }),
  writeSection: (scope) => writeSection(scope, { ref: known.ref, name: 'summary', text: 'x' }),
});
