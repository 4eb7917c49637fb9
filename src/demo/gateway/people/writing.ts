import { textOf } from '../types.ts';
import type { Person } from './person.ts';
import type { Self } from './self.ts';

/** Messages, reactions and channels: what people do without the app. */
export function writing(
  self: Self,
): Pick<
  Person,
  'say' | 'edit' | 'deleteMessage' | 'react' | 'unreact' | 'pin' | 'unpin' | 'join' | 'leave' | 'unarchive'
> {
  const emojiName = (emoji: string) => emoji.replace(/^:|:$/g, '');
  return {
    async say(channel, text, { threadTs, at, attachments } = {}) {
      const { id } = await self.inChannel(channel);
      const encoded = await self.encode(text, false);
      const own = { client_msg_id: crypto.randomUUID(), ...(attachments && { attachments }) };
      const message = { channel: id, text: encoded, thread_ts: threadTs, ...own };
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
    async pin(channel, ts) {
      await self.call('pins.add', { channel: (await self.inChannel(channel)).id, timestamp: ts });
    },
    async unpin(channel, ts) {
      await self.call('pins.remove', { channel: (await self.inChannel(channel)).id, timestamp: ts });
    },
    join: (channel) => self.inChannel(channel),
    async leave(channel) {
      await self.call('conversations.leave', { channel: (await self.inChannel(channel)).id });
    },
    async unarchive(channel) {
      await self.call('conversations.unarchive', { channel });
    },
  };
}
