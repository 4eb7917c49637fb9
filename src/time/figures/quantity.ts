import { afterHyphen, isSymbol, isWord, type Token, wholeNumber } from './tokens.ts';

/** A count of units: its value, the finest part of a unit that it tells (1, 0.5, 0.1, …), and where it ends. */
export interface Quantity {
  value: number;
  grain: number;
  end: number;
  /** `2+ hours`. */
  orMore?: boolean;
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const FRACTIONS: Record<string, number> = { '½': 1 / 2, '¼': 1 / 4, '¾': 3 / 4, '⅓': 1 / 3, '⅔': 2 / 3 };
const GRAINS: Record<string, number> = { '½': 1 / 2, '¼': 1 / 4, '¾': 1 / 4, '⅓': 1 / 3, '⅔': 1 / 3 };

/** Reads `13`, `2,500`, `2.5`, `2½`, `2 1/2`, `½`, `ninety`, `two and a half`, `a hundred and twenty` at `index`. */
export function quantityAt(tokens: readonly Token[], index: number): Quantity | null {
  const base = fractionAt(tokens, index) ?? numberAt(tokens, index) ?? wordsAt(tokens, index);
  if (!base || base.grain < 1) return base;
  const joined = fractionAt(tokens, base.end) ?? andFractionAt(tokens, base.end);
  const whole = joined ? { value: base.value + joined.value, grain: joined.grain, end: joined.end } : base;
  return isSymbol(tokens[whole.end], '+') && tokens[whole.end]?.glued
    ? { ...whole, end: whole.end + 1, orMore: true }
    : whole;
}

function numberAt(tokens: readonly Token[], index: number): Quantity | null {
  const token = tokens[index];
  if (token?.kind !== 'number') return null;
  if (/^\d{1,6}$/.test(token.text) || /^\d{1,3}(,\d{3})+$/.test(token.text)) {
    return { value: Number(token.text.replaceAll(',', '')), grain: 1, end: index + 1 };
  }
  const decimal = /^(\d{1,6})[.,](\d{1,3})$/.exec(token.text);
  if (!decimal) return null;
  // TIME: half a unit for .5, otherwise a tenth.
  const grain = decimal[2] === '5' ? 0.5 : 0.1;
  return { value: Number(`${decimal[1]}.${decimal[2]}`), grain, end: index + 1 };
}

/** `½`, `1/2`, `1⁄2`. */
function fractionAt(tokens: readonly Token[], index: number): Quantity | null {
  const token = tokens[index];
  const value = token && Object.hasOwn(FRACTIONS, token.text) ? FRACTIONS[token.text] : undefined;
  if (token && value !== undefined) return { value, grain: GRAINS[token.text] ?? 1, end: index + 1 };
  const over = wholeNumber(token);
  const under = wholeNumber(tokens[index + 2]);
  const joined = isSymbol(tokens[index + 1], '/⁄') && tokens[index + 1]?.glued && tokens[index + 2]?.glued;
  if (!joined || !over || !under || over >= under || under > 4) return null;
  return { value: over / under, grain: 1 / under, end: index + 3 };
}

/** `and a half`, `and three quarters`, also joined by hyphens. */
function andFractionAt(tokens: readonly Token[], index: number): Quantity | null {
  const and = afterHyphen(tokens, index);
  if (!isWord(tokens[and], 'and')) return null;
  const next = afterHyphen(tokens, and + 1);
  const count = isWord(tokens[next], 'three') ? 3 : 1;
  const at = isWord(tokens[next], 'a', 'one', 'three') ? afterHyphen(tokens, next + 1) : next;
  if (count === 1 && isWord(tokens[at], 'half')) return { value: 0.5, grain: 0.5, end: at + 1 };
  if (isWord(tokens[at], 'quarter', 'quarters')) return { value: count / 4, grain: 0.25, end: at + 1 };
  return null;
}

/** `and a half` behind a unit: `an hour and a half`. */
export const trailingFractionAt = andFractionAt;

function wordsAt(tokens: readonly Token[], index: number): Quantity | null {
  const hundreds = belowHundredAt(tokens, index) ?? articleAt(tokens, index);
  if (!hundreds) return null;
  const hundred = afterHyphen(tokens, hundreds.end);
  if (!isWord(tokens[hundred], 'hundred')) return isWord(tokens[index], 'a') ? null : hundreds;
  const value = hundreds.value * 100;
  const and = isWord(tokens[hundred + 1], 'and') ? hundred + 2 : hundred + 1;
  const rest = belowHundredAt(tokens, and);
  return rest ? { ...rest, value: value + rest.value } : { value, grain: 1, end: hundred + 1 };
}

function articleAt(tokens: readonly Token[], index: number): Quantity | null {
  return isWord(tokens[index], 'a') ? { value: 1, grain: 1, end: index + 1 } : null;
}

function belowHundredAt(tokens: readonly Token[], index: number): Quantity | null {
  const token = tokens[index];
  if (token?.kind !== 'word') return null;
  const small = SMALL.indexOf(token.text);
  if (small >= 0) return { value: small, grain: 1, end: index + 1 };
  const tens = TENS.indexOf(token.text);
  if (tens < 0) return null;
  const value = (tens + 2) * 10;
  const next = afterHyphen(tokens, index + 1);
  const unit = tokens[next]?.kind === 'word' ? SMALL.indexOf(tokens[next].text) : -1;
  return unit >= 1 && unit <= 9
    ? { value: value + unit, grain: 1, end: next + 1 }
    : { value, grain: 1, end: index + 1 };
}
