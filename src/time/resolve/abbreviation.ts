import { DAY } from '../duration.ts';
import type { ReadContext, ReadResult } from '../types.ts';
import { offsetAt } from '../zones.ts';

const HALF_A_YEAR = 182 * DAY;

/**
 * An abbreviation with several meanings (`IST`): all readings of all of them, the typer's own meaning first, the rest by
 * instant. A refusal only where every meaning is one.
 */
export function choiceOfZones(zones: string[], results: ReadResult[], context: ReadContext): ReadResult {
  const own = ownZone(zones, context);
  const readings = results
    .flatMap((result) =>
      result.kind === 'one' ? [result.reading] : result.kind === 'choice' ? result.readings : [],
    )
    .sort((a, b) => Number(b.zone === own) - Number(a.zone === own) || a.instant - b.instant)
    .filter((reading, i, all) => all.findIndex(({ instant }) => instant === reading.instant) === i);
  const refusal = results.find((result) => result.kind === 'refusal');
  if (readings.length === 0 && refusal) return refusal;
  const anotherTime =
    readings.length < 2 || results.some((result) => result.kind === 'choice' && result.anotherTime);
  return { kind: 'choice', reason: 'abbreviation', readings, anotherTime };
}

/** The meaning with an offset that the typer's clocks have in summer or winter; the table's order decides among two. */
function ownZone(zones: string[], { zone, now }: ReadContext): string | undefined {
  const offsets = [now, now - HALF_A_YEAR].map((instant) => offsetAt(zone, instant));
  return zones.find((each) => offsets.includes(offsetAt(each, now)));
}
