import { startOfDay } from '../calendar.ts';
import { cutToMinute, DAY, HOUR } from '../duration.ts';
import { inFuture, needsDate } from '../refusals.ts';
import type { Instant, ReadContext } from '../types.ts';
import { readingsOf, wallAt } from '../zones.ts';
import { dayExists } from './days.ts';
import { choice, notAfter, type Outcome, one } from './outcome.ts';
import { resolveWall, type Wanted } from './wall.ts';

/**
 * A clock without am or pm (`1.28`, `at 9`; `time` is the reading before noon). It follows the entry before; where both
 * halves of the day fit, or none, both are offered.
 */
export function resolveHalf(wanted: Wanted, context: ReadContext): Outcome {
  const { previous, now, retrospective } = context;
  const dated = wanted.date !== null || wanted.weekday !== null;
  if (retrospective && !dated && previous === undefined) return needsDate(wanted.typed);

  const halves = [wanted, { ...wanted, time: wanted.time + 12 * HOUR }];
  const outcomes = halves.map((half) => resolveWall(half, context));
  const offered = outcomes.flatMap((outcome) => notAfter(now, instantsIn(outcome))).sort((a, b) => a - b);
  const refusal = outcomes.find((outcome) => outcome.kind === 'refusal');
  const [only] = offered;
  if (only === undefined) return refusal ?? inFuture(wanted.typed);

  const following = retrospective ? offered : followers(halves, context);
  const fits = dated ? offered.filter((instant) => follows(instant, context)) : following;
  // Where the day is given, the other half of it may still be to come.
  const sure = fits.length === 1 ? fits[0] : dated && offered.length === 1 ? only : undefined;
  return sure !== undefined && shows(wanted, sure) ? one(sure) : choice('am-or-pm', offered);
}

/** Whether the clock shows what was typed then; a neighbour of a skipped time does not. */
function shows({ zone, time }: Wanted, instant: Instant): boolean {
  return (wallAt(zone, instant) - time) % (12 * HOUR) === 0;
}

/** Live: within 24 hours after the entry before. The same minute counts as following. */
function follows(instant: Instant, { previous, retrospective }: ReadContext): boolean {
  if (previous === undefined) return false;
  const since = cutToMinute(previous);
  return instant >= since && (retrospective || instant < since + DAY);
}

/** All readings without a date that follow the entry before and are not in the future. */
function followers(halves: Wanted[], context: ReadContext): Instant[] {
  const { previous, now } = context;
  if (previous === undefined) return [];
  return halves.flatMap(({ zone, time }) => {
    const first = startOfDay(wallAt(zone, cutToMinute(previous)));
    return [first, first + DAY, first + 2 * DAY]
      .filter((day) => dayExists(zone, day))
      .flatMap((day) => notAfter(now, readingsOf(zone, day + time).instants))
      .filter((instant) => follows(instant, context));
  });
}

function instantsIn(outcome: Outcome): Instant[] {
  if (outcome.kind === 'one') return [outcome.instant];
  return outcome.kind === 'choice' ? outcome.instants : [];
}
