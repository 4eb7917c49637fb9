import type { WebClient } from '@slack/web-api';
import type { MessageChange } from '../../usecases/followMessage.ts';
import type { ReactionState } from '../../usecases/types.ts';
import type { FetchedMessage } from '../messageText.ts';

/** A message as Slack's history gives it, as far as it is compared. */
export interface HistoryMessage extends FetchedMessage {
  ts?: string;
  subtype?: string;
  thread_ts?: string;
  reply_count?: number;
  /** `users` may be cut short, `count` never is. */
  reactions?: { name?: string; users?: string[]; count?: number }[];
}

/** A pin as `pins.list` gives it; files can be pinned too. */
export interface Pinned {
  created_by?: string;
  message?: { ts?: string; user?: string };
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
