import { dateOf, MONTHS } from '../time/calendar.ts';
import { isoMinute } from '../time/format.ts';
import type { Instant } from '../time/types.ts';

/** `2025-09-23`, in UTC. */
export function utcDate(at: Instant): string {
  return isoMinute(at).slice(0, -'T00:00Z'.length);
}

/** `19:53`, in UTC. */
export function utcClock(at: Instant): string {
  return isoMinute(at).slice(-'00:00Z'.length, -1);
}

const LONG_DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `23 September 2025`, in UTC. */
export function longDate(at: Instant): string {
  return LONG_DATE.format(at);
}

/** `23 Sep`, in UTC: where the year stands nearby. */
export function shortDate(at: Instant): string {
  const { month, day } = dateOf(at);
  return `${day} ${MONTHS[month - 1]}`;
}

/** `19:53`, with the date before it where it is not `previous`'s: for columns that are read downwards. */
export function clockAfter(at: Instant, previous: Instant | null): string {
  const sameDay = previous !== null && utcDate(previous) === utcDate(at);
  return sameDay ? utcClock(at) : `${utcDate(at)} ${utcClock(at)}`;
}
