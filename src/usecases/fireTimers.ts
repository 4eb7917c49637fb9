import type { Incident } from '../incident/types.ts';
import { followUp, remindOfActions } from './actionReminders.ts';
import { archiveDue } from './archive.ts';
import { nudge } from './nudge.ts';
import { tellCorrections } from './publish.ts';
import { remindOfRest } from './restingDraft.ts';
import type { Scope } from './scope.ts';

/**
 * Fires what is due of one incident. Its row is locked and the timers end in the same transaction as their effects:
 * each fires once, however many workers try. Timers that a long outage let pile up fire together, and what they say
 * is folded. Returns how many fired.
 */
export async function fireTimers(scope: Scope, input: { incidentId: string }): Promise<number> {
  const incident = await scope.tx.lockIncident({ id: input.incidentId });
  if (!incident) return 0;
  const fired = await scope.tx.fireTimers(incident.id, scope.now);
  const purposes = fired.map(({ purpose }) => purpose);
  await nudge(
    scope,
    incident,
    purposes.filter((one) => one.kind === 'nudge'),
  );
  // Those of a canceled or merged incident have gone with it.
  if (incident.status !== 'canceled' && incident.status !== 'merged') {
    await remindOfActions(
      scope,
      incident,
      purposes.filter((one) => one.kind === 'action'),
    );
    if (purposes.some((one) => one.kind === 'follow-up')) await followUp(scope, incident);
    if (purposes.some((one) => one.kind === 'correction')) await tellCorrections(scope, incident);
  }
  for (const purpose of purposes) {
    if (purpose.kind === 'archive-notice' || purpose.kind === 'archive')
      await archiveDue(scope, incident, purpose);
    if (purpose.kind === 'draft-rests') await remindOfRest(scope, incident, purpose);
  }
  return fired.length;
}

/** What an incident's timers meant to do failed: they are tried again later, so that others get their turn. */
export async function postponeTimers(
  scope: Scope,
  input: { incidentId: string; until: number },
): Promise<Incident | null> {
  const incident = await scope.tx.lockIncident({ id: input.incidentId });
  if (incident) await scope.tx.postponeTimers(incident.id, scope.now, input.until);
  return incident;
}
