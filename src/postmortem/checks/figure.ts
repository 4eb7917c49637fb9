import { DAY, MINUTE, minutesBetween, SECOND } from '../../time/duration.ts';
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
        index: figure.index,
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
  const named = clock.zones?.map((name) => (name === 'local' ? zone : name)) ?? ['UTC', zone];
  const zones = [...new Set(named)].filter(isZone);
  const dated = clock.dates ? ' on that date' : '';
  const complaint = `no line and no end of the impact shows that time${dated} in ${zones.join(' or ')}.`;
  const wanted = (clock.hours[0] ?? 0) * 60 + clock.minute;
  const candidates = moments.flatMap((moment) =>
    zones.map((name) => ({ moment, name, off: minutesOff(wallAt(name, moment.at), wanted) })),
  );
  const [first] = candidates;
  if (!first) return { complaint, near: [] };
  const { moment, name, off } = candidates.reduce((best, each) => (each.off < best.off ? each : best), first);
  const shown = name === 'UTC' ? '' : `, which is ${formatIn(moment.at, name)}`;
  return {
    complaint: `${complaint} ${off === 0 ? 'That time is' : 'Nearest:'} ${momentWords(moment)}${shown}.`,
    near: [moment],
  };
}

/** Minutes between a wall time and a time of day, the shorter way round the clock. */
function minutesOff(wall: number, minuteOfDay: number): number {
  const shown = Math.floor((wall - Math.floor(wall / DAY) * DAY) / MINUTE);
  const off = Math.abs(shown - minuteOfDay);
  return Math.min(off, 24 * 60 - off);
}
