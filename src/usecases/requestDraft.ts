import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** Queues a draft from the timeline as it stands, of an open incident too. Its version says who asked for it. */
export async function requestDraft(scope: Scope, input: { ref: IncidentRef }): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  await scope.send(incident.id, { kind: 'draft', reason: `asked for by <@${scope.who.userId}>` });
  return incident;
}
