import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** The incident whose timeline gets a new line: a merged one has none any more, and its refusal names the other. */
export async function timelineOf(scope: Scope, ref: IncidentRef): Promise<Incident> {
  const incident = await incidentFor(scope, ref, 'note');
  if (incident.mergedIntoId === null) return incident;
  const into = (await scope.tx.record(incident.id)).mergedInto?.number ?? 0;
  throw new Refusal({ code: 'merged', number: incident.number, into });
}
