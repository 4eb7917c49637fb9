import { postOnce } from '../post.ts';
import { allowing } from '../slackErrors.ts';
import { archiveNotice } from '../views/nudge.ts';
import { incidentAndChannel, NO_CHANNEL, type StepHandler } from './types.ts';

/** Says in the channel when it goes to the archive. */
export const tellArchive: StepHandler<'archive-notice'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  if (incident.closedAt === null) return { skipped: 'open again' };
  return { ts: await postOnce(deps, step, channel, archiveNotice(incident, step.delivery.at)) };
};

/** Archives the channel, unless the incident was opened again since the step was written. */
export const archiveChannel: StepHandler<'archive'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  if (incident.closedAt === null) return { skipped: 'open again' };
  const call = deps.client.conversations.archive({ channel });
  return { code: await allowing(['already_archived', 'channel_not_found'], call) };
};
