import type { WebClient } from '@slack/web-api';
import type { Step, StepDeps } from './steps/types.ts';
import type { Message } from './views/blocks.ts';

const EVENT_TYPE = 'debrief_post';

type Try = Pick<Step, 'id' | 'attempt' | 'createdAt'>;

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
  if (step.attempt > 1) {
    const found = await findPosted(deps.client, channel, op, message.text, step.createdAt, threadTs);
    if (found) return found;
  }
  const posted = await deps.client.chat.postMessage({
    channel,
    text: message.text,
    blocks: message.blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { op } },
    ...(threadTs && { thread_ts: threadTs }),
  });
  if (!posted.ts) throw new Error('chat.postMessage answered without a ts');
  return posted.ts;
}

interface PostedMessage {
  ts?: string;
  text?: string;
  bot_id?: string;
  metadata?: { event_payload?: { op?: unknown } };
}

async function findPosted(
  client: WebClient,
  channel: string,
  op: string,
  text: string,
  since: number,
  threadTs?: string,
): Promise<string | null> {
  // A minute of tolerance for clocks that differ.
  const oldest = String(Math.floor(since / 1000) - 60);
  const page = { channel, oldest, limit: 200, include_all_metadata: true };
  const { messages } = threadTs
    ? await client.conversations.replies({ ...page, ts: threadTs })
    : await client.conversations.history(page);
  const posted = (messages ?? []) as PostedMessage[];
  const marked = posted.find((one) => one.metadata?.event_payload?.op === op);
  const same = posted.find((one) => !one.metadata && one.bot_id && one.text === text);
  return (marked ?? same)?.ts ?? null;
}

/** The channel of a direct message to a person; other ids are channels already. */
export async function conversationWith(client: WebClient, to: string): Promise<string> {
  if (!/^[UW]/.test(to)) return to;
  const { channel } = await client.conversations.open({ users: to });
  if (!channel?.id) throw new Error('conversations.open answered without a channel');
  return channel.id;
}

/** Sends a message to a person, without keeping whether it arrived. Rejects with Slack's refusal. */
export async function sendTo(client: WebClient, userId: string, { text, blocks }: Message): Promise<void> {
  const channel = await conversationWith(client, userId);
  await client.chat.postMessage({ channel, text, blocks, unfurl_links: false, unfurl_media: false });
}
