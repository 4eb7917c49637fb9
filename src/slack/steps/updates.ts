import { limitedTo } from '../../usecases/outsiders.ts';
import { isOpenToAll } from '../../usecases/subscribers.ts';
import { conversationWith, postOnce } from '../post.ts';
import { subscriberMessage, updateMessage } from '../views/updates.ts';
import { announcedOnce, sayRefused } from './announcement.ts';
import { NOT_TOLD, reading, type StepHandler } from './types.ts';

/** Posts an update in the thread of the incident's announcement. */
export const postUpdate: StepHandler<'update'> = async (deps, step) => {
  const parent = await announcedOnce(deps, step);
  if ('skipped' in parent) return parent;
  const { record, update } = await reading(deps, async (tx) => ({
    record: await tx.record(step.incidentId),
    update: await tx.update(step.delivery.updateId),
  }));
  if (!update) throw new Error('the update is gone');
  const view = updateMessage(record.incident, update, record.names);
  const { channelId } = parent;
  try {
    return { ts: await postOnce(deps, step, channelId, view, 'update', parent.ts) };
  } catch (error) {
    const what = `update ${update.number}`;
    return sayRefused(deps, step, { incident: record.incident, what, channelId }, error);
  }
};

/** Tells one subscriber, by direct message. */
export const tellSubscriber: StepHandler<'subscriber'> = async (deps, step) => {
  const { userId, updateId } = step.delivery;
  const { teamId } = await reading(deps, (tx) => tx.incident(step.incidentId));
  // Who owns a service was only named: whether it is a guest, Slack knows.
  await deps.people.actor(deps.client, teamId, userId);
  const { record, update, may } = await reading(deps, async (tx) => ({
    record: await tx.record(step.incidentId),
    update: updateId && (await tx.update(updateId)),
    may: await limitedTo({ tx, who: { teamId, userId, zone: null } }),
  }));
  if (!isOpenToAll(record.incident)) return { skipped: 'private or a test' };
  if (may !== null) return NOT_TOLD;
  const view = subscriberMessage(record, update || null);
  return { ts: await postOnce(deps, step, await conversationWith(deps.client, userId), view) };
};
