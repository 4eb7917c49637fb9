import { isPerson } from '../incident/people.ts';
import type { ExpectationKey } from '../incident/reminders.ts';
import type { TimerPurpose } from '../incident/timers.ts';
import type { Incident } from '../incident/types.ts';
import { callPeople } from './callPeople.ts';
import { outlook } from './replan.ts';
import { mayHear, type Scope } from './scope.ts';
import type { Nudge } from './types.ts';

type NudgePurpose = Extract<TimerPurpose, { kind: 'nudge' }>;

/** How long the lead has before those after them are called. */
export const ESCALATE_AFTER_MS = 10 * 60_000;

/**
 * Reminds people of what is late: first the lead by direct message, or the channel where nobody leads who may see the
 * incident; then those whom the settings name, by direct message and in the channel. What meanwhile came about, or was dismissed, is left out.
 */
export async function nudge(scope: Scope, incident: Incident, due: NudgePurpose[]): Promise<void> {
  if (due.length === 0) return;
  const { expected } = await outlook(scope.tx, incident, scope.now);
  // The policy gives more time since they were set.
  for (const { key, dueAt } of expected.filter(({ late }) => !late))
    for (const purpose of due.filter((one) => one.expected === key))
      await scope.setTimer(incident, dueAt, purpose);
  const late = expected.filter((one) => one.late);
  const keysOf = (stage: NudgePurpose['stage']) =>
    late
      .map(({ key }) => key)
      .filter((key) => due.some((one) => one.expected === key && one.stage === stage));
  const first = keysOf('lead');
  const second = keysOf('escalation');
  const { channelId } = incident;
  const leadId =
    incident.leadId && (await mayHear(scope.tx, incident, incident.leadId)) ? incident.leadId : null;
  if (leadId) await tell(scope, incident, 'lead', leadId, first);
  // Both would go to the same channel: one message says it all.
  const others = leadId ? second : [...second, ...first];
  if (second.length > 0 && !incident.test) {
    // The members of user groups follow when the channel's message is posted: Slack knows them.
    const { settings } = await scope.tx.settings(incident.teamId);
    const people = settings.escalation.filter(isPerson);
    await callPeople(scope, incident, { keys: others, at: scope.now }, people);
  }
  if (channelId) await tell(scope, incident, second.length > 0 ? 'escalation' : 'channel', channelId, others);
  for (const expected of first) {
    const purpose = { kind: 'nudge', expected, stage: 'escalation' } as const;
    await scope.setTimer(incident, scope.now + ESCALATE_AFTER_MS, purpose);
  }
}

async function tell(
  scope: Scope,
  incident: Incident,
  stage: Nudge['stage'],
  to: string,
  keys: ExpectationKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const nudgeId = await scope.tx.addNudge({ incidentId: incident.id, keys, stage, to, at: scope.now });
  await scope.send(incident.id, { kind: 'nudge', nudgeId });
}
