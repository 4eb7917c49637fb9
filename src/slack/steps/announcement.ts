import type { IncidentRecord, SourceMessage } from '../../incident/types.ts';
import { isOpenToAll } from '../../usecases/subscribers.ts';
import { postOnce } from '../post.ts';
import { allowing } from '../slackErrors.ts';
import { announcement } from '../views/headline.ts';
import { reading, type Step, type StepDeps, type StepHandler } from './types.ts';

/** The incident's message in the announcement channel, posted now if it is not there; or why there is none. */
export async function announcedOnce(
  deps: StepDeps,
  step: Pick<Step, 'id' | 'unsureSince' | 'looked' | 'write' | 'incidentId'>,
): Promise<SourceMessage | { skipped: string }> {
  const { record, channelId, announced } = await reading(deps, async (tx) => {
    const record = await tx.record(step.incidentId);
    const { settings } = await tx.settings(record.incident.teamId);
    return { record, channelId: settings.announceChannel, announced: await tx.announced(step.incidentId) };
  });
  if (!isOpenToAll(record.incident)) return { skipped: 'private or a test' };
  if (announced) return announced;
  if (!channelId) return { skipped: 'no announcement channel is set' };
  const ts = await postOnce(deps, step, channelId, announcement(record), 'announcement');
  await deps.store.transaction((tx) => tx.setAnnounced(step.incidentId, { channelId, ts }));
  return { channelId, ts };
}

/** Posts to the announcement channel, where one is set and the incident is meant for everyone. */
export const announce: StepHandler<'announce'> = announcedOnce;

/** Renders the announcement anew from the present state, with the headline. */
export async function refreshAnnouncement(
  deps: StepDeps,
  step: Pick<Step, 'write'>,
  record: IncidentRecord,
): Promise<void> {
  const announced = await reading(deps, (tx) => tx.announced(record.incident.id));
  if (!announced) return;
  const { channelId: channel, ts } = announced;
  const call = step.write(() => deps.client.chat.update({ channel, ts, ...announcement(record) }));
  await allowing(['message_not_found', 'channel_not_found', 'is_archived'], call);
}
