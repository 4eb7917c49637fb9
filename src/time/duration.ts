import type { Instant } from './types.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The start of the minute that `instant` is in. Printed figures are computed from instants cut so. */
export function cutToMinute(instant: Instant): Instant {
  return Math.floor(instant / MINUTE) * MINUTE;
}

/**
 * Whole minutes from `a` to `b`, both cut to the minute first, so that subtracting two printed times gives the
 * printed duration. Absolute time: a change of clocks in between does not count. Negative when `b` is earlier.
 */
export function minutesBetween(a: Instant, b: Instant): number {
  return (cutToMinute(b) - cutToMinute(a)) / MINUTE;
}

/**
 * `2 h 35 min`, `43 h 50 min`, `2 h`, `0 min`; `−5 min` for what came before. `days` adds the days from 24 hours on:
 * `43 h 50 min (1 d 19 h 50 min)`. The only function that formats a duration.
 */
export function formatMinutes(minutes: number, options: { days?: boolean } = {}): string {
  const total = Math.abs(Math.trunc(minutes));
  const sign = minutes < 0 && total > 0 ? '−' : '';
  const plain = `${sign}${joinParts(0, Math.floor(total / 60), total % 60)}`;
  if (!options.days || total < 24 * 60) return plain;
  return `${plain} (${sign}${joinParts(Math.floor(total / 1440), Math.floor(total / 60) % 24, total % 60)})`;
}

/** The same in words, for sentences: `2 hours and 35 minutes`, `1 minute`, `0 minutes`. */
export function wordMinutes(minutes: number): string {
  const total = Math.abs(Math.trunc(minutes));
  const hours = Math.floor(total / 60);
  const parts = [];
  if (hours > 0) parts.push(hours === 1 ? '1 hour' : `${hours} hours`);
  if (total % 60 > 0 || hours === 0) parts.push(total % 60 === 1 ? '1 minute' : `${total % 60} minutes`);
  return `${minutes < 0 && total > 0 ? 'minus ' : ''}${parts.join(' and ')}`;
}

function joinParts(days: number, hours: number, minutes: number): string {
  const parts = [];
  if (days > 0) parts.push(`${days} d`);
  if (hours > 0) parts.push(`${hours} h`);
  if (minutes > 0 || parts.length === 0) parts.push(`${minutes} min`);
  return parts.join(' ');
}
