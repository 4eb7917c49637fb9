import { channelName } from '../../incident/channelName.ts';
import { computeFacts } from '../../postmortem/facts.ts';
import { headlineGone } from '../../usecases/headlineGone.ts';
import { redraft } from '../../usecases/makeDraft.ts';
import { act, incidentFor, type Scope } from '../../usecases/scope.ts';
import { safe } from '../mrkdwn.ts';
import { conversationWith, postOnce } from '../post.ts';
import { allowing, refusedWith } from '../slackErrors.ts';
import { message } from '../views/blocks.ts';
import { headline, topic } from '../views/headline.ts';
import { notInvitedText } from '../views/refused.ts';
import { refreshAnnouncement } from './announcement.ts';
import { refreshHomes } from './home.ts';
import { ownChannel } from './ownChannel.ts';
import { refreshPublished } from './published.ts';
import {
  incidentAndChannel,
  itself,
  NO_CHANNEL,
  reading,
  readingUrl,
  type StepDeps,
  type StepHandler,
  standingDraft,
} from './types.ts';

const NAMES_TO_TRY = 10;

/**
 * Makes the incident's channel, or takes over the one that an earlier try of ours made. A taken name gets a number; throws
 * Slack's refusal of the last one.
 */
export const makeChannel: StepHandler<'channel'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  if (channel) return { channel };
  const own = step.unsureSince === null ? null : await ownChannel(deps, step, incident);
  if (own) return keep(deps, incident.id, own.id, own.name);
  for (let taken = 0; ; taken++) {
    const name = channelName(incident.number, incident.title, taken);
    try {
      const wanted = { name, is_private: incident.private };
      const made = await step.write(() => deps.client.conversations.create(wanted));
      return await keep(deps, incident.id, made.channel?.id ?? '', made.channel?.name ?? name);
    } catch (error) {
      if (refusedWith(error) !== 'name_taken' || taken + 1 === NAMES_TO_TRY) throw error;
    }
  }
};

async function keep(deps: StepDeps, incidentId: string, channelId: string, name: string): Promise<object> {
  if (!channelId) throw new Error('conversations.create answered without a channel');
  await deps.store.transaction((tx) => tx.updateIncident(incidentId, { channelId, channelName: name }));
  return { channel: channelId };
}

export const setTopic: StepHandler<'topic'> = async (deps, step) => {
  const record = await reading(deps, (tx) => tx.record(step.incidentId));
  const channel = record.incident.channelId;
  if (!channel) return NO_CHANNEL;
  await step.write(() => deps.client.conversations.setTopic({ channel, topic: topic(record) }));
  return {};
};

/** Posts the headline, or renders it anew from the present state; a draft that is out of date gets a version. */
export const showHeadline: StepHandler<'headline'> = async (deps, step) => {
  const { record, draft, settings } = await reading(deps, async (tx) => {
    const record = await tx.record(step.incidentId);
    const { settings } = await tx.settings(record.incident.teamId);
    return { record, settings, draft: await standingDraft(tx, step.incidentId) };
  });
  const { channelId: channel, headlineTs, id, teamId } = record.incident;
  if (draft) await act(deps.runner, { who: itself(teamId) }, (scope) => redraft(scope, { incidentId: id }));
  await refreshAnnouncement(deps, step, record);
  if (draft?.published) await refreshPublished(deps, step, id);
  await refreshHomes(deps, teamId);
  if (!channel) return NO_CHANNEL;
  const url = draft && readingUrl(deps, draft, record.incident);
  const page = draft && url ? { url, published: draft.published } : null;
  const view = headline(record, computeFacts(record, deps.clock.now()), page, settings);
  if (headlineTs) {
    const update = step.write(() => deps.client.chat.update({ channel, ts: headlineTs, ...view }));
    const gone = await allowing(['message_not_found'], update);
    const again = async (scope: Scope) => headlineGone(scope, await incidentFor(scope, { id }), headlineTs);
    if (gone) await act(deps.runner, { who: itself(teamId) }, again);
    return { ts: headlineTs };
  }
  const ts = await postOnce(deps, step, channel, view);
  await deps.store.transaction((tx) => tx.updateIncident(id, { headlineTs: ts }));
  return { ts };
};

export const pinHeadline: StepHandler<'pin'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  const { headlineTs: timestamp } = incident;
  if (!channel || !timestamp) return NO_CHANNEL;
  const code = await allowing(
    ['already_pinned'],
    step.write(() => deps.client.pins.add({ channel, timestamp })),
  );
  return { code };
};

const INVITED_ALREADY = ['already_in_channel', 'cant_invite_self'];

/** Invites somebody to the channel; where Slack refuses that for good, the channel is told. */
export const invite: StepHandler<'invite'> = async (deps, step) => {
  const { channel } = await incidentAndChannel(deps, step.incidentId);
  if (!channel) return NO_CHANNEL;
  const { userId } = step.delivery;
  try {
    const call = step.write(() => deps.client.conversations.invite({ channel, users: userId }));
    return { code: await allowing(INVITED_ALREADY, call) };
  } catch (error) {
    const code = refusedWith(error);
    if (code === null) throw error;
    await postOnce(deps, step, channel, message(notInvitedText(userId, code)));
    return { code };
  }
};

/** Tells who declared where the channel is, or that Slack made none and how to go on without. */
export const tellChannel: StepHandler<'channel-ready'> = async (deps, step) => {
  const { incident, channel } = await incidentAndChannel(deps, step.incidentId);
  const { userId, responseUrl } = step.delivery;
  const name = `INC-${incident.number}`;
  const text = channel
    ? `*${name}* ${safe(incident.title)}: its channel is <#${channel}>.`
    : `*${name}* is declared and stored, but Slack did not let me make its channel. Name it in commands: \`/incident ${name} note …\`. An admin can let apps create channels.`;
  if (responseUrl) {
    const reply = { response_type: 'ephemeral', replace_original: false, ...message(text) };
    const respond = () =>
      deps.respond(responseUrl, reply).then(
        () => true,
        (err) => {
          deps.logger.warn({ err, incidentId: step.incidentId }, 'a late answer was not taken');
          return false;
        },
      );
    // Slack takes an answer for half an hour. Later it goes by direct message.
    if (await step.write(respond)) return {};
  }
  const ts = await postOnce(deps, step, await conversationWith(deps.client, userId), message(text));
  return { ts };
};
