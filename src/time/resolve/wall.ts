import { startOfDay } from '../calendar.ts';
import { cutToMinute, DAY } from '../duration.ts';
import type { DateForm } from '../parse/form.ts';
import { inFuture, needsDate } from '../refusals.ts';
import type { Instant, ReadContext } from '../types.ts';
import { readingsOf, wallAt } from '../zones.ts';
import { dayExists, dayMeant, daysBack, TOLERANCE } from './days.ts';
import { choice, isOld, notAfter, type Outcome, one, outcomeOfDated } from './outcome.ts';

/** A wall time to be found in one zone. */
export interface Wanted {
  date: DateForm | null;
  weekday: number | null;
  /** Milliseconds since 00:00. */
  time: number;
  zone: string;
  /** For messages. */
  typed: string;
}

/** The instant, or instants, that a time of day with or without a day means (TIME: "Typed times"). */
export function resolveWall(wanted: Wanted, context: ReadContext): Outcome {
  const { zone, time } = wanted;
  if (wanted.date !== null || wanted.weekday !== null) {
    const day = dayMeant(wanted, time, zone, context.now);
    if (typeof day !== 'number') return day;
    return outcomeOfDated(readingsOf(zone, day + time), context.now, wanted.typed);
  }
  return context.retrospective ? following(wanted, context) : latest(wanted, context.now);
}

/** Live and without a date: the latest such time not after now, asked when it is over 12 hours ago. */
function latest({ zone, time }: Wanted, now: Instant): Outcome {
  const days = daysBack(zone, startOfDay(wallAt(zone, now + TOLERANCE)));
  for (;;) {
    const wall = days.next().value + (time % DAY);
    const { instants, skipped } = readingsOf(zone, wall);
    const past = notAfter(now, instants);
    const last = past.at(-1);
    // The neighbour before a skipped time may be past while the clocks have yet to skip it.
    if (last === undefined || (skipped && wallAt(zone, now) < wall)) continue;
    if (skipped) return choice(skipped, past, isOld(now, last));
    if (past.length > 1) return choice('twice', past, isOld(now, last));
    if (isOld(now, last)) return choice('older-than-12h', [last], true);
    return instants.length > 1
      ? one(last, 'It occurs twice that day; this is the one that is past.')
      : one(last);
  }
}

/** Retrospective and without a date: the first such time not before the entry before. */
function following(wanted: Wanted, { previous, now }: ReadContext): Outcome {
  const { zone, time, typed } = wanted;
  if (previous === undefined) return needsDate(typed);
  const since = cutToMinute(previous);
  for (let day = startOfDay(wallAt(zone, since)); ; day += DAY) {
    if (!dayExists(zone, day)) continue;
    const { instants, skipped } = readingsOf(zone, day + (time % DAY));
    const after = instants.filter((instant) => instant >= since);
    const [first] = after;
    if (first === undefined) continue;
    const past = notAfter(now, skipped ? instants : [first]);
    if (past.length === 0) return inFuture(typed);
    if (skipped) return choice(skipped, past);
    return instants.length > 1
      ? one(first, 'It occurs twice that day; this is the first that follows.')
      : one(first);
  }
}
