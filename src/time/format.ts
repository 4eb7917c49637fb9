import { dateOf, MONTHS, startOfDay, type Wall, WEEKDAYS, weekdayOf } from './calendar.ts';
import { cutToMinute, SECOND } from './duration.ts';
import { cityOf } from './places.ts';
import type { Instant, Precision, Reading } from './types.ts';
import { zoneLabel } from './zone-label.ts';
import { instantsOf, isZone, offsetAt, wallAt } from './zones.ts';

export { zoneLabel } from './zone-label.ts';

/** Seconds: `never` (default) cuts to the minute, `nonzero` writes them where there are any. */
export interface Seconds {
  seconds?: 'never' | 'nonzero' | 'always';
}

/** `2025-09-23 19:53 UTC`. */
export function formatUtc(instant: Instant, options: Seconds = {}): string {
  return `${isoDate(instant)} ${clockOf(instant, options)} UTC`;
}

/** `2025-09-23T19:53Z`, cut to the minute. */
export function isoMinute(instant: Instant): string {
  return `${isoDate(instant)}T${clockOf(cutToMinute(instant))}Z`;
}

/**
 * `Tue 23 Sep 21:53 CEST` on the zone's wall. The year is left out only where `now` shows that it is this year's. The
 * zone is an abbreviation where our table reads it with one meaning, and an offset (`UTC+05:45`) elsewhere. An unknown zone is shown in UTC.
 */
export function formatIn(instant: Instant, place: string, now?: Instant, options: Seconds = {}): string {
  const zone = isZone(place) ? place : 'UTC';
  const wall = wallAt(zone, instant);
  return `${WEEKDAYS[weekdayOf(wall)]} ${dateIn(wall, zone, now)} ${clockOf(wall, options)} ${zoneLabel(instant, zone)}`;
}

/** The printed time with `about` or `by` before it, where it is not exact. */
export function withPrecision(printed: string, precision?: Precision): string {
  return precision === undefined || precision === 'exact' ? printed : `${precision} ${printed}`;
}

/** `about 2025-09-23 19:53 UTC`. */
export const utcOf = ({ at, precision }: { at: Instant; precision?: Precision }): string =>
  withPrecision(formatUtc(at), precision);

/**
 * How every reply says a time: `19:53 UTC (21:53 in Berlin)`, with dates as soon as a day is not today on both walls:
 * `22:30 UTC, 23 Sep (00:30 on 24 Sep in Berlin)`. In the hour that occurs twice the zone's offset is said too. An unknown zone
 * says nothing: UTC alone then.
 */
export function formatBoth(instant: Instant, place: string, now: Instant): string {
  const zone = isZone(place) ? place : 'UTC';
  const wall = wallAt(zone, instant);
  const sameDay = startOfDay(wall) === startOfDay(instant);
  const today = [zone, 'UTC'].every(
    (each) => startOfDay(wallAt(each, instant)) === startOfDay(wallAt(each, now)),
  );
  const utc = `${clockOf(instant)} UTC${sameDay && today ? '' : `, ${dateIn(instant, 'UTC', now)}`}`;
  if (zone === 'UTC') return utc;
  const day = sameDay ? '' : ` on ${dateIn(wall, zone, now)}`;
  return `${utc} (${clockOf(wall)}${placeOf(instant, zone, wall, day)})`;
}

/** `21:53 CEST`, its date first where it is not UTC's: `24 Sep 00:30 CEST`. Null where the zone's wall shows UTC. */
export function besideUtc(instant: Instant, zone: string): string | null {
  if (!isZone(zone) || offsetAt(zone, instant) === 0) return null;
  const wall = wallAt(zone, instant);
  const { month, day } = dateOf(wall);
  const date = startOfDay(wall) === startOfDay(instant) ? '' : `${day} ${MONTHS[month - 1]} `;
  return `${date}${clockOf(wall)} ${zoneLabel(instant, zone)}`;
}

/**
 * A reading on a button, 75 characters at most: `Sun 2 Nov 01:30 EDT · 2025-11-02 05:30 UTC`. The UTC part is always
 * there, and reads back as the same instant to the second.
 */
export function readingLabel(reading: Reading, now: Instant): string {
  const { instant, zone } = reading;
  const utc = formatUtc(instant, { seconds: 'nonzero' });
  if (offsetAt(zone, instant) === 0) return `${WEEKDAYS[weekdayOf(wallAt(zone, instant))]} ${utc}`;
  return `${formatIn(instant, zone, now, { seconds: 'nonzero' })} · ${utc}`;
}

function placeOf(instant: Instant, zone: string, wall: Wall, day: string): string {
  if (!/^[A-Z]\w+\//.test(zone) || zone.startsWith('Etc/')) return ` ${zoneLabel(instant, zone)}${day}`;
  const twice = instantsOf(zone, wall).length > 1 ? ` ${zoneLabel(instant, zone)}` : '';
  return `${twice}${day} in ${cityOf(zone)}`;
}

function isoDate(wall: Wall): string {
  const { year, month, day } = dateOf(wall);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

function dateIn(wall: Wall, zone: string, now: Instant | undefined): string {
  const { year, month, day } = dateOf(wall);
  const thisYear = now !== undefined && dateOf(wallAt(zone, now)).year === year && wall <= wallAt(zone, now);
  return `${day} ${MONTHS[month - 1]}${thisYear ? '' : ` ${year}`}`;
}

function clockOf(wall: Wall, { seconds = 'never' }: Seconds = {}): string {
  const date = new Date(Math.floor(wall / SECOND) * SECOND);
  const minutes = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  const second = date.getUTCSeconds();
  return seconds === 'always' || (seconds === 'nonzero' && second > 0)
    ? `${minutes}:${pad(second)}`
    : minutes;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
