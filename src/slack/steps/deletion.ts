import { isPerson } from '../../incident/people.ts';
import type { Incident } from '../../incident/types.ts';
import { conversationWith, postOnce } from '../post.ts';
import { refusedWith, unlessRefused } from '../slackErrors.ts';
import { message } from '../views/blocks.ts';
import { deletionNotice } from '../views/retention.ts';
import { hears, incidentAndChannel, reading, type Step, type StepDeps, type StepHandler } from './types.ts';

/**
 * Says in the channel when Debrief deletes what it keeps of the incident; where the channel does not take it (it is in
 * the archive, say), to who leads and who declared it.
 */
export const tellDeletion: StepHandler<'deletion-notice'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (incident.closedAt === null) return { skipped: 'open again' };
  const { at } = step.delivery;
  const posted = await reading(deps, async (tx) => {
    const draft = await tx.draft(incident.id);
    const messages = [await tx.announced(incident.id), draft && (await tx.post(draft.id)).message];
    return [...new Set(messages.flatMap((one) => one?.channelId ?? []))];
  });
  let code = 'no_channel';
  if (channel !== null) {
    try {
      return { ts: await postOnce(deps, step, channel, message(deletionNotice(incident, at, posted))) };
    } catch (error) {
      const refused = refusedWith(error);
      if (refused === null) throw error;
      code = refused;
    }
  }
  const told = await tellPeople(deps, step, incident, deletionNotice(incident, at, posted, 'person'));
  if (told.length === 0)
    deps.logger.error(
      { incidentId: incident.id, code, deleteAt: new Date(at).toISOString() },
      'nobody could be told that an incident is to be deleted: its channel and its people are out of reach',
    );
  return { code, told };
};

/** Those that Slack let us tell. */
async function tellPeople(
  deps: StepDeps,
  step: Step<'deletion-notice'>,
  incident: Incident,
  text: string,
): Promise<string[]> {
  const told: string[] = [];
  for (const userId of new Set([incident.leadId, incident.declaredBy])) {
    if (userId === null || !isPerson(userId) || !(await hears(deps, incident, userId))) continue;
    const telling = conversationWith(deps.client, userId).then((to) =>
      postOnce(deps, step, to, message(text), `to-${userId}`),
    );
    if (await unlessRefused(telling, null)) told.push(userId);
  }
  return told;
}
