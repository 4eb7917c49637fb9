import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, mustBeRef, type Scope } from './scope.ts';
import { showChange } from './show.ts';
import type { IncidentRef } from './types.ts';

/**
 * Says that two incidents have to do with each other. A private one may name a public one, which then says nothing
 * of it; a private one is named nowhere.
 */
export async function relate(
  scope: Scope,
  input: { ref: IncidentRef; to: number },
): Promise<{ incident: Incident; other: Incident }> {
  const { tx, now, who } = scope;
  mustBeRef(input.ref);
  await tx.lockIncidents([input.ref, { teamId: who.teamId, number: input.to }]);
  const incident = await incidentFor(scope, input.ref);
  const other = await incidentFor(scope, { teamId: who.teamId, number: input.to });
  const numbers = { number: incident.number, into: other.number };
  if (incident.id === other.id) throw new Refusal({ code: 'cannot-relate', ...numbers, why: 'same' });
  if (other.private) throw new Refusal({ code: 'cannot-relate', ...numbers, why: 'private' });
  if (!(await tx.relate(incident.id, other.id, who.userId, now)))
    throw new Refusal({ code: 'already', what: `INC-${other.number} is related` });
  await showChange(scope, incident, `Related to INC-${other.number}`);
  if (!incident.private) await showChange(scope, other, `Related to INC-${incident.number}`);
  return { incident, other };
}
