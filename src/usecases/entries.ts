import type { Incident } from '../incident/types.ts';
import type { StoredEntry } from './ports.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';

/** The line `#number`, which must exist. */
export async function numberedEntry(scope: Scope, incident: Incident, number: number): Promise<StoredEntry> {
  const entry = await scope.tx.entryNumbered(incident.id, number);
  if (!entry) throw new Refusal({ code: 'no-such-entry', number });
  return entry;
}

/** The line `#number`, which must exist and stand on the timeline. */
export async function activeEntry(scope: Scope, incident: Incident, number: number): Promise<StoredEntry> {
  const entry = await numberedEntry(scope, incident, number);
  if (entry.retractedAt !== null) throw new Refusal({ code: 'retracted', number });
  return entry;
}
