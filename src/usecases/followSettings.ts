import { isOpen } from '../incident/lifecycle.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';

/**
 * Brings an open incident in line with the workspace's settings as they are now: reminders by what is expected of its
 * severity, and everything that shows names, roles and emoji. False where it was closed meanwhile: then nothing is
 * done. Made again it changes nothing, and nobody is reminded of the same thing twice.
 */
export async function followSettings(
  scope: Scope,
  { incidentId, topic }: { incidentId: string; topic: boolean },
): Promise<boolean> {
  const incident = await scope.tx.lockIncident({ id: incidentId });
  if (!incident || !isOpen(incident.status)) return false;
  await replan(scope, incident, { settled: 'dismissed' });
  for (const { id, answer } of await scope.tx.nudges(incidentId))
    if (!answer) await scope.send(incidentId, { kind: 'nudge', nudgeId: id });
  await scope.send(incidentId, { kind: 'headline' });
  if (topic) await scope.send(incidentId, { kind: 'topic' });
  return true;
}
