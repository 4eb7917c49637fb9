import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { setLead } from './setLead.ts';
import { showChange } from './show.ts';
import { tellOfRole } from './tellOfRole.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

export const LEAD = 'lead';

/** Gives a role of the settings (or the lead) to a person, invites them, and tells the channel. One person a role. */
export async function setRole(
  scope: Scope,
  input: { ref: IncidentRef; role: string; userId: string },
): Promise<Incident> {
  const { tx, who, now } = scope;
  const incident = await goingOn(scope, input.ref);
  const wanted = input.role.trim().toLowerCase();
  if (wanted === LEAD) return setLead(scope, { ref: { id: incident.id }, userId: input.userId });
  const { roles } = (await tx.settings(incident.teamId)).settings;
  const role = roles.find((one) => one.toLowerCase() === wanted);
  if (!role)
    throw new Refusal({ code: 'unknown', what: 'role', word: input.role.trim(), known: [LEAD, ...roles] });
  const { userId } = input;
  const before = (await tx.roleHolder(incident.id, role))?.userId ?? null;
  if (before === userId) throw new Refusal({ code: 'already', what: `<@${userId}> is ${role}` });
  await tx.setRole(incident.id, { role, userId }, who.userId, now);
  await scope.send(incident.id, { kind: 'invite', userId });
  const was = before ? ` (before: <@${before}>)` : '';
  await showChange(scope, incident, `<@${userId}> is ${role}${was}`, { subject: `role:${role}` });
  await tellOfRole(scope, incident, { role, userId, before });
  return incident;
}
