import type { IncidentRecord } from '../incident/types.ts';
import { mergedInto } from './mergedInto.ts';
import { recordRead } from './reads.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** The incident with all that is on record of it, for whoever may read it; of a merged one, the one that has its lines. */
export async function readTimeline(scope: Scope, input: { ref: IncidentRef }): Promise<IncidentRecord> {
  const meant = await incidentFor(scope, input.ref, 'read');
  const { id } = await mergedInto(scope, meant);
  const incident = id === meant.id ? meant : await incidentFor(scope, { id }, 'read');
  await recordRead(scope, incident, 'timeline');
  return scope.tx.record(incident.id);
}
