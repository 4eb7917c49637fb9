import type { Json } from './types.ts';

/** A message that only one person sees. Slack keeps it in their client alone. */
export interface Ephemeral {
  ts: string;
  channel: string;
  /** Who sees it. */
  userId: string;
  text: string;
  blocks?: Json[];
  threadTs?: string;
  /** Slack's own word to the person, such as that a command failed. */
  fromSlack?: boolean;
}

export interface Ephemerals {
  add(message: Ephemeral): Ephemeral;
  /** What the person sees in the channel, oldest first. */
  seen(userId: string, channel: string): Ephemeral[];
  find(ts: string): Ephemeral | undefined;
  remove(ts: string): void;
}

export function createEphemerals(): Ephemerals {
  const messages = new Map<string, Ephemeral>();
  return {
    add(message) {
      messages.set(message.ts, message);
      return message;
    },
    seen: (userId, channel) =>
      [...messages.values()].filter((message) => message.userId === userId && message.channel === channel),
    find: (ts) => messages.get(ts),
    remove: (ts) => void messages.delete(ts),
  };
}
