import { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from 'pino';
import { clientOptions } from './bolt.ts';
import type { Intake } from './intake.ts';

interface SlackEvent {
  ack(response?: Record<string, unknown>): Promise<void>;
  body: unknown;
  retry_num?: number;
  retry_reason?: string;
}

/** Socket Mode: the same intake, without an address of our own. What is not stored is not acknowledged. */
export function createSocket(parts: {
  appToken: string;
  apiUrl: string | null;
  intake: Intake;
  logger: Logger;
}) {
  const { appToken, apiUrl, intake, logger } = parts;
  const { slackApiUrl, ...options } = clientOptions(apiUrl, logger);
  const client = new SocketModeClient({
    appToken,
    clientOptions: { ...options, ...(slackApiUrl && { slackApiUrl }) },
  });
  client.on('slack_event', ({ ack, body, retry_num, retry_reason }: SlackEvent) => {
    const retry = retry_num ? { num: retry_num, reason: retry_reason ?? '' } : undefined;
    intake
      .deliver(body, retry)
      .then(async ({ status, answer }) => {
        if (status !== 200) return;
        try {
          await (answer ? ack(answer as Record<string, unknown>) : ack());
        } catch (err) {
          logger.warn({ err }, 'the socket closed before the answer');
          intake.answerLater(body, answer);
        }
      })
      .catch((err) => logger.error({ err }, 'a socket request failed'));
  });
  client.on('error', (err) => logger.error({ err }, 'the socket failed'));
  return {
    start: async (): Promise<void> => {
      await client.start();
    },
    stop: (): Promise<void> => client.disconnect(),
  };
}
