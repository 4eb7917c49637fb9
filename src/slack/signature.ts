import { createHmac, timingSafeEqual } from 'node:crypto';

const FIVE_MINUTES = 5 * 60;

/**
 * Checks Slack's v0 signature over the raw bytes. `nowMs` is the clock in milliseconds; a timestamp more than five
 * minutes away, in either direction, is refused. With several secrets (a rotation) any of them will do.
 * Source: Slack, "Verifying requests from Slack".
 */
export function signatureFault(
  secrets: readonly string[],
  headers: { timestamp: string | undefined; signature: string | undefined },
  body: Buffer,
  nowMs: number,
): string | null {
  const { timestamp, signature } = headers;
  if (!timestamp || !signature) return 'signature or timestamp missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp unreadable';
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > FIVE_MINUTES) return 'timestamp too far from now';
  const given = Buffer.from(signature);
  const matches = secrets.some((secret) => {
    const expected = Buffer.from(
      `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`,
    );
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches ? null : 'signature does not match';
}
