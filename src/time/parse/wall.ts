import { refuse } from '../refusals.ts';
import type { Precision } from '../types.ts';
import type { Source } from './atoms.ts';
import { parseClock } from './clock.ts';
import { parseDate, parseWeekday } from './date.ts';
import {
  type Clock,
  type DateForm,
  type Mode,
  type Parsed,
  type Part,
  parsePrecision,
  type ZoneForm,
} from './form.ts';
import { parseZone } from './zone.ts';

interface Found {
  date?: Part<DateForm>;
  weekday?: Part<number>;
  clock?: Part<Clock>;
  zone?: Part<ZoneForm>;
}

interface State {
  precision: Precision;
  /** Whether `at` has stood before: a bare `9` is an hour then. */
  afterAt: boolean;
  mode: Mode;
}

/** Day, time of day and zone from atom `start`, in any order that people use, each at most once. */
export function parseWall(source: Source, start: number, lead: State): Parsed | undefined {
  const found: Found = {};
  const state = { ...lead };
  let longest: Parsed | undefined;
  let joint = '';
  for (let next = start; ; ) {
    const behind = takePart(source, next, found, state, joint);
    if (behind !== undefined) {
      next = behind;
      joint = '';
      if (source.atoms[next - 1]?.closes) longest = toParsed(found, state.precision, next) ?? longest;
      continue;
    }
    joint = source.atoms[next]?.text ?? '';
    if (!joins(joint, found, state)) return longest;
    state.afterAt ||= joint === 'at' || joint === '@';
    state.precision = parsePrecision(joint) ?? state.precision;
    next++;
    // "14:05 Berlin time" ends behind "time".
    if (joint === 'time' && longest) longest.end = next;
  }
}

/** What has been found is a time once a time of day is there. */
function toParsed(found: Found, precision: Precision, end: number): Parsed | undefined {
  for (const part of [found.clock, found.date, found.weekday, found.zone]) {
    if (found.clock && part && 'refusal' in part) return { refusal: part.refusal, end };
  }
  const clock = partValue(found.clock);
  if (!clock) return undefined;
  const [date, weekday, zone] = [partValue(found.date), partValue(found.weekday), partValue(found.zone)];
  return { form: { kind: 'wall', clock, date, weekday, zone }, precision, end };
}

function partValue<T>(part: Part<T> | undefined): T | null {
  return part && 'value' in part ? part.value : null;
}

/** Adds the part at atom `at` to what has been found; returns the atom behind it, undefined where there is none. */
function takePart(source: Source, at: number, found: Found, state: State, joint: string): number | undefined {
  const take = <K extends keyof Found>(key: K, part: Found[K]): number | undefined => {
    if (part) found[key] = part;
    return part?.next;
  };
  const inProse = state.mode === 'leading' && found.clock !== undefined;
  if (!found.date && (state.mode === 'whole' || !isRatio(source, at, inProse))) {
    const behind = take('date', parseDate(source, at));
    if (behind !== undefined) return behind;
  }
  // "14:05 Monday deploy failed" speaks of Monday's deploy; "14:05 on Monday" names the day.
  if (!found.weekday && (!inProse || joint === 'on')) {
    const behind = take('weekday', parseWeekday(source, at));
    if (behind !== undefined) return behind;
  }
  if (!found.clock) return take('clock', parseClock(source, at, state));
  if (inProse && joint !== '') return undefined;
  const behind = take('zone', parseRange(source, at, found));
  return behind ?? (found.zone ? undefined : take('zone', parseZone(source, at, inProse)));
}

/** In prose `1.2.30` is a version, and `3/4` a part unless a time of day follows it. */
function isRatio(source: Source, at: number, behindClock: boolean): boolean {
  const atom = source.atoms[at];
  if (atom?.kind !== 'numeric-date') return false;
  return behindClock || !atom.text.includes('/') || source.atoms[at + 1]?.kind !== 'clock';
}

/** Whether a word may join two parts. Where prose may follow, punctuation behind the clock ends the time. */
function joins(word: string, found: Found, { mode }: State): boolean {
  if (!found.clock) return /^(at|@|on|,|\.)$/.test(word) || parsePrecision(word) !== undefined;
  return (
    word === 'on' ||
    (mode !== 'leading' && (/^(,|in)$/.test(word) || (word === 'time' && found.zone !== undefined)))
  );
}

/** `14:05-14:20` are two times, not one with an offset. `14:05 -05:00` is one, and so is ISO 8601 with a day. */
function parseRange(source: Source, at: number, found: Found): Part<ZoneForm> | undefined {
  const [sign, size] = [source.atoms[at], source.atoms[at + 1]];
  if (sign?.text !== '-' || !size || !/^(clock|number)$/.test(size.kind)) return undefined;
  const second = parseClock(source, at + 1, { afterAt: false, mode: 'whole' });
  if (!second || (!size.opens && (sign.opens || found.date))) return undefined;
  const message = 'Those are two times, and one is wanted. Type the start alone, for example 14:05.';
  return {
    refusal: refuse('unreadable', message),
    next: parseZone(source, second.next, true)?.next ?? second.next,
  };
}
