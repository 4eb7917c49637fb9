import type { Incident } from '../incident/types.ts';
import { mergedAway } from './mergedInto.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, mustBeId, type Scope } from './scope.ts';
import type { StoredEntry } from './types.ts';

/**
 * The line of that id and its incident, locked. An id of another team's is as unknown as one that never was. The
 * line is read anew under the lock: it may have been retracted meanwhile.
 */
export async function entryOfTeam(
  scope: Scope,
  entryId: string,
): Promise<{ incident: Incident; entry: StoredEntry }> {
  mustBeId(entryId);
  const found = await scope.tx.entry(entryId);
  if (!found) throw new Refusal({ code: 'no-incident-here' }, `line ${entryId}, which is not there`);
  const incident = await incidentFor(scope, { id: found.incidentId });
  return { incident, entry: await numberedEntry(scope, incident, found.number) };
}

/** The line `#number`, which must exist. */
export async function numberedEntry(scope: Scope, incident: Incident, number: number): Promise<StoredEntry> {
  const entry = await scope.tx.entryNumbered(incident.id, number);
  if (!entry && incident.mergedIntoId !== null) throw await mergedAway(scope, incident);
  if (!entry) throw new Refusal({ code: 'no-such-entry', number });
  return entry;
}

/** The line `#number`, which must exist and stand on the timeline. */
export async function activeEntry(scope: Scope, incident: Incident, number: number): Promise<StoredEntry> {
  const entry = await numberedEntry(scope, incident, number);
  if (entry.retractedAt !== null) throw new Refusal({ code: 'retracted', number });
  return entry;
}
