import type { WebClient } from '@slack/web-api';
import { isPerson } from '../incident/people.ts';
import { refusedWith, unlessRefused } from './slackErrors.ts';
import type { Step, StepDeps } from './steps/types.ts';
import type { Message } from './views/blocks.ts';

const EVENT_TYPE = 'debrief_post';

type Try = Pick<Step, 'id' | 'unsureSince' | 'looked' | 'write'>;

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
  const found = await postedBefore(deps, step, channel, message, part, threadTs);
  if (found) return found;
  const op = operation(step, part);
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

/** The ts of what an earlier try of the step posted there; null: nothing, or Slack does not let us look. */
export async function postedBefore(
  deps: StepDeps,
  step: Try,
  channel: string,
  message: Message,
  part = 'post',
  threadTs?: string,
): Promise<string | null> {
  if (step.unsureSince === null) return null;
  const op = operation(step, part);
  const look = findPosted(deps, step, { channel, threadTs, for: op }, ({ text, bot_id, metadata }) => {
    if (metadata?.event_payload?.op === op) return 'it';
    return !metadata && bot_id === deps.self.botId && text === message.text ? 'alike' : null;
  });
  return unlessRefused(look, null);
}

interface PostedMessage {
  ts?: string;
  text?: string;
  bot_id?: string;
  files?: { name?: string; title?: string }[];
  metadata?: { event_payload?: { op?: unknown } };
}

interface Place {
  channel: string;
  threadTs?: string;
  /** What is looked for: the step's name of it. */
  for: string;
}

/**
 * The ts of what an earlier try posted in a channel, or in a thread of it; null: it is not there. It reads from a minute
 * before that try, as clocks differ, page after page; where Slack ends the look, the step's next try reads on from there.
 * What bears our mark ('it') counts before what only reads the same ('alike'). Where Slack lets us post but not read (a
 * public channel that we are not in) it refuses, and the message may come twice rather than never.
 */
export async function findPosted(
  { client }: Pick<StepDeps, 'client'>,
  step: Pick<Step, 'unsureSince' | 'looked'>,
  { channel, threadTs, for: wanted }: Place,
  match: (message: PostedMessage) => 'it' | 'alike' | null,
): Promise<string | null> {
  const oldest = String(Math.floor((step.unsureSince ?? 0) / 1000) - 60);
  let { cursor, alike } = step.looked?.for === wanted ? step.looked : { cursor: '', alike: null };
  while (true) {
    const page = { channel, oldest, limit: 200, include_all_metadata: true, ...(cursor && { cursor }) };
    const reading = threadTs
      ? client.conversations.replies({ ...page, ts: threadTs })
      : client.conversations.history(page);
    const answer = await reading.catch((error) => {
      if (cursor && refusedWith(error) === 'invalid_cursor') return null;
      throw error;
    });
    if (!answer) {
      // A cursor does not last: from the newest page again.
      cursor = '';
      continue;
    }
    for (const message of (answer.messages ?? []) as PostedMessage[]) {
      const found = message.ts ? match(message) : null;
      if (found === 'it') return message.ts ?? null;
      if (found === 'alike') alike ??= message.ts ?? null;
    }
    cursor = answer.response_metadata?.next_cursor ?? '';
    step.looked = cursor ? { for: wanted, cursor, alike } : null;
    if (!cursor) return alike;
  }
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
