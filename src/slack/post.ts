import type { WebClient } from '@slack/web-api';
import { isPerson } from '../incident/people.ts';
import { unlessRefused } from './slackErrors.ts';
import type { Step, StepDeps } from './steps/types.ts';
import type { Message } from './views/blocks.ts';

const EVENT_TYPE = 'debrief_post';

type Try = Pick<Step, 'id' | 'unsureSince' | 'write'>;

/** Our own mark on a message: the outbox row that posted it. Slack keeps it as the message's metadata. */
const operation = (step: Try, part: string): string => `${step.id}-${part}`;

/**
 * Posts a message once, however often its step runs: after a try whose outcome is not known it looks for the
 * message first (in its thread where it goes to one), by our mark, or by its exact text where Slack returns no metadata. Returns the message's ts.
 */
export async function postOnce(
  deps: StepDeps,
  step: Try,
  channel: string,
  message: Message,
  part = 'post',
  threadTs?: string,
): Promise<string> {
  const op = operation(step, part);
  if (step.unsureSince !== null) {
    const look = findPosted(deps, channel, step.unsureSince, { op, text: message.text }, threadTs);
    const found = await unlessRefused(look, null);
    if (found) return found;
  }
  const post = () =>
    deps.client.chat.postMessage({
      channel,
      text: message.text,
      blocks: message.blocks,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: EVENT_TYPE, event_payload: { op } },
      ...(threadTs && { thread_ts: threadTs }),
    });
  const posted = await step.write(post, channel);
  if (!posted.ts) throw new Error('chat.postMessage answered without a ts');
  return posted.ts;
}

interface PostedMessage {
  ts?: string;
  text?: string;
  bot_id?: string;
  files?: { name?: string; title?: string }[];
  metadata?: { event_payload?: { op?: unknown } };
}

/** What was posted in a channel, or in a thread of it, since a minute before `since`: clocks differ. Page after page. */
export async function* postedSince(
  client: WebClient,
  channel: string,
  since: number,
  threadTs?: string,
): AsyncGenerator<PostedMessage> {
  const oldest = String(Math.floor(since / 1000) - 60);
  let cursor: string | undefined;
  do {
    const page = { channel, oldest, limit: 200, include_all_metadata: true, ...(cursor && { cursor }) };
    const answer = threadTs
      ? await client.conversations.replies({ ...page, ts: threadTs })
      : await client.conversations.history(page);
    yield* (answer.messages ?? []) as PostedMessage[];
    cursor = answer.response_metadata?.next_cursor;
  } while (cursor);
}

/**
 * What bears our mark counts before what only reads the same. Where Slack lets us post but not read (a public channel
 * that we are not in) it refuses, and the message may come twice rather than never.
 */
async function findPosted(
  { client, self }: Pick<StepDeps, 'client' | 'self'>,
  channel: string,
  since: number,
  wanted: { op: string; text: string },
  threadTs?: string,
): Promise<string | null> {
  let same: string | null = null;
  for await (const { ts, text, bot_id, metadata } of postedSince(client, channel, since, threadTs)) {
    if (ts && metadata?.event_payload?.op === wanted.op) return ts;
    if (ts && !metadata && bot_id === self.botId && text === wanted.text) same ??= ts;
  }
  return same;
}

/** The channel of a direct message to a person; other ids are channels already. */
export async function conversationWith(client: WebClient, to: string): Promise<string> {
  if (!isPerson(to)) return to;
  const { channel } = await client.conversations.open({ users: to });
  if (!channel?.id) throw new Error('conversations.open answered without a channel');
  return channel.id;
}

/** Sends a message to a person, without keeping whether it arrived. Rejects with Slack's refusal. */
export async function sendTo(client: WebClient, userId: string, { text, blocks }: Message): Promise<void> {
  const channel = await conversationWith(client, userId);
  await client.chat.postMessage({ channel, text, blocks, unfurl_links: false, unfurl_media: false });
}
