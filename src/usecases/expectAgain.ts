import type { Milestone } from '../incident/milestones.ts';
import { timerKey } from '../incident/timers.ts';
import type { Incident } from '../incident/types.ts';
import { outlook } from './replan.ts';
import type { Scope } from './scope.ts';

/** Whoever takes a mark away may be about to put it elsewhere. */
export const AGAIN_AFTER_MS = 5 * 60_000;

/**
 * A milestone lost its mark: its reminder comes at its time, or soon where that is past, even if people were reminded
 * before the mark. Not where they dismissed that, nor where the milestone is not expected.
 */
export async function expectAgain(scope: Scope, incident: Incident, milestone: Milestone): Promise<void> {
  const { tx, now } = scope;
  const { expected, watched } = await outlook(tx, incident, now);
  const missing = expected.find(({ key }) => key === milestone);
  if (!missing) return;
  const asked = (await tx.nudges(incident.id)).filter(
    (one) => one.at > watched.from && one.keys.includes(milestone),
  );
  if (asked.some(({ answer }) => answer?.kind === 'dismissed')) return;
  // Its message shows what is missing, and so does it again.
  for (const { id, answer } of asked)
    if (!answer) await scope.send(incident.id, { kind: 'nudge', nudgeId: id });
  const purpose = { kind: 'nudge', expected: milestone, stage: 'lead' } as const;
  const active = await tx.activeTimers(incident.id);
  if (active.some((one) => timerKey(one.purpose) === timerKey(purpose))) return;
  await scope.setTimer(incident, Math.max(missing.dueAt, now + AGAIN_AFTER_MS), purpose);
}
