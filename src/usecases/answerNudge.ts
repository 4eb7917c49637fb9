import type { ExpectationKey } from '../incident/reminders.ts';
import { timerKey } from '../incident/timers.ts';
import type { Incident } from '../incident/types.ts';
import { copiesOf } from './callPeople.ts';
import { Refusal } from './refusal.ts';
import { missingOf, outlook } from './replan.ts';
import { incidentFor, mustBeId, type Scope } from './scope.ts';
import { expectedSaid } from './texts.ts';
import type { Nudge } from './types.ts';

export const SNOOZE_MS = 15 * 60_000;

export interface OpenNudge {
  incident: Incident;
  nudge: Nudge;
  /** What it reminds of and is still missing. */
  missing: ExpectationKey[];
}

/** The nudge meant, its incident locked. An id of another team's is as unknown as one that never was. */
export async function nudgeOfTeam(scope: Scope, nudgeId: string): Promise<OpenNudge> {
  mustBeId(nudgeId);
  const found = await scope.tx.nudge(nudgeId);
  if (!found) throw new Refusal({ code: 'no-incident-here' }, `reminder ${nudgeId}, which is not there`);
  const incident = await incidentFor(scope, { id: found.incidentId });
  const nudge = (await scope.tx.nudge(nudgeId)) ?? found;
  const missing = missingOf(nudge, await outlook(scope.tx, incident, scope.now));
  return { incident, nudge, missing };
}

/** One that waits for an answer; otherwise a refusal that says who answered, or that nothing is missing any more. */
export async function openNudge(scope: Scope, nudgeId: string): Promise<OpenNudge> {
  const open = await nudgeOfTeam(scope, nudgeId);
  const { answer } = open.nudge;
  if (answer) throw new Refusal({ code: 'nudge-answered', ...answer });
  if (open.missing.length === 0)
    throw new Refusal({ code: 'already', what: 'What this reminder asks for is there' });
  return open;
}

/**
 * Puts a reminder off for a quarter of an hour, or ends it: on record with who and when. Of two people who press at
 * once one wins, the other is told.
 */
export async function answerNudge(
  scope: Scope,
  input: { nudgeId: string; answer: 'snoozed' | 'dismissed' },
): Promise<OpenNudge> {
  const { tx, now, who } = scope;
  const open = await openNudge(scope, input.nudgeId);
  const { incident, nudge, missing } = open;
  const stage = nudge.stage === 'escalation' ? 'escalation' : 'lead';
  for (const expected of missing) {
    const purpose = { kind: 'nudge', expected, stage, snoozed: true } as const;
    if (input.answer === 'snoozed') await scope.setTimer(incident, now + SNOOZE_MS, purpose);
    else await tx.cancelTimer(incident.id, timerKey(purpose), now);
  }
  const words = input.answer === 'snoozed' ? 'put off for 15 minutes' : 'dismissed';
  await tx.addActivity(
    incident.id,
    who.userId,
    now,
    `Reminder ${words} by <@${who.userId}>: ${missing.map((key) => expectedSaid(key, scope.names)).join(', ')}`,
  );
  for (const { id } of await copiesOf(scope, nudge)) {
    await tx.answerNudge(id, input.answer, who.userId, now);
    await scope.send(incident.id, { kind: 'nudge', nudgeId: id });
  }
  return open;
}
