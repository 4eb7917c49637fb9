import { actionReminders, weekLater } from '../incident/actionReminders.ts';
import { leadOf } from '../incident/people.ts';
import { type TimerPurpose, timerKey } from '../incident/timers.ts';
import type { ActionItem, Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';

const WHEN = ['before', 'due'] as const;

/** Sets the reminders of an action item with a date, in its owner's zone; without an owner in the incident's. */
export async function planReminders(scope: Scope, incident: Incident, action: ActionItem): Promise<void> {
  const { due, ownerId, number } = action;
  if (due === null) return;
  const zone = (ownerId && (await scope.tx.zoneOf(incident.teamId, ownerId))) || incident.zone;
  for (const { when, at } of actionReminders(due, zone, scope.now))
    await scope.setTimer(incident, at, { kind: 'action', number, when });
}

export async function cancelReminders(scope: Scope, incident: Incident, number: number): Promise<void> {
  for (const when of WHEN)
    await scope.tx.cancelTimer(incident.id, timerKey({ kind: 'action', number, when }), scope.now);
}

/** Reminds of action items that are due; of two reminders that an outage let pile up only the later one is left. */
export async function remindOfActions(
  scope: Scope,
  incident: Incident,
  due: Extract<TimerPurpose, { kind: 'action' }>[],
): Promise<void> {
  const latest = new Map(due.map((one) => [one.number, one]));
  for (const { number } of latest.values()) {
    const action = await scope.tx.actionNumbered(incident.id, number);
    if (!action || action.doneAt !== null) continue;
    await scope.send(incident.id, { kind: 'action-reminder', number });
  }
}

/** Weekly after publishing: each owner is told what is left, until it is done or dropped. */
export async function followUp(scope: Scope, incident: Incident): Promise<void> {
  const left = await leftOf(scope, incident);
  if (left.length === 0) return;
  const lead = leadOf(incident);
  for (const to of new Set(left.map(({ ownerId }) => ownerId ?? lead)))
    await scope.send(incident.id, { kind: 'follow-up', to });
  await planFollowUp(scope, incident);
}

/** Sets the next follow-up where there is something to follow. One that is set already keeps its time. */
export async function planFollowUp(scope: Scope, incident: Incident): Promise<void> {
  const set = await scope.tx.activeTimers(incident.id);
  if (set.some(({ purpose }) => purpose.kind === 'follow-up')) return;
  if ((await leftOf(scope, incident)).length === 0) return;
  await scope.setTimer(incident, weekLater(scope.now, incident.zone), { kind: 'follow-up' });
}

/** What a published postmortem's incident still has to do; nothing while the postmortem is a draft. */
async function leftOf({ tx }: Scope, { id: incidentId }: Incident): Promise<ActionItem[]> {
  const postmortem = await tx.postmortem({ incidentId });
  return postmortem?.state === 'published' ? unfinished(postmortem.record.actions) : [];
}

/** Dropped ones are not in a record. */
export const unfinished = (actions: readonly ActionItem[]): ActionItem[] =>
  actions.filter((one) => one.doneAt === null);
