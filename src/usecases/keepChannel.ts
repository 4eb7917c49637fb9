import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import type { IncidentRef } from './types.ts';

/** "Keep this channel": a channel that was to go to the archive stays. Pressed again it changes nothing. */
export async function keepChannel(scope: Scope, input: { ref: IncidentRef }): Promise<Incident> {
  const { tx, now, who } = scope;
  const incident = await incidentFor(scope, input.ref);
  const planned = (await tx.activeTimers(incident.id)).some(({ purpose }) => purpose.kind === 'archive');
  if (!planned) throw new Refusal({ code: 'already', what: 'The archiving is called off or over' });
  await tx.cancelTimer(incident.id, 'archive', now);
  await tx.addActivity(incident.id, who.userId, now, `<@${who.userId}> keeps the channel from the archive`);
  return incident;
}
