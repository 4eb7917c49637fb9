import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { PIN, PINNED_BY } from '../../incident/emoji.ts';
import { channelBack } from '../../usecases/channelBack.ts';
import { followMember } from '../../usecases/followMember.ts';
import { followMessage } from '../../usecases/followMessage.ts';
import { react } from '../../usecases/react.ts';
import { type FetchedMessage, textOf } from '../messageText.ts';
import { type PeopleStore, personOf, type SlackProfile } from '../people.ts';
import { asking, type ListenerDeps } from './context.ts';

type Reaction = SlackEventMiddlewareArgs<'reaction_added'> | SlackEventMiddlewareArgs<'reaction_removed'>;

/** A reaction came or went on a message. */
export const reactionChanged = (deps: ListenerDeps) => async (args: Reaction & AllMiddlewareArgs) => {
  const { event, body, client, context } = args;
  if (event.item.type !== 'message' || event.user === context.botUserId) return;
  const { channel: channelId, ts: messageTs } = event.item;
  const { run } = await asking(deps, {
    client,
    teamId: body.team_id,
    userId: event.user,
    context,
  });
  const present = event.type === 'reaction_added';
  const { reaction: emoji, user: userId } = event;
  const eventTs = event.event_ts ?? String(body.event_time);
  const own = event.item_user === context.botUserId;
  await run((scope) => react(scope, { channelId, messageTs, emoji, userId, present, eventTs, own }));
};

type Pin = SlackEventMiddlewareArgs<'pin_added'> | SlackEventMiddlewareArgs<'pin_removed'>;

/** A message was pinned or unpinned: like the emoji for the timeline, but everybody's. */
export const pinChanged = (deps: ListenerDeps) => async (args: Pin & AllMiddlewareArgs) => {
  const { event, body, client, context } = args;
  // Files and, long ago, comments can be pinned too.
  const { message } = event.item as { message?: { ts: string; user?: string } };
  if (!message || event.user === context.botUserId) return;
  const request = { client, teamId: body.team_id, userId: event.user, context };
  const { run } = await asking(deps, request);
  const state = {
    channelId: event.channel_id,
    messageTs: message.ts,
    emoji: PIN,
    userId: PINNED_BY,
    present: event.type === 'pin_added',
    eventTs: event.event_ts,
    own: message.user === context.botUserId,
  };
  await run((scope) => react(scope, state));
};

/** The message of an entry may have been edited or deleted. */
export const messageChanged =
  (deps: ListenerDeps) => async (args: SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs) => {
    const { event, body, client, context } = args;
    const change = changeOf(event as MessageEvent, context.botId);
    if (!change) return;
    const userId = change.by ?? context.botUserId ?? 'unknown';
    const { run } = await asking(deps, { client, teamId: body.team_id, userId, context });
    await run((scope) => followMessage(scope, change));
  };

interface MessageEvent {
  subtype?: string;
  channel: string;
  event_ts?: string;
  ts: string;
  deleted_ts?: string;
  message?: FetchedMessage & {
    ts: string;
    subtype?: string;
    edited?: { ts: string; user?: string };
  };
}

function changeOf(event: MessageEvent, ownBotId: string | undefined) {
  const eventTs = event.event_ts ?? event.ts;
  if (event.subtype === 'message_deleted' && event.deleted_ts) {
    return { channelId: event.channel, ts: event.deleted_ts, text: null, changedTs: eventTs, by: undefined };
  }
  const { message } = event;
  // Deleted with replies: a tombstone keeps its place.
  if (event.subtype === 'message_changed' && message?.subtype === 'tombstone') {
    return { channelId: event.channel, ts: message.ts, text: null, changedTs: eventTs, by: undefined };
  }
  // Without `edited` it is Slack's own change (an unfurled link), or ours.
  if (event.subtype !== 'message_changed' || !message?.edited) return null;
  if (message.bot_id !== undefined && message.bot_id === ownBotId) return null;
  const changedTs = message.edited.ts;
  return {
    channelId: event.channel,
    ts: message.ts,
    text: textOf(message),
    changedTs,
    eventTs,
    by: message.edited.user ?? message.user,
  };
}

type Membership =
  | SlackEventMiddlewareArgs<'member_joined_channel'>
  | SlackEventMiddlewareArgs<'member_left_channel'>;

/** Somebody joined or left a channel: who is in a private incident's channel may see it. */
export const memberChanged = (deps: ListenerDeps) => async (args: Membership & AllMiddlewareArgs) => {
  const { event, body, client, context } = args;
  const { user: userId, channel: channelId, event_ts: eventTs } = event;
  const { run } = await asking(deps, { client, teamId: body.team_id, userId, context });
  const present = event.type === 'member_joined_channel';
  await run(async (scope) => {
    await followMember(scope, { channelId, userId, present, eventTs });
    if (present && userId === context.botUserId) await channelBack(scope, { channelId });
  });
};

type Unarchived = SlackEventMiddlewareArgs<'channel_unarchive'> | SlackEventMiddlewareArgs<'group_unarchive'>;

/** A channel came out of the archive. */
export const channelUnarchived = (deps: ListenerDeps) => async (args: Unarchived & AllMiddlewareArgs) => {
  const { event, body, client, context } = args;
  const { channel: channelId } = event;
  const userId = context.botUserId ?? 'unknown';
  const { run } = await asking(deps, { client, teamId: body.team_id, userId, context });
  await run((scope) => channelBack(scope, { channelId }));
};

/** Somebody's profile changed: the latest change counts, whatever arrives when. */
export const userChanged =
  (deps: ListenerDeps & { peopleStore: PeopleStore }) =>
  async ({ event, body }: SlackEventMiddlewareArgs<'user_change'> & AllMiddlewareArgs) => {
    const user = event.user as SlackProfile & { id: string };
    const teamId = body.team_id;
    const eventTs = event.event_ts ?? String(body.event_time);
    await deps.peopleStore.put(teamId, user.id, personOf(user, teamId), Number(eventTs) * 1000);
    // Slack does not say of each channel that somebody whose account ended has left it.
    if (user.deleted) await deps.runner.store.transaction((tx) => tx.leaveAll(teamId, user.id, eventTs));
  };
