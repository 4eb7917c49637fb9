import type { Incident } from '../incident/types.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** Queues a draft from the timeline as it stands, of an open incident too. */
export async function requestDraft(scope: Scope, input: { ref: IncidentRef }): Promise<Incident> {
  const incident = await incidentFor(scope, input.ref);
  await scope.send(incident.id, { kind: 'draft', reason: 'asked for' });
  return incident;
}
