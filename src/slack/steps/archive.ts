import { conversationWith, postOnce } from '../post.ts';
import { allowing, refusedWith, unlessRefused } from '../slackErrors.ts';
import { archiveNotice, notArchivedText, stillArchivedText } from '../views/archive.ts';
import { message } from '../views/blocks.ts';
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
  const call = step.write(() => deps.client.conversations.archive({ channel }));
  try {
    return { code: await allowing(['already_archived', 'channel_not_found'], call) };
  } catch (error) {
    const code = refusedWith(error);
    if (code === null) throw error;
    await postOnce(deps, step, channel, message(notArchivedText(code)));
    return { code };
  }
};

/**
 * Takes the channel of an incident that was opened again out of the archive. Slack lets few bots do that: who opened
 * it is told how to do it by hand, and everything else goes on.
 */
export const unarchiveChannel: StepHandler<'unarchive'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  const info = await unlessRefused(deps.client.conversations.info({ channel }), null);
  if (info?.channel?.is_archived === false) return { skipped: 'not archived' };
  try {
    const call = step.write(() => deps.client.conversations.unarchive({ channel }));
    return { code: await allowing(['not_archived'], call) };
  } catch (error) {
    const code = refusedWith(error);
    if (code === null) throw error;
    const to = await conversationWith(deps.client, step.delivery.userId);
    await postOnce(deps, step, to, message(stillArchivedText(incident, channel, code)));
    return { code };
  }
};
