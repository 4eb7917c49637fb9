import type { Instant } from './types.ts';

const MINUTE = 60_000;

/** The instant at the start of its minute, in milliseconds. Elapsed time is on absolute instants, so no zone. */
export function cutToMinute(instant: Instant): Instant {
  return Math.floor(instant / MINUTE) * MINUTE;
}

/**
 * Whole minutes from one instant to another, both cut to the minute first, so that subtracting what is
 * printed gives what is printed. Negative when `to` is before `from`.
 */
export function minutesBetween(from: Instant, to: Instant): number {
  return (cutToMinute(to) - cutToMinute(from)) / MINUTE;
}

/** `7 h 28 min`, `2 h`, `13 min`, `0 min`; with a minus sign when negative. Hours are not turned into days. */
export function formatMinutes(minutes: number): string {
  const whole = Math.abs(Math.trunc(minutes));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const parts = [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''];
  return (minutes <= -1 ? '−' : '') + parts.filter((part) => part !== '').join(' ');
}
