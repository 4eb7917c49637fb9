import { DAY, MINUTE, SECOND } from '../time/duration.ts';
import type { CalendarDay, ClockReading } from '../time/figures.ts';
import { isZone, wallAt } from '../time/zones.ts';

/**
 * A function that tells whether one of the instants (whole seconds since 1970) shows a clock time: in the zone
 * written beside it, else in UTC or in `zone`; on the date written beside it, in that same zone.
 */
export function clockFaces(seconds: readonly number[], zone: string): (clock: ClockReading) => boolean {
  const faces = new Map<string, Map<number, number[]>>();
  const faceOf = (name: string): Map<number, number[]> => {
    const known = faces.get(name) ?? makeFace(seconds, name);
    faces.set(name, known);
    return known;
  };
  return (clock) => {
    const zones = clock.zones?.map((name) => (name === 'local' ? zone : name)) ?? ['UTC', zone];
    const minutes = clock.hours.map((hour) => hour * 60 + clock.minute);
    return zones
      .filter(isZone)
      .some((name) =>
        minutes.some((minute) => (faceOf(name).get(minute) ?? []).some((wall) => fits(wall, clock))),
      );
  };
}

/** Wall times by the minute of their day. */
function makeFace(seconds: readonly number[], zone: string): Map<number, number[]> {
  const face = new Map<number, number[]>();
  for (const second of seconds) {
    const wall = wallAt(zone, second * SECOND);
    const minute = Math.floor((wall - Math.floor(wall / DAY) * DAY) / MINUTE);
    const walls = face.get(minute);
    if (walls) walls.push(wall);
    else face.set(minute, [wall]);
  }
  return face;
}

function fits(wall: number, { second, dates }: ClockReading): boolean {
  const shown = new Date(wall);
  return (
    (second === null || shown.getUTCSeconds() === second) &&
    (dates === null || dates.some((date) => isOnDay(wall, date)))
  );
}

/** Whether a wall time lies on a day, as far as the day is named. */
export function isOnDay(wall: number, { year, month, day, weekday }: CalendarDay): boolean {
  const shown = new Date(wall);
  return (
    (year === undefined || shown.getUTCFullYear() === year) &&
    (month === undefined || shown.getUTCMonth() + 1 === month) &&
    (day === undefined || shown.getUTCDate() === day) &&
    (weekday === undefined || shown.getUTCDay() === weekday)
  );
}
