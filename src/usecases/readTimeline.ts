import type { IncidentRecord } from '../incident/types.ts';
import { recordRead } from './reads.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** The incident with all that is on record of it, for whoever may read it. */
export async function readTimeline(scope: Scope, input: { ref: IncidentRef }): Promise<IncidentRecord> {
  const incident = await incidentFor(scope, input.ref, 'read');
  await recordRead(scope, incident, 'timeline');
  return scope.tx.record(incident.id);
}
