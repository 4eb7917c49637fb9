import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** Invites the person to the channel of an incident that they may see: on record, since it changes who is in it. */
export async function join(scope: Scope, input: { ref: IncidentRef }): Promise<Incident> {
  const incident = await incidentFor(scope, input.ref);
  if (!incident.channelId) throw new Refusal({ code: 'no-channel', number: incident.number });
  const { userId } = scope.who;
  await scope.tx.addActivity(incident.id, userId, scope.now, `<@${userId}> asked to be invited`);
  await scope.send(incident.id, { kind: 'invite', userId });
  return incident;
}
