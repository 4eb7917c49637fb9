import { App, LogLevel, type Receiver } from '@slack/bolt';
import { type AuthTestResponse, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Connections } from './connections.ts';

/** Writes are never retried blindly: an answer that was lost may have been a yes. The outbox looks first. */
export const clientOptions = (apiUrl: string | null, logger: Logger): WebClientOptions => ({
  retryConfig: { retries: 0 },
  timeout: 10_000,
  rejectRateLimitedCalls: true,
  logger: slackLogger(logger),
  ...(apiUrl && { slackApiUrl: apiUrl }),
});

/** `token` null: for the methods that need none. */
export const createClient = (token: string | null, apiUrl: string | null, logger: Logger): WebClient =>
  new WebClient(token ?? undefined, clientOptions(apiUrl, logger));

// The intake hands requests to the app itself; Bolt only wants to have a receiver.
const noReceiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

/**
 * The Bolt app. Each request is handled as its own workspace's. What a listener throws comes out of `processEvent`, so
 * that nothing is swallowed.
 */
export function createBoltApp(parts: {
  apiUrl: string | null;
  connections: Connections;
  logger: Logger;
}): App {
  const { apiUrl, connections, logger } = parts;
  const app = new App({
    receiver: noReceiver,
    clientOptions: clientOptions(apiUrl, logger),
    logger: slackLogger(logger),
    authorize: async ({ teamId = '' }) => {
      const { client, self } = await connections.of(teamId);
      return { botToken: client.token ?? '', botId: self.botId, botUserId: self.userId, teamId };
    },
  });
  app.error(async (error) => {
    throw error.original ?? error;
  });
  return app;
}

// The SDK's own lines may hold bodies at debug level: only its warnings and errors pass.
const slackLogger = (logger: Logger) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (...words: unknown[]) => logger.warn(words.map(String).join(' ')),
  error: (...words: unknown[]) => logger.error(words.map(String).join(' ')),
  getLevel: () => LogLevel.WARN,
  setLevel: () => undefined,
  setName: () => undefined,
});

/** Who we are in Slack, asked once; a failure is not remembered. */
export function createIdentity(client: WebClient): () => Promise<AuthTestResponse> {
  let known: Promise<AuthTestResponse> | undefined;
  return () => {
    known ??= client.auth.test().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
