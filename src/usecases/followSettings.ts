import { isOpen } from '../incident/lifecycle.ts';
import type { Milestone } from '../incident/milestones.ts';
import type { Incident } from '../incident/types.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { fromMessage } from './show.ts';

/**
 * Brings an open incident in line with the workspace's settings as they are now: reminders by what is expected of its
 * severity, and everything that shows names, roles and emoji. False where it was closed meanwhile: then nothing is
 * done. Made again it changes nothing, and nobody is reminded of the same thing twice.
 */
export async function followSettings(
  scope: Scope,
  { incidentId, topic, renamed = [] }: { incidentId: string; topic: boolean; renamed?: Milestone[] },
): Promise<boolean> {
  const incident = await scope.tx.lockIncident({ id: incidentId });
  if (!incident || !isOpen(incident.status)) return false;
  await replan(scope, incident, { settled: 'dismissed' });
  for (const { id, answer } of await scope.tx.nudges(incidentId))
    if (!answer) await scope.send(incidentId, { kind: 'nudge', nudgeId: id });
  await showRenamed(scope, incident, renamed);
  await scope.send(incidentId, { kind: 'headline' });
  if (topic) await scope.send(incidentId, { kind: 'topic' });
  return true;
}

/** Our own lines that name them; a message that somebody else wrote shows no name. */
async function showRenamed(scope: Scope, incident: Incident, renamed: Milestone[]): Promise<void> {
  const marks = await scope.tx.activeMarks(incident.id);
  const ids = marks.filter(({ milestone }) => renamed.includes(milestone)).map(({ entryId }) => entryId);
  for (const entryId of new Set(ids)) {
    const entry = await scope.tx.entry(entryId);
    if (entry && !fromMessage(entry)) await scope.send(incident.id, { kind: 'entry', entryId });
  }
}
