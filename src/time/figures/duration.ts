import { type Quantity, quantityAt, trailingFractionAt } from './quantity.ts';
import { afterHyphen, isSymbol, isWord, type Token } from './tokens.ts';
import type { DurationReading } from './types.ts';
import { unitAt } from './unit.ts';

export interface DurationFound extends DurationReading {
  /** Index of the token after it. */
  end: number;
}

/** `Phase 2 – 30 minutes` is no range. */
const NUMBERED = [
  'phase',
  'step',
  'stage',
  'part',
  'level',
  'tier',
  'version',
  'sev',
  'p',
  'day',
  'node',
  'zone',
];

/**
 * Reads a duration at `index`: `7h 28m`, `1 hour, 30 minutes`, `half an hour`, `13–15 minutes`,
 * `30 minutes to 1 hour`. What surrounds it (bounds, exclusions) is the caller's.
 */
export function durationAt(tokens: readonly Token[], index: number): DurationFound | null {
  const between = isWord(tokens[index - 1], 'between');
  const first = orMoreUnits(tokens, compoundAt(tokens, index, between)) ?? sharedUnitRangeAt(tokens, index);
  if (!first || first.upTo !== null) return first;
  const connector = rangeConnector(tokens, first.end, between);
  const second = connector === null ? null : compoundAt(tokens, connector, false);
  if (!second || second.seconds <= first.seconds) return first;
  const precision = Math.min(first.precision, second.precision);
  return { ...first, upTo: second.seconds, precision, end: second.end };
}

/** `an hour or two`. */
function orMoreUnits(tokens: readonly Token[], found: DurationFound | null): DurationFound | null {
  if (!found || !isWord(tokens[found.end], 'or')) return found;
  const more = quantityAt(tokens, found.end + 1);
  if (!more || more.value <= 1 || found.seconds !== found.precision || unitAt(tokens, more.end)) return found;
  return { ...found, upTo: more.value * found.precision, end: more.end };
}

/** One or more counts with falling units. `between 1 hour and 90 minutes` keeps its `and`. */
function compoundAt(tokens: readonly Token[], index: number, between: boolean): DurationFound | null {
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

interface Simple {
  seconds: number;
  precision: number;
  unit: number;
  end: number;
}

function simpleAt(
  tokens: readonly Token[],
  index: number,
): (Simple & { orMore?: boolean | undefined }) | null {
  const worded = fractionOfUnit(tokens, index) ?? articleUnit(tokens, index);
  if (worded) return worded;
  const quantity = quantityAt(tokens, index);
  const unit = quantity && unitAt(tokens, quantity.end);
  if (!quantity || !unit) return null;
  return { ...withTrailing(tokens, toSimple(quantity, unit.seconds, unit.end)), orMore: quantity.orMore };
}

function toSimple({ value, grain }: Pick<Quantity, 'value' | 'grain'>, unit: number, end: number): Simple {
  return { seconds: Math.round(value * unit * 1000) / 1000, precision: grain * unit, unit, end };
}

/** `an hour`, `a minute`, `a day`; not `a minute-by-minute account`, nor `a second failure`. */
function articleUnit(tokens: readonly Token[], index: number): Simple | null {
  if (!isWord(tokens[index], 'a', 'an')) return null;
  const unit = tokens[index + 1];
  if (!isWord(unit, 'hour', 'hr', 'minute', 'day')) return null;
  const seconds = unitAt(tokens, index + 1)?.seconds;
  const after = afterHyphen(tokens, index + 2);
  if (
    seconds === undefined ||
    isWord(tokens[after], 'by') ||
    (after > index + 2 && isWord(tokens[after], 'to'))
  ) {
    return null;
  }
  return withTrailing(tokens, toSimple({ value: 1, grain: 1 }, seconds, index + 2));
}

/** `half an hour`, `half-hour`, `quarter of an hour`, `three quarters of an hour`. */
function fractionOfUnit(tokens: readonly Token[], index: number): Simple | null {
  const three = isWord(tokens[index], 'three');
  const at = three ? afterHyphen(tokens, index + 1) : index;
  const half = !three && isWord(tokens[at], 'half');
  if (!half && !isWord(tokens[at], three ? 'quarters' : 'quarter')) return null;
  let next = afterHyphen(tokens, at + 1);
  if (isWord(tokens[next], 'of')) next += 1;
  if (isWord(tokens[next], 'a', 'an')) next = afterHyphen(tokens, next + 1);
  const unit = tokens[next];
  if (!isWord(unit, 'hour', 'minute', 'day', 'second')) return null;
  const seconds = unitAt(tokens, next)?.seconds;
  if (seconds === undefined) return null;
  const grain = half ? 0.5 : 0.25;
  return toSimple({ value: three ? 0.75 : grain, grain }, seconds, next + 1);
}

/** `an hour and a half`. */
function withTrailing(tokens: readonly Token[], simple: Simple): Simple {
  const more = trailingFractionAt(tokens, simple.end);
  if (!more || simple.precision !== simple.unit || unitAt(tokens, more.end)) return simple;
  const { unit } = simple;
  return { seconds: simple.seconds + more.value * unit, precision: more.grain * unit, unit, end: more.end };
}

/** Index after the comma, `and`, `&` or hyphen between the parts of one duration. */
function compoundSeparator(tokens: readonly Token[], index: number): number {
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

/** `13–15 minutes`, `two to three hours`, `5 or 10 minutes`, `between 13 and 15 minutes`. */
function sharedUnitRangeAt(tokens: readonly Token[], index: number): DurationFound | null {
  const low = quantityAt(tokens, index);
  if (!low) return null;
  const between = isWord(tokens[index - 1], 'between');
  const connector = rangeConnector(tokens, low.end, between) ?? orConnector(tokens, low.end);
  const high = connector === null ? null : quantityAt(tokens, connector);
  const unit = high && unitAt(tokens, high.end);
  if (!high || !unit || high.value <= low.value) return null;
  const spaced = isSymbol(tokens[low.end], '-–—') && !tokens[low.end]?.glued;
  if (spaced && isWord(tokens[index - 1], ...NUMBERED)) return null;
  const from = toSimple(low, unit.seconds, unit.end);
  const to = toSimple(high, unit.seconds, unit.end);
  const precision = Math.min(from.precision, to.precision);
  return { seconds: from.seconds, upTo: to.seconds, precision, bound: null, end: unit.end };
}

function rangeConnector(tokens: readonly Token[], index: number, between: boolean): number | null {
  const dash = tokens[index];
  if (isSymbol(dash, '-–') || (isSymbol(dash, '—') && dash?.glued)) return index + 1;
  const at = afterHyphen(tokens, index);
  if (isWord(tokens[at], 'to')) return afterHyphen(tokens, at + 1);
  return between && isWord(tokens[index], 'and') ? index + 1 : null;
}

function orConnector(tokens: readonly Token[], index: number): number | null {
  return isWord(tokens[index], 'or') ? index + 1 : null;
}
