import type { Incident } from '../incident/types.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** The incident whose draft is to be passed on, and its postmortem; null before the first draft. */
export async function publicFormOf(
  scope: Scope,
  input: { ref: IncidentRef },
): Promise<{ incident: Incident; postmortemId: string | null }> {
  const incident = await incidentFor(scope, input.ref);
  const postmortem = await scope.tx.postmortem({ incidentId: incident.id });
  return { incident, postmortemId: postmortem?.id ?? null };
}
