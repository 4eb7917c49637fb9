import type { Incident, IncidentRecord, SourceMessage } from '../../incident/types.ts';
import { isOpenToAll } from '../../usecases/subscribers.ts';
import { postOnce } from '../post.ts';
import { refusedWith, unlessRefused } from '../slackErrors.ts';
import { message } from '../views/blocks.ts';
import { announcement } from '../views/headline.ts';
import { notAnnouncedText } from '../views/refused.ts';
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
  let ts: string;
  try {
    ts = await postOnce(deps, step, channelId, announcement(record), 'announcement');
  } catch (error) {
    return sayRefused(deps, step, { incident: record.incident, what: 'the announcement', channelId }, error);
  }
  await deps.store.transaction((tx) => tx.setAnnounced(step.incidentId, { channelId, ts }));
  return { channelId, ts };
}

/** Slack took no message for stakeholders: the incident's channel is told, once. Throws what is no refusal. */
export async function sayRefused(
  deps: StepDeps,
  step: Parameters<typeof announcedOnce>[1],
  { incident, what, channelId }: { incident: Incident; what: string; channelId: string },
  error: unknown,
): Promise<{ skipped: string }> {
  const code = refusedWith(error);
  if (code === null) throw error;
  const text = notAnnouncedText(what, channelId, code);
  if (incident.channelId) await postOnce(deps, step, incident.channelId, message(text), 'refused');
  return { skipped: code };
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
  // Whatever Slack refuses there, the incident's own headline follows.
  const call = step.write(() => deps.client.chat.update({ channel, ts, ...announcement(record) }));
  await unlessRefused(call, null);
}
