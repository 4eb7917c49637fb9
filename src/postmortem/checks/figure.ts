import { DAY, MINUTE, minutesBetween, SECOND } from '../../time/duration.ts';
import type { ClockReading, DurationReading, Figure } from '../../time/figures.ts';
import { wallAt } from '../../time/zones.ts';
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
  return texts.flatMap(({ section, text }) => {
    const keyOf = occurrenceKeys(`figure:${section}`);
    return unsupportedFigures(text, facts, zone).map((figure): Check => {
      const { complaint, near } = describe(figure, moments, zone);
      return {
        name: 'figure',
        severity: 'error',
        message: `${quoted(figure.text)}: ${complaint}`,
        entryNumbers: numbersOf(...near),
        section,
        excerpt: figure.text,
        key: keyOf(figure.text),
      };
    });
  });
}

const ROUNDED: Record<number, string> = { 1800: 'half an hour', 3600: 'an hour', 86400: 'a day' };

function describe(
  figure: Figure,
  moments: readonly Moment[],
  zone: string,
): { complaint: string; near: Moment[] } {
  if (figure.clock) return describeClock(figure.clock, moments, zone);
  return figure.duration ? describeLength(figure.duration, moments) : { complaint: '', near: [] };
}

function describeLength(duration: DurationReading, moments: readonly Moment[]) {
  const rounded = ROUNDED[duration.precision];
  const complaint = `no two moments of the timeline are that far apart${rounded ? `, rounded to ${rounded}` : ''}.`;
  const unit = duration.precision < 60 ? SECOND : MINUTE;
  const sorted = moments.map(({ at }) => wholeSeconds(at, unit));
  const pair = nearestPair(sorted, duration.seconds);
  const [from, to] = pair ? [moments[pair[0]], moments[pair[1]]] : [];
  if (!from || !to) return { complaint, near: [] };
  const nearest = spanWords(minutesBetween(from.at, to.at), from, to);
  return { complaint: `${complaint} Nearest: ${nearest}.`, near: [from, to] };
}

function describeClock(clock: ClockReading, moments: readonly Moment[], zone: string) {
  const zones = clock.zones?.map((name) => (name === 'local' ? zone : name)) ?? [...new Set(['UTC', zone])];
  const dated = clock.dates ? ' on that date' : '';
  const complaint = `no line and no end of the impact shows that time${dated} in ${zones.join(' or ')}.`;
  const wanted = (clock.hours[0] ?? 0) * 60 + clock.minute;
  const miss = ({ at }: Moment) => Math.min(...zones.map((name) => minutesOff(wallAt(name, at), wanted)));
  const nearest = moments.reduce<{ moment: Moment | null; off: number }>(
    (best, moment) => (miss(moment) < best.off ? { moment, off: miss(moment) } : best),
    { moment: null, off: Number.POSITIVE_INFINITY },
  );
  if (!nearest.moment) return { complaint, near: [] };
  const near = nearest.off === 0 ? 'That time is' : 'Nearest:';
  return { complaint: `${complaint} ${near} ${momentWords(nearest.moment)}.`, near: [nearest.moment] };
}

/** Minutes between a wall time and a time of day, the shorter way round the clock. */
function minutesOff(wall: number, minuteOfDay: number): number {
  const shown = Math.floor((wall - Math.floor(wall / DAY) * DAY) / MINUTE);
  const off = Math.abs(shown - minuteOfDay);
  return Math.min(off, 24 * 60 - off);
}
