import { DAY, formatMinutes, MINUTE, minutesBetween, SECOND } from '../../time/duration.ts';
import type { ClockReading, DurationReading, Figure } from '../../time/figures.ts';
import { formatIn } from '../../time/format.ts';
import { isZone, wallAt } from '../../time/zones.ts';
import { nearestPair, wholeSeconds } from '../instants.ts';
import { momentsOf } from '../moments.ts';
import { unsupportedFigures } from '../support.ts';
import type { Moment } from '../types.ts';
import { occurrenceKeys } from './keys.ts';
import type { Check, CheckInput } from './types.ts';
import { momentWords, numbersOf, quoted, spanWords } from './words.ts';

/** Durations and clock times in prose that nothing on the timeline supports, each with what comes nearest. */
export function figures({ facts, texts, zone }: CheckInput): Check[] {
  const moments = momentsOf(facts);
  const walls = wallsOf(moments);
  return texts.flatMap(({ section, text }) => {
    const keyOf = occurrenceKeys(`figure:${section}`);
    return unsupportedFigures(text, facts, zone).map((figure): Check => {
      const { complaint, near } = describe(figure, moments, walls, zone);
      return {
        name: 'figure',
        severity: 'error',
        message: `${quoted(figure.text)}: ${complaint}`,
        entryNumbers: numbersOf(...near),
        section,
        excerpt: figure.text,
        index: figure.index,
        key: keyOf(figure.text),
      };
    });
  });
}

interface Description {
  complaint: string;
  near: Moment[];
}

/** Wall times of all moments in a zone, computed once for all figures. */
type Walls = (zone: string) => readonly number[];

function wallsOf(moments: readonly Moment[]): Walls {
  const known = new Map<string, readonly number[]>();
  return (zone) => {
    const walls = known.get(zone) ?? moments.map(({ at }) => wallAt(zone, at));
    known.set(zone, walls);
    return walls;
  };
}

function describe(figure: Figure, moments: readonly Moment[], walls: Walls, zone: string): Description {
  const { clock, duration } = figure;
  if (clock) return describeClock(clock, duration !== null, moments, walls, zone);
  return duration ? describeLength(duration, moments) : { complaint: '', near: [] };
}

function describeLength(duration: DurationReading, moments: readonly Moment[]): Description {
  const complaint = `no two moments of the timeline are ${lengthWanted(duration)}.`;
  const unit = duration.precision < 60 ? SECOND : MINUTE;
  const sorted = moments.map(({ at }) => wholeSeconds(at, unit));
  const pair = nearestPair(sorted, duration.seconds);
  const [from, to] = pair ? [moments[pair[0]], moments[pair[1]]] : [];
  if (!from || !to) return { complaint, near: [] };
  const nearest = spanWords(minutesBetween(from.at, to.at), from, to);
  return { complaint: `${complaint} Nearest: ${nearest}.`, near: [from, to] };
}

const ROUNDED: Record<number, string> = { 1800: 'half an hour', 3600: 'an hour', 86400: 'a day' };

/** `that far apart, rounded to an hour`; of a bound or a range its ends: `2 h to 3 h apart`. */
function lengthWanted({ seconds, upTo, precision, bound }: DurationReading): string {
  const between = (low: number, high: number) =>
    `${formatMinutes(low / 60)} to ${formatMinutes(high / 60)} apart`;
  if (upTo !== null) return between(seconds, upTo);
  if (bound === 'over') return between(seconds, seconds + precision);
  if (bound === 'under') return between(Math.max(0, seconds - precision), seconds);
  const rounded = ROUNDED[precision];
  return `that far apart${rounded ? `, rounded to ${rounded}` : ''}`;
}

function describeClock(
  clock: ClockReading,
  orLength: boolean,
  moments: readonly Moment[],
  walls: Walls,
  zone: string,
): Description {
  const named = clock.zones?.map((name) => (name === 'local' ? zone : name)) ?? ['UTC', zone];
  const zones = [...new Set(named)].filter(isZone);
  const dated = clock.dates ? ' on that date' : '';
  const nor = orLength ? ', nor are two moments that far apart' : '';
  const complaint = `no line and no end of the impact shows that time${dated} in ${zones.join(' or ')}${nor}.`;
  const nearest = nearestClock(clock, moments, walls, zones);
  if (!nearest) return { complaint, near: [] };
  const { moment, name, off } = nearest;
  const shown = name === 'UTC' ? '' : `, which is ${formatIn(moment.at, name)}`;
  const intro = off === 0 ? 'That time is' : 'Nearest:';
  return { complaint: `${complaint} ${intro} ${momentWords(moment)}${shown}.`, near: [moment] };
}

function nearestClock(
  clock: ClockReading,
  moments: readonly Moment[],
  walls: Walls,
  zones: readonly string[],
) {
  const wanted = (clock.hours[0] ?? 0) * 60 + clock.minute;
  let best: { moment: Moment; name: string; off: number } | null = null;
  for (const name of zones) {
    const shown = walls(name);
    for (const [index, moment] of moments.entries()) {
      const off = minutesOff(shown[index] ?? 0, wanted);
      if (!best || off < best.off) best = { moment, name, off };
    }
  }
  return best;
}

/** Minutes between a wall time and a time of day, the shorter way round the clock. */
function minutesOff(wall: number, minuteOfDay: number): number {
  const shown = Math.floor((wall - Math.floor(wall / DAY) * DAY) / MINUTE);
  const off = Math.abs(shown - minuteOfDay);
  return Math.min(off, 24 * 60 - off);
}
