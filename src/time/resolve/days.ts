import { dateOf, dayOf, MONTHS, startOfDay, type Wall, WEEKDAYS, weekdayOf } from '../calendar.ts';
import { DAY, HOUR, MINUTE } from '../duration.ts';
import type { DateForm, Refusal } from '../parse/form.ts';
import { refuse } from '../refusals.ts';
import type { Instant } from '../types.ts';
import { readingsOf, wallAt } from '../zones.ts';

/** TIME: clocks differ, so a time this far ahead is not in the future yet. */
export const TOLERANCE = 2 * MINUTE;

/** Days of the zone's calendar going back from `from`, those that the zone skipped left out. */
export function* daysBack(zone: string, from: Wall): Generator<Wall, never> {
  for (let day = from; ; day -= DAY) if (dayExists(zone, day)) yield day;
}

/** False for a day that the zone's calendar skipped (Samoa, 30 December 2011). */
export function dayExists(zone: string, day: Wall): boolean {
  return readingsOf(zone, day + 12 * HOUR).skipped !== 'skipped-day';
}

/** True when `time` on `day` has a reading that is not in the future. */
export function isPast(zone: string, wall: Wall, now: Instant): boolean {
  return readingsOf(zone, wall).instants.some((instant) => instant <= now + TOLERANCE);
}

/**
 * The calendar day that a typed day means in `zone` for a time of day (`time`, milliseconds since 00:00): the latest
 * such day whose time is past, where weekday or year are open.
 */
export function dayMeant(
  form: { date: DateForm | null; weekday: number | null },
  time: number,
  zone: string,
  now: Instant,
): Wall | Refusal {
  const today = startOfDay(wallAt(zone, now));
  const { date, weekday } = form;
  if (date === null) return latestWeekday(weekday ?? 0, time, zone, now);
  if (date.kind === 'days-from-today') return dayFromToday(date.days, zone, today);
  const day = date.kind === 'day' ? date.day : monthDay(date, time, zone, now);
  if (typeof day === 'number' && weekday !== null && weekdayOf(day) !== weekday) {
    const { year, month, day: dayOfMonth } = dateOf(day);
    const message = `${dayOfMonth} ${MONTHS[month - 1]} ${year} is a ${WEEKDAYS[weekdayOf(day)]}, not a ${WEEKDAYS[weekday]}. Type the date alone, with its year.`;
    return refuse('impossible', message);
  }
  return day;
}

function dayFromToday(days: number, zone: string, today: Wall): Wall {
  if (days >= 0) return today + days * DAY;
  // The last day that existed, where yesterday was skipped.
  return daysBack(zone, today - DAY).next().value;
}

function latestWeekday(weekday: number, time: number, zone: string, now: Instant): Wall {
  const days = daysBack(zone, startOfDay(wallAt(zone, now + TOLERANCE)));
  for (;;) {
    const day = days.next().value;
    if (weekdayOf(day) === weekday && isPast(zone, day + time, now)) return day;
  }
}

function monthDay(
  { month, dayOfMonth }: { month: number; dayOfMonth: number },
  time: number,
  zone: string,
  now: Instant,
): Wall | Refusal {
  const { year } = dateOf(wallAt(zone, now + TOLERANCE));
  const thisYear = new Date(0).setUTCFullYear(year, month - 1, dayOfMonth);
  const meant = isPast(zone, thisYear + time, now) ? year : year - 1;
  const day = dayOf(meant, month, dayOfMonth);
  if (day !== undefined) return day;
  return refuse(
    'needs-year',
    `${meant} has no ${dayOfMonth} ${MONTHS[month - 1]}. Type the date with its year.`,
  );
}
