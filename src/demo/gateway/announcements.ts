import { messageEvent } from './messageEvent.ts';
import { findMessage } from './messages.ts';
import { channelType, findChannel, type Slack } from './slack.ts';
import {
  type Actor,
  type Answer,
  type Channel,
  isJson,
  type Json,
  listOf,
  type StoredMessage,
  textOf,
} from './types.ts';
import { complete } from './users.ts';

/** A call that succeeded, with what it changed as that was before. */
export interface Done {
  actor: Actor;
  method: string;
  args: Json;
  answer: Answer;
  before: StoredMessage | Channel | undefined;
}

/** What an event must tell of the state before the call. */
export async function stateBefore(
  slack: Slack,
  actor: Actor,
  method: string,
  args: Json,
): Promise<StoredMessage | Channel | undefined> {
  const channel = textOf(args.channel);
  switch (method) {
    case 'chat.update':
    case 'chat.delete':
      return findMessage(slack, actor, channel, textOf(args.ts));
    case 'reactions.add':
    case 'reactions.remove':
    case 'pins.add':
    case 'pins.remove':
      return findMessage(slack, actor, channel, textOf(args.timestamp));
    case 'conversations.join':
      return findChannel(slack, actor, channel);
    default:
      return undefined;
  }
}

type Announce = (slack: Slack, done: Done, channel: string) => Json[] | Promise<Json[]>;

/** Tells the bot of what a call has done, as Slack does: only in channels that the bot is in. */
export async function announce(slack: Slack, done: Done): Promise<void> {
  const of = EVENTS[done.method];
  if (!of) return;
  const id = textOf(done.answer.channel) || textOf(done.args.channel) || textOf(done.args.channel_id);
  for (const event of await of(slack, done, id)) {
    const eventTs = textOf(event.event_ts) || slack.emulator.timestamps.next();
    const place = placeOf(event);
    if (!place) {
      slack.events.send({ ...event, event_ts: eventTs });
      continue;
    }
    const channel = await findChannel(slack, slack.bot, place);
    if (!channel?.is_member) continue;
    const kind = event.type === 'message' ? { channel_type: channelType(channel) } : {};
    slack.events.send({ ...event, ...kind, event_ts: eventTs });
  }
}

/** The channel that an event belongs to; undefined for those of the whole workspace. */
function placeOf(event: Json): string | undefined {
  if (isJson(event.item)) return textOf(event.item.channel) || undefined;
  return textOf(event.channel) || textOf(event.channel_id) || undefined;
}

