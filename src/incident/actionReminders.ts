import { DateTime } from 'luxon';
import type { Instant } from '../time/types.ts';

const HOUR_OF_DAY = 9;

/** When an owner is reminded: at 09:00 of their zone (IANA), the day before the due date and on it. Past ones fall out. */
export function actionReminders(
  due: string,
  zone: string,
  now: Instant,
): { when: 'before' | 'due'; at: Instant }[] {
  const morning = DateTime.fromISO(due, { zone }).set({ hour: HOUR_OF_DAY });
  const all = [
    { when: 'before' as const, at: morning.minus({ days: 1 }).toMillis() },
    { when: 'due' as const, at: morning.toMillis() },
  ];
  return all.filter(({ at }) => at > now);
}

/** 09:00 of the zone's same weekday a week later. */
export const weekLater = (now: Instant, zone: string): Instant =>
  DateTime.fromMillis(now, { zone })
    .plus({ weeks: 1 })
    .set({ hour: HOUR_OF_DAY, minute: 0, second: 0, millisecond: 0 })
    .toMillis();
