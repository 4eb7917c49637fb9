import { decideMark, isOpen } from '../incident/lifecycle.ts';
import type { Milestone } from '../incident/milestones.ts';
import type { Incident, IncidentRecord } from '../incident/types.ts';
import { BY_RULE } from '../incident/windows.ts';
import { planFollowUp, planReminders, unfinished } from './actionReminders.ts';
import { withdrawReview } from './endReview.ts';
import { retire } from './marks.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import { incidentFor, mayHear, mustBeRef, type Scope } from './scope.ts';
import { openIncident } from './setStatus.ts';
import { fromMessage, showChange } from './show.ts';
import type { IncidentRef } from './types.ts';

export interface Merged {
  from: Incident;
  into: Incident;
  /** Lines that moved. */
  moved: number;
  /** Milestones that both had: the mark of the incident that goes on stands. */
  collided: Milestone[];
}

/**
 * Merges an open incident into another: its lines move with their marks, links and where they came from, and so do
 * windows, services, factors, action items, and the tracker where the other has none. Where both have a milestone, the
 * other's mark stands, unless that is inferred and this one a person's. Both numbers stay; this one is closed as merged.
 */
export async function merge(scope: Scope, input: { ref: IncidentRef; into: number }): Promise<Merged> {
  const { tx, now, who } = scope;
  mustBeRef(input.ref);
  await tx.lockIncidents([input.ref, { teamId: who.teamId, number: input.into }]);
  const from = await openIncident(scope, input.ref);
  const into = await incidentFor(scope, { teamId: who.teamId, number: input.into });
  check(from, into);
  const [source, target] = [await tx.record(from.id), await tx.record(into.id)];
  const collided = await moveMarks(scope, from, into);
  await moveWindows(scope, source, target);
  const moved = await tx.moveParts(from, into, who.userId, now);
  await remindThere(scope, into, target);
  for (const [name, text] of Object.entries({ summary: source.incident.summary, ...source.sections })) {
    const theirs = name === 'summary' ? target.incident.summary : target.sections[name as 'root-cause'];
    if (text && !theirs) await tx.writeSection(into.id, who.userId, now, name, text);
  }
  const services = [...new Set([...into.services, ...from.services])];
  const regions = [...new Set([...into.regions, ...from.regions])];
  const tracker = into.tracker ?? from.tracker;
  await tx.updateIncident(into.id, { services, regions, tracker });
  if (tracker !== into.tracker) await scope.send(into.id, { kind: 'bookmarks', tell: false });
  const patch = { status: 'merged' as const, closedAt: now, mergedIntoId: into.id };
  await tx.updateIncident(from.id, patch);
  const closed = { ...from, ...patch };
  await withdrawReview(scope, from, 'merged');
  await tell(scope, closed, into, moved);
  await renumber(scope, closed, source);
  await replan(scope, closed);
  return { from: closed, into: { ...into, services, regions, tracker }, moved, collided };
}

function check(from: Incident, into: Incident): void {
  const refuse = (why: 'same' | 'private' | 'test' | 'gone') =>
    new Refusal({ code: 'cannot-merge', number: from.number, into: into.number, why });
  if (from.id === into.id) throw refuse('same');
  // A line must not reach more people, nor fewer, than it was written for.
  if (from.private !== into.private) throw refuse('private');
  if (from.test !== into.test) throw refuse('test');
  if (!isOpen(into.status) && into.status !== 'resolved') throw refuse('gone');
}

async function moveMarks(scope: Scope, from: Incident, into: Incident): Promise<Milestone[]> {
  const { tx } = scope;
  const collided: Milestone[] = [];
  for (const mark of await tx.activeMarks(from.id)) {
    const decided = decideMark(await tx.activeMarks(into.id), mark.milestone, mark.entryId);
    if (decided.kind === 'new') continue;
    if (decided.kind === 'replaces' && mark.provenance !== 'inferred') {
      await retire(scope, into, mark.milestone);
      continue;
    }
    collided.push(mark.milestone);
    await retire(scope, from, mark.milestone);
  }
  return collided;
}

/** What the windows are by rule becomes a window of its own once there are others beside it. */
async function moveWindows({ tx, now, who }: Scope, source: IncidentRecord, target: IncidentRecord) {
  if (source.windows.length === 0) return;
  await tx.clearWindows(source.incident.id, now);
  if (target.windows.length === 0) await tx.addWindow(target.incident.id, who.userId, now, BY_RULE);
  for (const window of source.windows) await tx.addWindow(target.incident.id, who.userId, now, window);
}

/** Action items that came in are reminded of, and followed up, where they are now. */
async function remindThere(scope: Scope, into: Incident, before: IncidentRecord): Promise<void> {
  const { actions } = await scope.tx.record(into.id);
  const came = actions.filter(({ id }) => !before.actions.some((one) => one.id === id));
  for (const action of unfinished(came)) await planReminders(scope, into, action);
  await planFollowUp(scope, into);
}

/** The bot's own lines in the channel that is left say their new numbers; by its own lane, since they may be many. */
async function renumber(scope: Scope, from: Incident, { entries }: IncidentRecord): Promise<void> {
  for (const entry of entries) {
    if (fromMessage(entry) || entry.retractedAt !== null) continue;
    await scope.send(from.id, { kind: 'entry', entryId: entry.id });
  }
}

async function tell(scope: Scope, from: Incident, into: Incident, moved: number): Promise<void> {
  const lines = `${moved} ${moved === 1 ? 'line' : 'lines'}`;
  await showChange(scope, from, `Merged into INC-${into.number}, ${lines} moved`, {
    topic: true,
    subject: 'status',
  });
  await showChange(scope, into, `INC-${from.number} merged into this one, ${lines} moved`, { topic: true });
  await scope.send(from.id, { kind: 'merged', otherId: into.id, moved, here: false });
  await scope.send(into.id, { kind: 'merged', otherId: from.id, moved, here: true });
  // Who was put out of the one is not brought into the other.
  for (const userId of new Set([from.declaredBy, ...(from.leadId ? [from.leadId] : [])]))
    if (await mayHear(scope.tx, from, userId)) await scope.send(into.id, { kind: 'invite', userId });
}
