import { milestoneOf } from '../incident/emoji.ts';
import { decideMark, isOpen } from '../incident/lifecycle.ts';
import type { Milestone } from '../incident/milestones.ts';
import type { Settings } from '../incident/settings.ts';
import type { Entry, Incident, Mark, Provenance } from '../incident/types.ts';
import { expectAgain } from './expectAgain.ts';
import type { Scope } from './scope.ts';
import { settleNudges } from './settleNudges.ts';
import { showEntry } from './show.ts';
import type { HeldBy, StoredEntry } from './types.ts';

export interface Marked {
  marked: Milestone[];
  /** Refused: a person's mark stands on another entry. */
  held: Mark[];
}

/** What a mark by a person is worth: seen in a message's own time, or asserted with a time of theirs. */
export const provenanceOf = (entry: Pick<Entry, 'timeFrom'>): Provenance =>
  entry.timeFrom === 'person' ? 'asserted' : 'observed';

/** Puts a person's marks on an entry. An inferred mark gives way, a person's stays where it is. */
export async function markEntry(
  scope: Scope,
  incident: Incident,
  entry: StoredEntry,
  milestones: readonly Milestone[],
  { byReaction = false, chosen = false }: Partial<HeldBy> = {},
): Promise<Marked> {
  const result: Marked = { marked: [], held: [] };
  for (const milestone of milestones) {
    const decided = decideMark(await scope.tx.activeMarks(incident.id), milestone, entry.id);
    if (decided.kind === 'held') result.held.push(decided.mark);
    if (decided.kind === 'already-there') {
      result.marked.push(milestone);
      if (!byReaction) await scope.tx.holdMark(incident.id, milestone);
    }
    if (decided.kind === 'held' || decided.kind === 'already-there') continue;
    if (decided.kind === 'replaces') await retire(scope, incident, milestone);
    const provenance = provenanceOf(entry);
    const mark = { entryId: entry.id, milestone, provenance, by: scope.who.userId, byReaction, chosen };
    await scope.tx.addMark(incident.id, mark, scope.now);
    await scope.tx.addRevision(entry.id, scope.who.userId, scope.now, 'mark', {}, { milestone, provenance });
    result.marked.push(milestone);
    await settleNudges(scope, incident, milestone);
  }
  return result;
}

/** Who marked `resolved` by a form, which closes, is asked in the channel whether the incident is to close, too. */
export async function offerClose(
  scope: Scope,
  incident: Incident,
  { entry, marked, held }: Marked & { entry: Pick<StoredEntry, 'id'> },
): Promise<void> {
  if (!marked.includes('resolved') || !isOpen(incident.status) || held.length > 0) return;
  await scope.send(incident.id, {
    kind: 'captured',
    entryId: entry.id,
    userId: scope.who.userId,
    held: [],
  });
}

/** Adds the line of a system event with an inferred mark, unless the milestone is marked already. By default now. */
export async function infer(
  scope: Scope,
  incident: Incident,
  milestone: Milestone,
  text: string,
  occurredAt = scope.now,
): Promise<void> {
  if (incident.retrospective) return;
  const marks = await scope.tx.activeMarks(incident.id);
  if (marks.some((one) => one.milestone === milestone)) return;
  const by = scope.who.userId;
  const entry = await scope.tx.addEntry(incident.id, by, scope.now, {
    occurredAt,
    precision: 'exact',
    timeFrom: 'system',
    text,
    source: 'system',
    message: null,
    authorId: by,
    kept: true,
  });
  const mark = { entryId: entry.id, milestone, provenance: 'inferred' as const, by };
  await scope.tx.addMark(incident.id, mark, scope.now);
  await settleNudges(scope, incident, milestone);
  await showEntry(scope, entry);
}

/** Takes the active mark away; the revision on its entry keeps that it was there. */
export async function retire(scope: Scope, incident: Incident, milestone: Milestone): Promise<void> {
  const mark = (await scope.tx.activeMarks(incident.id)).find((one) => one.milestone === milestone);
  if (!mark) return;
  await scope.tx.retireMark(incident.id, milestone, scope.who.userId, scope.now);
  const before = { milestone, provenance: mark.provenance };
  await scope.tx.addRevision(mark.entryId, scope.who.userId, scope.now, 'unmark', before, {});
  const entry = await scope.tx.entry(mark.entryId);
  if (entry) await showEntry(scope, entry);
}

/**
 * Of the reactions that stand for a milestone, the one that was there first marks its line, whichever of them we heard
 * of first. A mark that a person gave in another way, or chose the line of, stays. The entry `shown` is posted by the
 * caller.
 */
export async function markFirst(
  scope: Scope,
  incident: Incident,
  milestone: Milestone,
  settings: Settings,
  shown: string,
): Promise<void> {
  const mark = (await scope.tx.activeMarks(incident.id)).find((one) => one.milestone === milestone);
  const inferred = mark?.provenance === 'inferred';
  if (mark && !inferred && (mark.chosen || !mark.byReaction)) return;
  const reactions = await scope.tx.reactionsOf(incident.id);
  const first = reactions.find(({ emoji }) => milestoneOf(emoji, settings) === milestone);
  const entry = first && (await scope.tx.entry(first.entryId));
  if (!entry || (mark?.entryId === entry.id && !inferred)) return;
  if (mark && !inferred) {
    await retire(scope, incident, milestone);
    await restoreReplaced(scope, incident, mark);
  }
  const theirs = { ...scope, who: { ...scope.who, userId: first.userId } };
  await markEntry(theirs, incident, entry, [milestone], { byReaction: true });
  if (entry.id !== shown) await showEntry(scope, entry);
}

/**
 * Takes a person's mark away with what gave rise to it. The inferred mark that it had replaced stands again, unless
 * its line is off the timeline: a reaction taken back leaves things as they were. What is missing then is asked for
 * again.
 */
export async function unmark(scope: Scope, incident: Incident, mark: Mark): Promise<void> {
  await retire(scope, incident, mark.milestone);
  await restoreReplaced(scope, incident, mark);
  await expectAgain(scope, incident, mark.milestone);
}

async function restoreReplaced(scope: Scope, incident: Incident, mark: Mark): Promise<void> {
  const replaced = await scope.tx.replacedMark(incident.id, mark);
  const entry = replaced && (await scope.tx.entry(replaced.entryId));
  if (!replaced || !entry || entry.retractedAt !== null) return;
  const { milestone, provenance, entryId, markedBy: by } = replaced;
  await scope.tx.addMark(incident.id, { milestone, provenance, entryId, by }, scope.now);
  await scope.tx.addRevision(entryId, scope.who.userId, scope.now, 'mark', {}, { milestone, provenance });
  await showEntry(scope, entry);
}
