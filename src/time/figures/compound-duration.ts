import { type Simple, simpleAt } from './simple-duration.ts';
import { afterHyphen, isSymbol, isWord, type Token } from './tokens.ts';
import type { DurationReading } from './types.ts';

export interface DurationFound extends DurationReading {
  /** Index of the token after it. */
  end: number;
}

/** One or more counts with falling units. `between 1 hour and 90 minutes` keeps its `and`. */
export function compoundAt(tokens: readonly Token[], index: number, between: boolean): DurationFound | null {
  const first = simpleAt(tokens, index);
  if (!first) return null;
  let { seconds, precision, end } = first;
  for (let unit = first.unit; ; ) {
    const separator = compoundSeparator(tokens, end);
    if (between && isWord(tokens[separator - 1], 'and')) break;
    const next = simpleAt(tokens, separator) ?? dayClock(tokens, end, unit);
    // `2.5 hours, 13 minutes` and `2 hours, 13-minute …` are two figures.
    if (precision < unit || isHyphened(tokens, next?.end) !== isHyphened(tokens, end)) break;
    if (!next || next.unit >= unit || isWord(tokens[next.end], 'respectively')) break;
    seconds += next.seconds;
    ({ precision, end, unit } = next);
  }
  return { seconds, upTo: null, precision, bound: first.orMore ? 'over' : null, end };
}

/** Index after the comma, `and`, `&`, hyphen or an abbreviation's dot between the parts of one duration. */
function compoundSeparator(tokens: readonly Token[], index: number): number {
  const dot = isSymbol(tokens[index], '.') && tokens[index]?.glued && tokens[index + 1]?.kind === 'number';
  if (dot && !tokens[index + 1]?.glued && isWord(tokens[index - 1], 'hr', 'hrs', 'min', 'mins', 'sec'))
    return index + 1;
  const comma = isSymbol(tokens[index], ',') ? index + 1 : afterHyphen(tokens, index);
  return isWord(tokens[comma], 'and') || isSymbol(tokens[comma], '&') ? comma + 1 : comma;
}

function isHyphened(tokens: readonly Token[], end = 0): boolean {
  return isSymbol(tokens[end - 2], '-');
}

/** The `14:49` of `1 day 14:49`, and of `1 day, 14:49:00`. */
function dayClock(tokens: readonly Token[], index: number, unit: number): Simple | null {
  const comma = isSymbol(tokens[index], ',');
  const at = comma ? index + 1 : index;
  const parts = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(tokens[at]?.text ?? '');
  const next = tokens[at + 1];
  if (!parts || unit !== 86400 || (comma && !parts[3]) || (next?.glued && next.kind === 'word')) return null;
  const seconds = Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  const precision = parts[3] ? 1 : 60;
  return isWord(next, 'utc', 'gmt', 'am', 'pm') ? null : { seconds, precision, unit: precision, end: at + 1 };
}
