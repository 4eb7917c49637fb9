import type { WebClient } from '@slack/web-api';
import type { MessageChange } from '../../usecases/followMessage.ts';
import type { ReactionState } from '../../usecases/ports.ts';
import type { FetchedMessage } from '../messageText.ts';

/** Where the comparison of an incident's channel stands. `passTs`: Slack's time at the pass's beginning. */
export interface Pass {
  incidentId: string;
  teamId: string;
  channelId: string;
  sinceTs: string;
  passTs: string | null;
  /** The channel's messages; then its threads; then entries whose message was in neither. */
  phase: 'history' | 'threads' | 'gone';
  cursor: string | null;
  todo: string[];
  dueAt: number;
}

/** A message as Slack's history gives it, as far as it is compared. */
export interface HistoryMessage extends FetchedMessage {
  ts?: string;
  subtype?: string;
  thread_ts?: string;
  reply_count?: number;
  edited?: { ts?: string; user?: string };
  /** `users` may be cut short, `count` never is. */
  reactions?: { name?: string; users?: string[]; count?: number }[];
}

export interface KnownMessages {
  entries: { ts: string; messageChange: string; gone: boolean }[];
  reactions: { ts: string; emoji: string; userId: string; present: boolean; eventTs: string }[];
}

/** Something that Slack has and we have not, as the use cases take it. */
export type Missed =
  | { kind: 'reaction'; userId: string; state: ReactionState }
  | { kind: 'change'; userId: string; change: MessageChange };

export interface Slack {
  client: WebClient;
  /** Our own user. */
  self: string;
}
