import type { Instant } from './types.ts';

/** Slack's message timestamp (`1758655193.000200`: seconds and microseconds, UTC) as an instant; NaN if it is none. */
export function slackInstant(ts: string): Instant {
  const found = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(ts);
  if (!found) return Number.NaN;
  return Number(found[1]) * 1000 + Number((found[2] ?? '').padEnd(6, '0')) / 1000;
}
