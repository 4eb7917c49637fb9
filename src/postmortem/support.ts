import { type DurationReading, type Figure, findFigures } from '../time/figures.ts';
import { clockFaces } from './clock-faces.ts';
import { type Instants, instantsOf, somePairApart } from './instants.ts';
import type { Facts } from './types.ts';

/**
 * The durations and clock times in `text` that the timeline does not support: exact substrings, in order,
 * repeats kept. Clock times count in any of `zones` (IANA) and in UTC. The rule is that of the scenarios:
 * some interval between two instants (lines and impact's ends), rounded half up to the figure's precision,
 * equals it; a clock time is shown by one. The total of several windows counts as an interval too.
 */
export function contradictedFigures(text: string, facts: Facts, ...zones: string[]): string[] {
  const supported = zones.map((zone) => supporter(facts, zone));
  return findFigures(text)
    .filter((figure) => !supported.some((isSupported) => isSupported(figure)))
    .map((figure) => figure.text);
}

/** The same figures, with where they stand. Cost per figure grows with the number of lines, not of pairs. */
export function unsupportedFigures(text: string, facts: Facts, zone: string): Figure[] {
  const isSupported = supporter(facts, zone);
  return findFigures(text).filter((figure) => !isSupported(figure));
}

/** A function that tells whether the facts support a figure: either of its readings. */
export function supporter(facts: Facts, zone: string): (figure: Figure) => boolean {
  const instants = instantsOf(facts);
  const shows = clockFaces(instants.seconds, zone);
  return ({ duration, clock }) =>
    (duration !== null && isLength(duration, instants)) || (clock !== null && shows(clock));
}

function isLength(duration: DurationReading, { minutes, seconds, totals }: Instants): boolean {
  const fine = duration.precision < 60;
  const { low, high } = allowed(duration);
  const total = fine ? totals?.seconds : totals?.minutes;
  if (total !== undefined && low <= total && total <= high) return true;
  return somePairApart(fine ? seconds : minutes, low, high);
}

/** Whether a length of so many whole seconds may be called so. */
export function mayBeCalled(seconds: number, duration: DurationReading): boolean {
  const { low, high } = allowed(duration);
  return low <= seconds && seconds <= high;
}

/** The lengths in whole seconds, both ends included, that may be called so. */
function allowed({ seconds, upTo, precision, bound }: DurationReading): { low: number; high: number } {
  if (bound === 'over') return { low: Math.ceil(seconds), high: before(seconds + precision) };
  if (bound === 'under') return { low: Math.floor(seconds - precision) + 1, high: Math.floor(seconds) };
  // A decimal finer than its precision (2.25 hours) is itself rounded first.
  const [from, to] = [seconds, upTo ?? seconds].map(
    (value) => Math.floor(value / precision + 0.5) * precision,
  );
  return { low: Math.ceil((from ?? seconds) - precision / 2), high: before((to ?? seconds) + precision / 2) };
}

/** The last whole second before. */
function before(end: number): number {
  return Math.ceil(end) - 1;
}
