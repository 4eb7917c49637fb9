import type { Incident } from '../incident/types.ts';
import { numberedEntry } from './entries.ts';
import { unmark } from './marks.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showEntry } from './show.ts';
import type { IncidentRef, StoredEntry } from './types.ts';

/** Takes the line `#number` off the timeline. */
export async function retract(
  scope: Scope,
  input: { ref: IncidentRef; number: number },
): Promise<StoredEntry> {
  const incident = await incidentFor(scope, input.ref);
  const entry = await numberedEntry(scope, incident, input.number);
  if (entry.retractedAt !== null)
    throw new Refusal({ code: 'already', what: `#${entry.number} is retracted` });
  // Held by a person, off the timeline: no reaction from before brings it back.
  await scope.tx.updateEntry(entry.id, { kept: true });
  await retractEntry(scope, incident, entry);
  return entry;
}

/** Brings a retracted line back, without the milestones it had. */
export async function restore(
  scope: Scope,
  input: { ref: IncidentRef; number: number },
): Promise<StoredEntry> {
  const incident = await incidentFor(scope, input.ref);
  const entry = await numberedEntry(scope, incident, input.number);
  if (entry.retractedAt === null)
    throw new Refusal({ code: 'already', what: `#${entry.number} is on the timeline` });
  await restoreEntry(scope, entry, true);
  return entry;
}

/** The entry and its text stay on record; its marks are retired with it. */
export async function retractEntry(scope: Scope, incident: Incident, entry: StoredEntry): Promise<void> {
  for (const mark of await scope.tx.activeMarks(incident.id)) {
    if (mark.entryId === entry.id) await unmark(scope, incident, mark);
  }
  await scope.tx.updateEntry(entry.id, { retractedAt: scope.now });
  await scope.tx.addRevision(
    entry.id,
    scope.who.userId,
    scope.now,
    'retract',
    {},
    { retractedAt: scope.now },
  );
  await showEntry(scope, { ...entry, retractedAt: scope.now });
}

export async function restoreEntry(scope: Scope, entry: StoredEntry, kept: boolean): Promise<void> {
  await scope.tx.updateEntry(entry.id, { retractedAt: null, kept });
  const before = { retractedAt: entry.retractedAt };
  await scope.tx.addRevision(entry.id, scope.who.userId, scope.now, 'restore', before, {});
  await showEntry(scope, { ...entry, retractedAt: null });
}
