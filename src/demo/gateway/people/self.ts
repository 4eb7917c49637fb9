import type { Reader } from '../shown.ts';
import { channelsOf, findChannel, type Profile, type Slack } from '../slack.ts';
import type { Actor, Answer, Channel, Json } from '../types.ts';
import { type Directory, encodeTyped } from './typed.ts';

/** A person with what their acts have in common. */
export interface Self {
  slack: Slack;
  actor: Actor;
  profile: Profile;
  reader: Reader;
  /** Entered into a view and not submitted yet, by view id. */
  drafts: Map<string, Json>;
  /** The channel, which they join first when it is public. Throws when they cannot see it. */
  inChannel(nameOrId: string): Promise<Channel>;
  /** A method in their own name; throws when Slack refuses it. */
  call(method: string, args: Json, at?: number): Promise<Answer>;
  encode(text: string, labels: boolean): Promise<string>;
}

/** What the acts of the person with this account work on. */
export function createSelf(slack: Slack, actor: Actor, profile: Profile): Self {
  return {
    slack,
    actor,
    profile,
    drafts: new Map(),
    get reader() {
      const name = (id: string) =>
        id === slack.workspace.botUserId ? 'Debrief' : slack.profiles.get(id)?.name;
      return { name, zone: profile.tz, now: slack.now() };
    },
    async inChannel(nameOrId) {
      const channel = await findChannel(slack, actor, nameOrId);
      if (!channel) throw new Error(`${profile.name} sees no channel ${nameOrId}`);
      const open = !channel.is_private && !channel.is_im && !channel.is_mpim;
      if (!channel.is_member && open) await this.call('conversations.join', { channel: channel.id });
      return channel;
    },
    async call(method, args, at) {
      const answer = await slack.perform(actor, method, args, at);
      if (!answer.ok) throw new Error(`${profile.name}: Slack refused ${method}: ${answer.error}`);
      return answer;
    },
    async encode(text, labels) {
      const channels = text.includes('#') ? await channelsOf(slack, actor) : [];
      const directory: Directory = {
        people: new Map([...slack.profiles].map(([id, { name }]) => [name.toLowerCase(), id])),
        channels: new Map(channels.map(({ name, id }) => [name, id])),
      };
      return encodeTyped(text, directory, labels);
    },
  };
}
