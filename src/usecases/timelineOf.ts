import type { Incident } from '../incident/types.ts';
import { mergedAway, mergedInto } from './mergedInto.ts';
import type { Wish } from './outsiders.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** The incident whose timeline gets a new line: a merged one has none any more, and its refusal names the other. */
export const timelineOf = (scope: Scope, ref: IncidentRef): Promise<Incident> => goingOn(scope, ref, 'note');

/** The incident whose timeline gets a message of a channel: of a merged one, the incident that has its lines. */
export async function timelineOfMessage(scope: Scope, channelId: string): Promise<Incident> {
  const incident = await incidentFor(scope, { teamId: scope.who.teamId, channelId }, 'note');
  if (incident.mergedIntoId === null) return incident;
  return incidentFor(scope, { id: (await mergedInto(scope, incident)).id }, 'note');
}

/** The incident that is to change: a merged one goes on elsewhere, and its refusal says where. */
export async function goingOn(scope: Scope, ref: IncidentRef, wish?: Wish): Promise<Incident> {
  const incident = await incidentFor(scope, ref, wish);
  if (incident.mergedIntoId === null) return incident;
  throw await mergedAway(scope, incident);
}
