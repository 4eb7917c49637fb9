import { randomBytes } from 'node:crypto';
import { type Delivered, type Delivery, type Failure, JSON_TYPE } from './delivery.ts';
import type { Json, Workspace } from './types.ts';

/** An event and every attempt to deliver it. */
export interface EventLog {
  id: string;
  type: string;
  event: Json;
  attempts: { status?: number; failure?: Failure }[];
}

export interface Events {
  log: EventLog[];
  /** Sends an event to the bot; comes back at once. */
  send(event: Json): void;
  /** Waits until every event so far has been taken by the bot or given up. */
  settled(): Promise<void>;
  /** No more attempts. */
  stop(): void;
}

/**
 * The Events API: each event in its envelope, up to three retries when the bot does not answer 2xx within
 * three seconds, none when it asks for that (`x-slack-no-retry: 1`). Slack retries at once, after one and after
 * five minutes; `retryDelays` (milliseconds) are shorter here.
 */
export function createEvents(options: {
  workspace: Workspace;
  delivery: Delivery;
  retryDelays: number[];
  /** `message.channels`, `reaction_added` and so on; undefined for all. */
  subscribed: string[] | undefined;
  /** Whether the workspace has the app. */
  installed: () => boolean;
  /** Seconds since 1970 for `event_time`. */
  seconds: () => number;
}): Events {
  const { workspace, delivery, retryDelays, seconds, subscribed, installed } = options;
  const log: EventLog[] = [];
  const pending = new Set<Promise<void>>();
  let stopped = false;

  async function deliver(body: string, entry: EventLog): Promise<void> {
    let reason: Failure | undefined;
    for (let attempt = 0; attempt <= retryDelays.length && !stopped; attempt++) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, retryDelays[attempt - 1]));
      const headers: Record<string, string> = reason
        ? { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason }
        : {};
      const { status, failure, headers: answered }: Delivered = await delivery.post(body, JSON_TYPE, headers);
      entry.attempts.push({ status, failure });
      if (!failure || answered.get('x-slack-no-retry') === '1') return;
      reason = failure;
    }
  }

  return {
    log,
    send(event) {
      if (subscribed && !subscribed.includes(subscription(event))) return;
      if (!delivery.url) return; // Nobody listens yet.
      if (!installed() && !GOODBYES.has(String(event.type))) return;
      const id = `Ev0${randomBytes(5).toString('hex').toUpperCase()}`;
      const entry: EventLog = { id, type: String(event.type), event, attempts: [] };
      log.push(entry);
      const sending = deliver(JSON.stringify(envelope(workspace, id, event, seconds())), entry);
      pending.add(sending);
      void sending.finally(() => pending.delete(sending));
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    stop() {
      stopped = true;
    },
  };
}

/** What an app is told of when it is gone. */
const GOODBYES = new Set(['app_uninstalled', 'tokens_revoked']);

/** Under which name an app subscribes to an event: those of messages differ by kind of channel. */
function subscription({ type, channel_type }: Json): string {
  const kind = channel_type === 'channel' || channel_type === 'group' ? `${channel_type}s` : channel_type;
  return type === 'message' ? `message.${kind}` : String(type);
}

function envelope(workspace: Workspace, id: string, event: Json, time: number): Json {
  const { teamId, appId, botUserId, verificationToken } = workspace;
  return {
    token: verificationToken,
    team_id: teamId,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: id,
    event_time: time,
    authorizations: [
      {
        enterprise_id: null,
        team_id: teamId,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${id}`,
  };
}
