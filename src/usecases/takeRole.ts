import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { LEAD, setRole } from './setRole.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** A button that offers a role nobody has: the first to press gets it, the second is told who has it and since when. */
export async function takeRole(scope: Scope, input: { ref: IncidentRef; role: string }): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  const { role } = input;
  const holder = role === LEAD ? incident.leadId : (await scope.tx.roleHolder(incident.id, role))?.userId;
  if (holder && holder !== scope.who.userId) {
    const change = await scope.tx.lastChange(incident.id, role === LEAD ? 'lead' : `role:${role}`);
    const what = role === LEAD ? `<@${holder}> leads already` : `<@${holder}> is ${role} already`;
    throw new Refusal({ code: 'overtaken', what, ...(change ?? { by: holder, at: incident.declaredAt }) });
  }
  return setRole(scope, { ref: { id: incident.id }, role, userId: scope.who.userId });
}
