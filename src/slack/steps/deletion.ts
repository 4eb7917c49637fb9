import { postOnce } from '../post.ts';
import { message } from '../views/blocks.ts';
import { deletionNotice } from '../views/retention.ts';
import { incidentAndChannel, NO_CHANNEL, reading, type StepHandler } from './types.ts';

/** Says in the channel when Debrief deletes what it keeps of the incident. */
export const tellDeletion: StepHandler<'deletion-notice'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  if (incident.closedAt === null) return { skipped: 'open again' };
  const posted = await reading(deps, async (tx) => {
    const draft = await tx.draft(incident.id);
    const messages = [await tx.announced(incident.id), draft && (await tx.post(draft.id)).message];
    return [...new Set(messages.flatMap((one) => one?.channelId ?? []))];
  });
  const notice = deletionNotice(incident, step.delivery.at, posted);
  return { ts: await postOnce(deps, step, channel, message(notice)) };
};
