import { type Expectation, type ExpectationKey, expectations, type Watched } from '../incident/reminders.ts';
import type { Policy } from '../incident/settings.ts';
import { timerKey } from '../incident/timers.ts';
import type { Incident } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import { planArchive } from './archive.ts';
import type { Tx } from './ports.ts';
import type { Scope } from './scope.ts';
import type { Nudge } from './types.ts';

export interface Outlook {
  policy: Policy;
  watched: Watched;
  /** What is still expected, late or not. */
  expected: Expectation[];
}

/** What is expected of the incident as it stands, by its severity's policy. */
export async function outlook(tx: Tx, incident: Incident, now: Instant): Promise<Outlook> {
  const { settings } = await tx.settings(incident.teamId);
  const { policy } = settings.severities[incident.severity];
  const watched = { ...incident, ...(await tx.watch(incident.id)) };
  const marks = await tx.activeMarks(incident.id);
  return { policy, watched, expected: expectations(policy, watched, marks, now) };
}

/** Whether people were reminded of it already: not again, until the next thing of that kind is expected. */
export const remindedOf = (nudges: readonly Nudge[], key: ExpectationKey, watched: Watched): boolean =>
  nudges.some(
    (one) =>
      one.keys.includes(key) && one.at > Math.max(watched.from, (key === 'update' && watched.updatedAt) || 0),
  );

/** What a reminder asks for and is still not there; an update that came after it is. */
export const missingOf = (
  nudge: Pick<Nudge, 'keys' | 'at'>,
  { expected, watched }: Pick<Outlook, 'expected' | 'watched'>,
): ExpectationKey[] =>
  nudge.keys.filter(
    (key) =>
      expected.some((one) => one.key === key) && (key !== 'update' || (watched.updatedAt ?? 0) < nudge.at),
  );

/**
 * Sets the incident's timers by its present state; call it with the state that a change led to. `anew`: what its
 * severity expects is counted from now (declared, reopened, severity raised). A closed incident keeps no reminder.
 * `settled`: how reminders end whose matter is there, or is expected no more.
 */
export async function replan(
  scope: Scope,
  incident: Incident,
  { anew = false, settled = 'done' }: { anew?: boolean; settled?: 'done' | 'dismissed' } = {},
): Promise<void> {
  const { tx, now } = scope;
  if (anew) await tx.watchFrom(incident.id, now);
  const { watched, expected } = await outlook(tx, incident, now);
  const nudges = await tx.nudges(incident.id);
  for (const { purpose } of await tx.activeTimers(incident.id)) {
    if (purpose.kind !== 'nudge') continue;
    const stays = !anew && expected.some(({ key }) => key === purpose.expected);
    if (!stays) await tx.cancelTimer(incident.id, timerKey(purpose), now);
  }
  const active = await tx.activeTimers(incident.id);
  for (const { key, dueAt } of expected) {
    const purpose = { kind: 'nudge', expected: key, stage: 'lead' } as const;
    const set = active.find((one) => timerKey(one.purpose) === timerKey(purpose));
    // A reminder that was put off, or goes to others next, keeps its time.
    const underWay =
      set?.purpose.kind === 'nudge' && (set.purpose.snoozed || set.purpose.stage === 'escalation');
    // Unless more time was given meanwhile: nobody is called before that is over.
    if (set && underWay && set.dueAt < dueAt) await scope.setTimer(incident, dueAt, set.purpose);
    if (underWay || remindedOf(nudges, key, watched)) continue;
    await scope.setTimer(incident, dueAt, purpose);
  }
  for (const nudge of nudges) {
    // Settled by whoever brought what was missing.
    if (nudge.answer || missingOf(nudge, { expected, watched }).length > 0) continue;
    await tx.answerNudge(nudge.id, settled, scope.who.userId, now);
    await scope.send(incident.id, { kind: 'nudge', nudgeId: nudge.id });
  }
  // It rests again from its next version on.
  if (incident.status !== 'resolved') await tx.cancelTimer(incident.id, 'draft-rests', now);
  await planArchive(scope, incident);
}
