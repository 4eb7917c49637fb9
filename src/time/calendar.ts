import { DAY } from './duration.ts';

/**
 * A wall clock reading without a zone: milliseconds since 1970-01-01 00:00 on that wall, as if it were UTC.
 * A `Wall` at midnight stands for a calendar day.
 */
export type Wall = number;

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The day (`Wall` at midnight) of a date, or undefined where the calendar has none. `month` counts from 1. */
export function dayOf(year: number, month: number, day: number): Wall | undefined {
  const wall = new Date(0).setUTCFullYear(year, month - 1, day);
  const { year: y, month: m, day: d } = dateOf(wall);
  return y === year && m === month && d === day ? wall : undefined;
}

export function dateOf(wall: Wall): { year: number; month: number; day: number } {
  const date = new Date(wall);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / DAY) * DAY;
}

/** 0 is Sunday, as in `WEEKDAYS`. */
export function weekdayOf(wall: Wall): number {
  return new Date(wall).getUTCDay();
}
