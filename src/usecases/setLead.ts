import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { tellOfRole } from './tellOfRole.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** Gives the lead to a person (by default to the one who asks), and invites them. */
export async function setLead(scope: Scope, input: { ref: IncidentRef; userId: string }): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  if (incident.leadId === input.userId)
    throw new Refusal({ code: 'already', what: `<@${input.userId}> leads` });
  await scope.tx.updateIncident(incident.id, { leadId: input.userId });
  await scope.send(incident.id, { kind: 'invite', userId: input.userId });
  const before = incident.leadId ? ` (before: <@${incident.leadId}>)` : '';
  await showChange(scope, incident, `<@${input.userId}> leads${before}`, { topic: true, subject: 'lead' });
  await tellOfRole(scope, incident, { role: 'lead', userId: input.userId, before: incident.leadId });
  const led = { ...incident, leadId: input.userId };
  await replan(scope, led);
  return led;
}
