import type { Answered } from '../answers.ts';
import { plain, type Reader, shownMessage } from '../shown.ts';
import { isJson, type Json, listOf, textOf } from '../types.ts';
import type { StoredView } from '../views.ts';

/** A message as a person sees it. */
export interface SeenMessage {
  ts: string;
  channel: string;
  /** Who wrote it; undefined for Slack itself. */
  user?: string;
  /** As stored, in Slack's encoding. */
  text: string;
  blocks: Json[];
  /** What is on the screen: blocks as lines, names instead of ids, buttons as `[label]`. */
  shown: string;
  ephemeral: boolean;
  threadTs?: string;
  edited: boolean;
  reactions: { name: string; users: string[]; count: number }[];
  files: Json[];
  /** Every address that can be clicked: links in texts and buttons. */
  links: string[];
}

/** What a person gets back for a command or a press. It grows while the bot goes on answering. */
export interface Reply {
  /** What was typed or pressed. */
  asked: string;
  /** Slack's words when the bot did not answer in time or answered with an error. */
  failure?: string;
  /** The answers so far, replaced ones in their newest form. */
  messages: SeenMessage[];
  /** All answers as shown, Slack's words included. */
  readonly text: string;
  /** The modal that the bot opened, as it is now. */
  readonly view: StoredView | undefined;
  /** Waits until there is something to see. Throws, naming what was asked, after `limit` milliseconds (30,000). */
  visible(limit?: number): Promise<Reply>;
}

export interface OpenReply extends Reply {
  take(message: Answered): void;
  hasSomething(): boolean;
}

export function createReply(
  asked: string,
  reader: Reader,
  openedView: () => StoredView | undefined,
): OpenReply {
  const reply: OpenReply = {
    asked,
    messages: [],
    get text() {
      return [this.failure, ...this.messages.map((message) => message.shown)].filter(Boolean).join('\n');
    },
    get view() {
      return openedView();
    },
    take(message) {
      const seen = seenMessage(message, message.channel, reader, message.ephemeral);
      const index = this.messages.findIndex((old) => old.ts === seen.ts);
      if (index < 0) this.messages.push(seen);
      else this.messages[index] = seen;
    },
    hasSomething() {
      return this.messages.length > 0 || this.failure !== undefined || this.view !== undefined;
    },
    async visible(limit = 30_000) {
      if (await until(() => this.hasSomething(), limit)) return this;
      throw new Error(`Nothing was answered to "${asked}" in ${limit / 1000} seconds.`);
    },
  };
  return reply;
}

/** A stored message as it is seen. */
export function seenMessage(
  message: object,
  channel: string,
  reader: Reader,
  ephemeral: boolean,
): SeenMessage {
  const fields: Json = { ...message };
  const text = textOf(fields.text);
  const blocks = listOf(fields.blocks);
  return {
    ts: textOf(fields.ts),
    channel,
    user: textOf(fields.user) || undefined,
    text,
    blocks,
    shown: shownMessage({ text, blocks, files: fields.files }, reader),
    ephemeral,
    threadTs: textOf(fields.thread_ts) || textOf(fields.threadTs) || undefined,
    edited: isJson(fields.edited),
    reactions: (fields.reactions ?? []) as SeenMessage['reactions'],
    files: listOf(fields.files),
    links: links(blocks.length > 0 ? blocks : text),
  };
}

/** Waits until `check` holds; false when it does not within `limit` milliseconds. */
export async function until(check: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
  for (const end = Date.now() + limit; ; ) {
    if (await check()) return true;
    if (Date.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

function links(value: unknown): string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(/<(https?:\/\/[^|>]+)(?:\|[^>]*)?>/g)].map(([, url = '']) => plain(url));
  }
  if (Array.isArray(value)) return value.flatMap(links);
  if (!isJson(value)) return [];
  const own = typeof value.url === 'string' ? [value.url] : [];
  return [
    ...own,
    ...Object.values(value).flatMap((part) => (typeof part === 'string' ? links(part) : links(part))),
  ];
}
