import { leadOf } from '../../incident/people.ts';
import { actionReminder, leftMessage } from '../views/actions.ts';
import { postOrSay } from './refused.ts';
import { hears, NO_CHANNEL, reading, type StepHandler } from './types.ts';

/** Reminds the owner by direct message; of an item that nobody owns who may see the incident, the channel. */
export const remindOfAction: StepHandler<'action-reminder'> = async (deps, step) => {
  const { incident, actions } = await reading(deps, (tx) => tx.record(step.incidentId));
  const action = actions.find((one) => one.number === step.delivery.number);
  if (!action || action.doneAt !== null) return { skipped: 'done or dropped' };
  const { ownerId } = action;
  const told = ownerId !== null && (await hears(deps, incident, ownerId));
  const to = told ? ownerId : incident.channelId;
  if (!to) return NO_CHANNEL;
  const view = actionReminder(incident, action, told);
  const what = `the reminder of action item ${action.number}`;
  return postOrSay(deps, step, { incident, to, what }, view);
};

/**
 * Tells a person what is left of their action items; who leads, what is left of nobody's too. Where they may not see
 * the incident, its channel.
 */
export const tellWhatIsLeft: StepHandler<'follow-up'> = async (deps, step) => {
  const { incident, actions } = await reading(deps, (tx) => tx.record(step.incidentId));
  const { to } = step.delivery;
  const lead = leadOf(incident);
  const left = actions.filter((one) => one.doneAt === null && (one.ownerId ?? lead) === to);
  if (left.length === 0) return { skipped: 'done or dropped' };
  const place = (await hears(deps, incident, to)) ? to : incident.channelId;
  if (!place) return NO_CHANNEL;
  const view = leftMessage(incident, left);
  const what = `what is left to do (action ${left.length === 1 ? 'item' : 'items'} ${left.map(({ number }) => number).join(', ')})`;
  return postOrSay(deps, step, { incident, to: place, what }, view);
};
