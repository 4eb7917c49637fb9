import type { Reader } from '../shown.ts';
import { channelsOf, findChannel, type Profile, type Slack } from '../slack.ts';
import { type Actor, type Answer, type Channel, isJson, type Json, textOf } from '../types.ts';
import { complete } from '../users.ts';
import { command, shortcut } from './commands.ts';
import { closeView, press, submit } from './interactions.ts';
import type { Person } from './person.ts';
import { type SeenMessage, seenMessage, until } from './reply.ts';
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

/** A new person, who takes the given account of the emulator. */
export async function createPerson(slack: Slack, token: string, profile: Profile): Promise<Person> {
  const test = await slack.emulator.call(token, 'auth.test', {});
  const actor: Actor = { userId: textOf(test.user_id), token, bot: false };
  const named = { display_name: profile.name, real_name: profile.realName };
  await slack.emulator.call(token, 'users.profile.set', { profile: named });
  slack.profiles.set(actor.userId, profile);
  const self = createSelf(slack, actor, profile);
  return {
    id: actor.userId,
    name: profile.name,
    get tz() {
      return profile.tz;
    },
    ...messaging(self),
    command: (channel, line, options) => command(self, channel, line, options?.wait),
    shortcut: (callbackId, channel, ts) => shortcut(self, callbackId, channel, ts),
    submit: (view, values = {}) => submit(self, view, values),
    close: (view) => closeView(self, view),
    press: (target, which, value) => press(self, target, which, value),
    async openHome() {
      const before = slack.views.home(actor.userId);
      const { channel } = await slack.perform(slack.bot, 'conversations.open', { users: actor.userId });
      const view = before ? { view: before } : {};
      const home = {
        type: 'app_home_opened',
        user: actor.userId,
        channel: isJson(channel) ? channel.id : '',
        tab: 'home',
      };
      slack.events.send({ ...home, ...view, event_ts: slack.emulator.timestamps.next() });
      await until(() => slack.views.home(actor.userId)?.hash !== before?.hash, 5000);
      return slack.views.home(actor.userId);
    },
    sees: (channel) => sees(self, channel),
    channels: async () => (await channelsOf(slack, actor)).filter(({ is_member }) => is_member),
    asides: (channel) => asides(self, channel),
    async dms() {
      const { channels } = await self.call('conversations.list', { types: 'im', limit: 1000 });
      const direct = (channels as Channel[]).find((channel) => channel.user === slack.workspace.botUserId);
      return direct ? sees(self, direct.id) : [];
    },
    async download(file) {
      const path = new URL(textOf(file.url_private)).pathname;
      const response = await fetch(`${slack.emulator.url}${path}`, {
        headers: { authorization: `Bearer ${slack.emulator.session(token)}` },
      });
      if (!response.ok)
        throw new Error(`The file cannot be had: ${response.status} ${await response.text()}`);
      return response.text();
    },
    async setZone(tz) {
      profile.tz = tz;
      const { user } = await slack.emulator.call(token, 'users.info', { user: actor.userId });
      if (isJson(user))
        slack.events.send({
          type: 'user_change',
          user: complete(slack, user),
          event_ts: slack.emulator.timestamps.next(),
        });
    },
  };
}

function createSelf(slack: Slack, actor: Actor, profile: Profile): Self {
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
      const { channels } = await slack.emulator.call(actor.token, 'conversations.list', { limit: 1000 });
      const directory: Directory = {
        people: new Map([...slack.profiles].map(([id, { name }]) => [name.toLowerCase(), id])),
        channels: new Map((channels as Channel[]).map(({ name, id }) => [name, id])),
      };
      return encodeTyped(text, directory, labels);
    },
  };
}

function messaging(
  self: Self,
): Pick<Person, 'say' | 'edit' | 'deleteMessage' | 'react' | 'unreact' | 'join' | 'leave'> {
  const emojiName = (emoji: string) => emoji.replace(/^:|:$/g, '');
  return {
    async say(channel, text, { threadTs, at } = {}) {
      const { id } = await self.inChannel(channel);
      const encoded = await self.encode(text, false);
      const message = { channel: id, text: encoded, thread_ts: threadTs, client_msg_id: crypto.randomUUID() };
      return textOf((await self.call('chat.postMessage', message, at)).ts);
    },
    async edit(channel, ts, text) {
      const { id } = await self.inChannel(channel);
      await self.call('chat.update', { channel: id, ts, text: await self.encode(text, false) });
    },
    async deleteMessage(channel, ts) {
      await self.call('chat.delete', { channel: (await self.inChannel(channel)).id, ts });
    },
    async react(channel, ts, emoji) {
      const { id } = await self.inChannel(channel);
      await self.call('reactions.add', { channel: id, timestamp: ts, name: emojiName(emoji) });
    },
    async unreact(channel, ts, emoji) {
      const { id } = await self.inChannel(channel);
      await self.call('reactions.remove', { channel: id, timestamp: ts, name: emojiName(emoji) });
    },
    join: (channel) => self.inChannel(channel),
    async leave(channel) {
      await self.call('conversations.leave', { channel: (await self.inChannel(channel)).id });
    },
  };
}

async function sees(self: Self, nameOrId: string): Promise<SeenMessage[]> {
  const { slack, actor, reader } = self;
  const channel = await findChannel(slack, actor, nameOrId);
  if (!channel) throw new Error(`${self.profile.name} sees no channel ${nameOrId}`);
  const stored: Json[] = [];
  let cursor = '';
  do {
    const page = await self.call('conversations.history', { channel: channel.id, limit: 999, cursor });
    stored.push(...(page.messages as Json[]));
    cursor = isJson(page.response_metadata) ? textOf(page.response_metadata.next_cursor) : '';
  } while (cursor);
  for (const root of stored.filter((message) => Number(message.reply_count) > 0)) {
    const thread = await self.call('conversations.replies', { channel: channel.id, ts: root.ts, limit: 999 });
    stored.push(...(thread.messages as Json[]).slice(1));
  }
  const ephemeral = asides(self, channel.id);
  return [...stored.map((message) => seenMessage(message, channel.id, reader, false)), ...ephemeral].sort(
    (a, b) => (a.ts < b.ts ? -1 : 1),
  );
}

function asides({ slack, actor, reader }: Self, channel: string): SeenMessage[] {
  return slack.ephemerals.seen(actor.userId, channel).map((message) => ({
    ...seenMessage(message, channel, reader, true),
    user: message.fromSlack ? undefined : slack.workspace.botUserId,
  }));
}
