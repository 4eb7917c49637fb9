import type { Incident } from '../incident/types.ts';
import { mayHear, type Scope } from './scope.ts';
import type { Nudge } from './types.ts';

/** How many people one reminder calls: those of the settings, and the members of user groups. */
export const MOST_CALLED = 30;

/**
 * Calls people after the lead: each is invited to the channel and reminded by direct message, once for a reminder
 * however often this runs. A private incident's channel is for people to invite to, and who may not see it hears nothing.
 */
export async function callPeople(
  scope: Scope,
  incident: Incident,
  { keys, at }: Pick<Nudge, 'keys' | 'at'>,
  people: readonly string[],
): Promise<void> {
  const { tx, send } = scope;
  const called = (await tx.nudges(incident.id)).filter((one) => isCall(one, at)).map(({ to }) => to);
  for (const to of new Set(people)) {
    if (called.includes(to) || !(await mayHear(tx, incident, to))) continue;
    if (incident.channelId && !incident.private) await send(incident.id, { kind: 'invite', userId: to });
    const nudgeId = await tx.addNudge({
      incidentId: incident.id,
      keys: [...keys],
      stage: 'escalation',
      to,
      at,
    });
    await send(incident.id, { kind: 'nudge', nudgeId });
  }
}

const isCall = ({ stage, at }: Nudge, of: number): boolean => stage === 'escalation' && at === of;

/** The reminder, and where several were called at once, what each of them got: an answer to one answers all. */
export async function copiesOf({ tx }: Pick<Scope, 'tx'>, nudge: Nudge): Promise<Nudge[]> {
  if (nudge.stage !== 'escalation') return [nudge];
  return (await tx.nudges(nudge.incidentId)).filter((one) => isCall(one, nudge.at));
}
