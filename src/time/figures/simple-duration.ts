import { type Quantity, quantityAt, trailingFractionAt } from './quantity.ts';
import { afterHyphen, isWord, type Token } from './tokens.ts';
import { unitAt } from './unit.ts';

/** One count and its unit, in seconds. */
export interface Simple {
  seconds: number;
  precision: number;
  unit: number;
  end: number;
}

/** Reads `13 min`, `two and a half hours`, `an hour`, `half an hour` at `index`. */
export function simpleAt(
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

export function toSimple(
  { value, grain }: Pick<Quantity, 'value' | 'grain'>,
  unit: number,
  end: number,
): Simple {
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
