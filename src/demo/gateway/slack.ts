import type { Responses } from './answers.ts';
import type { Delivery } from './delivery.ts';
import type { Emulator } from './emulator.ts';
import type { Ephemerals } from './ephemerals.ts';
import type { Events } from './events.ts';
import type { Actor, Answer, Canvases, Channel, Json, Workspace } from './types.ts';
import type { Views } from './views.ts';

/** What a person's account says about them beyond what the emulator keeps. */
export interface Profile {
  name: string;
  realName: string;
  /** IANA zone, as in their Slack profile. */
  tz: string;
  /** Admin of the workspace. */
  admin?: boolean;
  /** Guest of the workspace. */
  guest?: boolean;
}

/** The parts of the stand-in, for each other. */
export interface Slack {
  workspace: Workspace;
  /** Address of the gateway, without a slash at the end. */
  baseUrl: string;
  /** Milliseconds since 1970, by which messages are dated. */
  now: () => number;
  emulator: Emulator;
  delivery: Delivery;
  events: Events;
  ephemerals: Ephemerals;
  views: Views;
  responses: Responses;
  bot: Actor;
  /** By user id. */
  profiles: Map<string, Profile>;
  /** Undefined: the plan has none. */
  canvases: Canvases | undefined;
  /** May the bot post to public channels that it is not in (`chat:write.public`)? */
  postsAnywhere: boolean;
  /** The bot's scopes; undefined for all. */
  scopes: string[] | undefined;
  /** Calls a method with all of Slack's rules; `at` dates what it creates, in milliseconds. */
  perform(actor: Actor, method: string, args: Json, at?: number): Promise<Answer>;
}

/** A channel by id or name (`#` allowed) as `actor` may see it. */
export async function findChannel(
  slack: Slack,
  actor: Actor,
  nameOrId: string,
): Promise<Channel | undefined> {
  const info = await slack.emulator.call(actor.lookup, 'conversations.info', { channel: nameOrId });
  if (info.ok) return info.channel as Channel;
  const name = nameOrId.replace(/^#/, '');
  return (await channelsOf(slack, actor)).find((channel) => channel.name === name);
}

/** All channels that `actor` may see, archived ones too. */
export async function channelsOf(slack: Slack, actor: Actor): Promise<Channel[]> {
  const types = 'public_channel,private_channel';
  const all = await slack.emulator.call(actor.lookup, 'conversations.list', { types, limit: 1000 });
  return (all.channels as Channel[] | undefined) ?? [];
}

/** How Slack names the kind of a channel in events. */
export function channelType(channel: Channel): 'im' | 'mpim' | 'group' | 'channel' {
  if (channel.is_im) return 'im';
  if (channel.is_mpim) return 'mpim';
  return channel.is_private ? 'group' : 'channel';
}
