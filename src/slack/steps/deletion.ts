import { postOnce } from '../post.ts';
import { message } from '../views/blocks.ts';
import { deletionNotice } from '../views/retention.ts';
import { incidentAndChannel, NO_CHANNEL, type StepHandler } from './types.ts';

/** Says in the channel when Debrief deletes what it keeps of the incident. */
export const tellDeletion: StepHandler<'deletion-notice'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  if (incident.closedAt === null) return { skipped: 'open again' };
  return { ts: await postOnce(deps, step, channel, message(deletionNotice(incident, step.delivery.at))) };
};
