import { isSymbol, isWord, type Token } from './tokens.ts';
import type { ClockReading, DurationReading } from './types.ts';
import { unitAt } from './unit.ts';
import { zoneAt } from './zone.ts';

export interface ClockFound {
  duration: DurationReading | null;
  clock: ClockReading | null;
  meridiem: 'am' | 'pm' | null;
  /** Index of the token after the figure, and after the zone beside it. */
  end: number;
  zoneEnd: number;
}

/** Words that make `60:40` a ratio, a score or an address. */
const NOT_TIME = [
  'ratio',
  'odds',
  'score',
  'scored',
  'scores',
  'split',
  'aspect',
  'port',
  'ports',
  'vote',
  'chapter',
];

/**
 * Reads `14:05`, `5:03 pm`, `5pm`, `36:49`, `14:05:07`, `1:30 hours` at `index`, with the zone behind it. `H:MM`
 * is a clock time below 24 hours, and hours:minutes; am, pm, a zone or a date (`dated`) beside it leaves the clock.
 */
export function clockAt(tokens: readonly Token[], index: number, dated: boolean): ClockFound | null {
  const letter = letterClockAt(tokens, index);
  if (letter) return letter;
  const parts = partsOf(tokens, index);
  if (!parts || isScore(tokens, index)) return null;
  const { hours, minute, second, colon } = parts;
  const meridiem = meridiemAt(tokens, index + 1);
  if (meridiem) {
    if (hours < 1 || hours > 12) return null;
    const hour = (hours % 12) + (meridiem.word === 'pm' ? 12 : 0);
    const zone = zoneAt(tokens, meridiem.end, false);
    const clock = { hours: [hour], minute, second, zones: zone?.zones ?? null, dates: null };
    return {
      duration: null,
      clock,
      meridiem: meridiem.word,
      end: meridiem.end,
      zoneEnd: zone?.end ?? meridiem.end,
    };
  }
  if (!colon) return null;
  const withUnit = colonWithUnit(tokens, index, parts, dated);
  if (withUnit) return withUnit;
  const zone = zoneAt(tokens, index + 1, dated);
  if (!zone && tokens[index + 1]?.glued && !endsWell(tokens, index + 1)) return null;
  const clock =
    hours < 24 ? { hours: [hours], minute, second, zones: zone?.zones ?? null, dates: null } : null;
  const only = clock !== null && (zone !== null || dated);
  const duration = only ? null : plain(hours * 3600 + minute * 60 + (second ?? 0), second === null ? 60 : 1);
  return { duration, clock, meridiem: null, end: index + 1, zoneEnd: zone?.end ?? index + 1 };
}

interface Parts {
  hours: number;
  minute: number;
  second: number | null;
  colon: boolean;
}

function partsOf(tokens: readonly Token[], index: number): Parts | null {
  const token = tokens[index];
  if (token?.kind !== 'number') return null;
  const colon = /^(\d{1,2}|[1-9]\d\d):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?$/.exec(token.text);
  if (colon) {
    const second = colon[3] === undefined ? null : Number(colon[3]);
    return { hours: Number(colon[1]), minute: Number(colon[2]), second, colon: true };
  }
  // `5pm`, `5.03pm`: told from other numbers by the am or pm alone.
  const bare = /^(\d{1,2})(?:\.([0-5]\d))?$/.exec(token.text);
  return bare ? { hours: Number(bare[1]), minute: Number(bare[2] ?? 0), second: null, colon: false } : null;
}

/** `am`, `pm`, `a.m.`, `p.m.`, glued or one space off. */
function meridiemAt(tokens: readonly Token[], index: number): { word: 'am' | 'pm'; end: number } | null {
  const token = tokens[index];
  if (isWord(token, 'am', 'pm')) return { word: token?.text === 'am' ? 'am' : 'pm', end: index + 1 };
  if (!isWord(token, 'a', 'p') || !isSymbol(tokens[index + 1], '.') || !isWord(tokens[index + 2], 'm'))
    return null;
  if (![1, 2].every((offset) => tokens[index + offset]?.glued)) return null;
  const dot = isSymbol(tokens[index + 3], '.') && tokens[index + 3]?.glued;
  return { word: token?.text === 'a' ? 'am' : 'pm', end: index + (dot ? 4 : 3) };
}

/** `14h05`, `7h28`: hours and minutes either way, as `H:MM`. */
function letterClockAt(tokens: readonly Token[], index: number): ClockFound | null {
  const [hours, letter, minutes, next] = tokens.slice(index, index + 4);
  const glued = letter?.glued && letter.raw === 'h' && minutes?.glued && /^[0-5]\d$/.test(minutes.text);
  if (!hours || !glued || !/^\d{1,3}$/.test(hours.text) || (next?.glued && next.kind !== 'symbol'))
    return null;
  if (next?.glued && !endsWell(tokens, index + 3)) return null;
  const [hour, minute] = [Number(hours.text), Number(minutes?.text)];
  const end = index + 3;
  const zone = zoneAt(tokens, end, false);
  const reading = { hours: [hour], minute, second: null, zones: zone?.zones ?? null, dates: null };
  const clock = hour < 24 ? reading : null;
  return {
    duration: plain(hour * 3600 + minute * 60, 60),
    clock,
    meridiem: null,
    end,
    zoneEnd: zone?.end ?? end,
  };
}

/** `1:30 hours` is hours:minutes, `12:30 minutes` minutes:seconds; `12:00 hrs`, `14:05 hours UTC` may be a clock time. */
function colonWithUnit(
  tokens: readonly Token[],
  index: number,
  { second, hours, minute }: Parts,
  dated: boolean,
): ClockFound | null {
  const unit = second === null ? unitAt(tokens, index + 1) : null;
  if (!unit || (unit.seconds !== 3600 && unit.seconds !== 60)) return null;
  const length = plain((hours * 60 + minute) * (unit.seconds / 60), unit.seconds / 60);
  const zone = unit.seconds === 3600 && hours < 24 ? zoneAt(tokens, unit.end, false) : null;
  const written = zone !== null || !/^\d:/.test(tokens[index]?.text ?? '');
  const isClock =
    hours < 24 &&
    (isWord(tokens[index + 1], 'h', 'hr', 'hrs') || (written && isWord(tokens[index + 1], 'hours')));
  const reading = { hours: [hours], minute, second: null, zones: zone?.zones ?? null, dates: null };
  return {
    duration: isClock && (zone || dated) ? null : length,
    clock: isClock ? reading : null,
    meridiem: null,
    end: unit.end,
    zoneEnd: isClock && zone ? zone.end : unit.end,
  };
}

function plain(seconds: number, precision: number): DurationReading {
  return { seconds, upTo: null, precision, bound: null };
}

/** `a 60:40 split`, `a ratio of 16:10`, `port 10:20`. */
function isScore(tokens: readonly Token[], index: number): boolean {
  return [index - 2, index - 1, index + 1].some((at) => isWord(tokens[at], ...NOT_TIME));
}

/** Glued behind a time: punctuation, or a range's dash; not the rest of an address or of an identifier. */
function endsWell(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token?.kind !== 'symbol' || isSymbol(token, '%#_=\\@&$€£')) return false;
  if (!isSymbol(token, ':/') || !tokens[index + 1]?.glued) return true;
  // `17:18/19:18` in two zones.
  return isSymbol(token, '/') && tokens[index + 1]?.text.includes(':') === true;
}
