import type { Milestone } from '../incident/milestones.ts';
import type { Incident } from '../incident/types.ts';
import { missingOf, outlook } from './replan.ts';
import type { Scope } from './scope.ts';

/**
 * A milestone got its mark: reminders of it show that, and one of which nothing is missing any more is answered by
 * whoever marked it.
 */
export async function settleNudges(scope: Scope, incident: Incident, milestone: Milestone): Promise<void> {
  const { tx, who, now } = scope;
  const open = (await tx.nudges(incident.id)).filter(
    ({ keys, answer }) => !answer && keys.includes(milestone),
  );
  if (open.length === 0) return;
  const seen = await outlook(tx, incident, now);
  for (const nudge of open) {
    if (missingOf(nudge, seen).length === 0) await tx.answerNudge(nudge.id, 'done', who.userId, now);
    await scope.send(incident.id, { kind: 'nudge', nudgeId: nudge.id });
  }
}
