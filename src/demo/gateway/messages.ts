import { withIds } from './blocks.ts';
import { blockFaults } from './limits.ts';
import type { Slack } from './slack.ts';
import {
  type Actor,
  type Answer,
  isTrue,
  type Json,
  listOf,
  objectOf,
  type StoredMessage,
  textOf,
} from './types.ts';

/** Arguments of a method that writes a message, as Slack would store them; an answer when it refuses them. */
export function prepared(slack: Slack, actor: Actor, args: Json): { args: Json } | { refusal: Answer } {
  const blocks = listOf(args.blocks);
  const faults = blockFaults(blocks);
  if (faults.length > 0) {
    const messages = faults.map((fault) => `[ERROR] ${fault}`);
    return { refusal: { ok: false, error: 'invalid_blocks', response_metadata: { messages } } };
  }
  return {
    args: {
      ...args,
      ...(args.blocks === undefined ? {} : { blocks: withIds(args.blocks) }),
      ...(actor.bot ? { bot_id: slack.workspace.botId, app_id: slack.workspace.appId } : {}),
    },
  };
}

/** `chat.postEphemeral`: the emulator checks it, and here it is kept for the person who sees it. */
export async function postEphemeral(slack: Slack, actor: Actor, args: Json): Promise<Answer> {
  const answer = await slack.emulator.call(actor.token, 'chat.postEphemeral', args);
  if (!answer.ok) return answer;
  slack.ephemerals.add({
    ts: textOf(answer.message_ts),
    channel: textOf(args.channel),
    userId: textOf(args.user),
    text: textOf(args.text),
    blocks: args.blocks === undefined ? undefined : listOf(args.blocks),
    threadTs: textOf(args.thread_ts) || undefined,
  });
  return answer;
}

/** `conversations.history`: newest first, within `oldest` and `latest`, metadata only when asked for. */
export async function history(slack: Slack, actor: Actor, args: Json): Promise<Answer> {
  const all: StoredMessage[] = [];
  let cursor = '';
  do {
    const asked = { channel: args.channel, limit: 1000, cursor };
    const page = await slack.emulator.call(actor.token, 'conversations.history', asked);
    if (!page.ok) return page;
    all.push(...(page.messages as StoredMessage[]));
    cursor = textOf(objectOf(page.response_metadata)?.next_cursor);
  } while (cursor);
  const newestFirst = (a: StoredMessage, b: StoredMessage) => (a.ts < b.ts ? 1 : -1);
  return page(all.filter(within(args)).sort(newestFirst), args);
}

/** `conversations.replies`: the thread's first message, then its replies, oldest first. */
export async function replies(slack: Slack, actor: Actor, args: Json): Promise<Answer> {
  const answer = await slack.emulator.call(actor.token, 'conversations.replies', args);
  if (!answer.ok) return answer;
  const messages = (answer.messages as StoredMessage[]).sort((a, b) => (a.ts < b.ts ? -1 : 1));
  if (messages.length === 0) return { ok: false, error: 'thread_not_found' };
  const root = textOf(args.ts);
  return page(
    messages.filter((message) => message.ts === root || within(args)(message)),
    args,
  );
}

/** A single message with its reactions, as `actor` may see it. */
export async function findMessage(
  slack: Slack,
  actor: Actor,
  channel: string,
  ts: string,
): Promise<StoredMessage | undefined> {
  const answer = await slack.emulator.call(actor.lookup, 'reactions.get', { channel, timestamp: ts });
  return answer.ok ? (answer.message as StoredMessage) : undefined;
}

/** `chat.getPermalink`, by the ids that clients know. */
export async function permalink(slack: Slack, actor: Actor, args: Json): Promise<Answer> {
  const answer = await slack.emulator.call(actor.token, 'chat.getPermalink', args);
  if (!answer.ok) return answer;
  const channel = textOf(args.channel);
  const message = await findMessage(slack, actor, channel, textOf(args.message_ts));
  const thread = message?.thread_ts;
  const query = thread && thread !== message.ts ? `?thread_ts=${thread}&cid=${channel}` : '';
  const path = `/archives/${channel}/p${textOf(args.message_ts).replace('.', '')}`;
  return { ok: true, channel, permalink: `${slack.baseUrl}${path}${query}` };
}

function within(args: Json): (message: StoredMessage) => boolean {
  const oldest = textOf(args.oldest);
  const latest = textOf(args.latest);
  const inclusive = isTrue(args.inclusive);
  return ({ ts }) =>
    (!oldest || Number(ts) > Number(oldest) || (inclusive && ts === oldest)) &&
    (!latest || Number(ts) < Number(latest) || (inclusive && ts === latest));
}

function page(messages: StoredMessage[], args: Json): Answer {
  const limit = Math.min(Number(args.limit) || 100, 999);
  const start = Number(/^offset:(\d+)$/.exec(textOf(args.cursor))?.[1] ?? 0);
  const more = start + limit < messages.length;
  return {
    ok: true,
    messages: messages.slice(start, start + limit).map((message) => {
      const { metadata, ...rest } = message;
      return isTrue(args.include_all_metadata) && metadata ? { ...rest, metadata } : rest;
    }),
    has_more: more,
    response_metadata: { next_cursor: more ? `offset:${start + limit}` : '' },
  };
}
