import { findChannel } from '../slack.ts';
import { isJson, type Json, textOf } from '../types.ts';
import { type SeenMessage, seenMessage } from './reply.ts';
import type { Self } from './self.ts';

/** Everything in a channel that the person sees: messages, threads, and what only they see; oldest first. */
export async function sees(self: Self, nameOrId: string): Promise<SeenMessage[]> {
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

/** What only they see in a channel, given by id. */
export function asides({ slack, actor, reader }: Self, channel: string): SeenMessage[] {
  return slack.ephemerals.seen(actor.userId, channel).map((message) => ({
    ...seenMessage(message, channel, reader, true),
    user: message.fromSlack ? undefined : slack.workspace.botUserId,
  }));
}
