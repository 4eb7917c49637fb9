import { createHmac } from 'node:crypto';

/**
 * The headers by which Slack proves that a request is its own: version 0, HMAC-SHA256 over
 * `v0:TIMESTAMP:BODY`. `now` in milliseconds; the timestamp is in seconds.
 */
export function signatureHeaders(secret: string, body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