const EVENTS: Record<string, Announce> = {
  'chat.postMessage': async (slack, { actor, answer }, channel) => {
    const message = answer.message as StoredMessage;
    const root = message.thread_ts ? await findMessage(slack, actor, channel, message.thread_ts) : undefined;
    return [{ ...messageEvent(slack, message, channel), ...(root ? { parent_user_id: root.user } : {}) }];
  },
  'chat.update': (slack, { answer, before }, channel) => {
    const message = { ...messageEvent(slack, answer.message as StoredMessage, channel), channel: undefined };
    const ts = slack.emulator.timestamps.next();
    const hidden = { type: 'message', subtype: 'message_changed', channel, hidden: true, ts, event_ts: ts };
    return [{ ...hidden, message, previous_message: before }];
  },
  'chat.delete': (slack, { args, before }, channel) => {
    const ts = slack.emulator.timestamps.next();
    const common = { type: 'message', channel, hidden: true, ts, event_ts: ts, previous_message: before };
    const deleted = { ...common, subtype: 'message_deleted', deleted_ts: textOf(args.ts) };
    if (!before || !Number((before as StoredMessage).reply_count)) return [deleted];
    // A message with replies leaves a tombstone, so that its thread stays.
    const { reply_count, reply_users, thread_ts } = before as StoredMessage;
    const tombstone = {
      type: 'message',
      subtype: 'tombstone',
      text: 'This message was deleted.',
      user: 'USLACKBOT',
    };
    const message = { ...tombstone, hidden: true, ts: textOf(args.ts), thread_ts, reply_count, reply_users };
    return [{ ...common, subtype: 'message_changed', message }];
  },
  'reactions.add': (_, done, channel) => [reactionEvent('reaction_added', done, channel)],
  'reactions.remove': (_, done, channel) => [reactionEvent('reaction_removed', done, channel)],
  'conversations.create': (_, { answer }) => {
    const { id, name, created, creator, is_private } = answer.channel as Channel;
    return is_private ? [] : [{ type: 'channel_created', channel: { id, name, created, creator } }];
  },
  'conversations.invite': (slack, { actor, args }, channel) =>
    textOf(args.users)
      .split(',')
      .flatMap((user) => joined(slack, user.trim(), textOf(args.channel) || channel, actor.userId)),
  'conversations.join': (slack, { actor, args, before }) =>
    (before as Channel | undefined)?.is_member ? [] : joined(slack, actor.userId, textOf(args.channel)),
  'conversations.leave': (slack, { actor, args }) => left(slack, actor.userId, textOf(args.channel)),
  'conversations.kick': (slack, { args }) => left(slack, textOf(args.user), textOf(args.channel)),
  'conversations.archive': (_, { actor, args }) => [
    { type: 'channel_archive', channel: textOf(args.channel), user: actor.userId },
  ],
  'conversations.unarchive': (_, { actor, args }) => [
    { type: 'channel_unarchive', channel: textOf(args.channel), user: actor.userId },
  ],
  'conversations.rename': (_, { answer }) => {
    const { id, name, created } = answer.channel as Channel;
    return [{ type: 'channel_rename', channel: { id, name, created } }];
  },
  'conversations.setTopic': (slack, { actor, args }) => [
    system(slack, 'channel_topic', actor.userId, textOf(args.channel), { topic: textOf(args.topic) }),
  ],
  'conversations.setPurpose': (slack, { actor, args }) => [
    system(slack, 'channel_purpose', actor.userId, textOf(args.channel), { purpose: textOf(args.purpose) }),
  ],
  'pins.add': (_, done) => [pinEvent('pin_added', done)],
  'pins.remove': (_, done) => [pinEvent('pin_removed', done)],
  'files.completeUploadExternal': async (slack, { actor, answer }) => {
    const events: Json[] = [];
    for (const file of listOf(answer.files)) {
      const shares = isJson(file.shares) ? Object.values(file.shares).filter(isJson) : [];
      for (const [channel, shared] of shares.flatMap((places) => Object.entries(places))) {
        events.push({
          type: 'file_shared',
          file_id: file.id,
          user_id: actor.userId,
          file: { id: file.id },
          channel_id: channel,
        });
        const ts = textOf(listOf(shared)[0]?.ts);
        const message = await findMessage(slack, actor, channel, ts);
        if (message) events.push({ ...messageEvent(slack, message, channel), subtype: 'file_share' });
      }
    }
    return events;
  },
  'users.profile.set': async (slack, { actor }) => {
    const info = await slack.emulator.call(actor.lookup, 'users.info', { user: actor.userId });
    return isJson(info.user) ? [{ type: 'user_change', user: complete(slack, info.user) }] : [];
  },
};

function pinEvent(type: string, { actor, args, before }: Done): Json {
  const channel = textOf(args.channel);
  const message = { ...before, ts: textOf(args.timestamp) };
  return { type, user: actor.userId, channel_id: channel, item: { type: 'message', channel, message } };
}

function reactionEvent(type: string, { actor, args, before }: Done, channel: string): Json {
  const author = textOf((before as StoredMessage | undefined)?.user);
  return {
    type,
    user: actor.userId,
    reaction: textOf(args.name),
    item: { type: 'message', channel, ts: textOf(args.timestamp) },
    ...(author ? { item_user: author } : {}),
  };
}

function joined(slack: Slack, user: string, channel: string, inviter?: string): Json[] {
  const team = slack.workspace.teamId;
  const invited = inviter ? { inviter } : {};
  return [
    { type: 'member_joined_channel', user, channel, channel_type: 'C', team, ...invited },
    system(slack, 'channel_join', user, channel, invited, `<@${user}> has joined the channel`),
  ];
}

function left(slack: Slack, user: string, channel: string): Json[] {
  return [
    { type: 'member_left_channel', user, channel, channel_type: 'C', team: slack.workspace.teamId },
    system(slack, 'channel_leave', user, channel, {}, `<@${user}> has left the channel`),
  ];
}

function system(slack: Slack, subtype: string, user: string, channel: string, more: Json, text = ''): Json {
  const ts = slack.emulator.timestamps.next();
  return { type: 'message', subtype, user, text, channel, ts, event_ts: ts, ...more };
}
