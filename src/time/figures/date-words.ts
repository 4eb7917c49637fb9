import { MONTHS, WEEKDAYS } from '../calendar.ts';
import { isDay, yearOf } from './date-digits.ts';
import { afterHyphen, isSymbol, isWord, type Token, wholeNumber } from './tokens.ts';
import type { DateFound } from './types.ts';
import { unitAt } from './unit.ts';

const LONG_MONTHS =
  'january february march april may june july august september october november december'.split(' ');
const LONG_DAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

interface Day {
  day: number;
  end: number;
}

/** `Sep 24th`, `Sept. 24, 2025`, `September 23–24`. */
export function monthFirstAt(tokens: readonly Token[], index: number): DateFound | null {
  const month = monthOf(tokens[index]);
  if (month === undefined) return null;
  const dot = isSymbol(tokens[index + 1], '.') && tokens[index + 1]?.glued ? index + 2 : index + 1;
  const first = dayAt(tokens, isWord(tokens[dot], 'the') ? dot + 1 : afterHyphen(tokens, dot));
  if (!first || unitAt(tokens, first.end)) return null;
  return withYear(tokens, month, first, isSymbol(tokens[first.end], '-–') ? secondDay(tokens, first) : null);
}

/** `24 September 2025`, `24th of Sep`, `23–24 September`, `23 and 24 September`. */
export function dayFirstAt(tokens: readonly Token[], index: number): DateFound | null {
  const first = dayAt(tokens, index);
  if (!first) return null;
  const joined = isSymbol(tokens[first.end], '-–') || isWord(tokens[first.end], 'and', 'to');
  const second = joined ? secondDay(tokens, first) : null;
  const last = (second ?? first).end;
  const at = isWord(tokens[last], 'of') ? last + 1 : afterHyphen(tokens, last);
  const month = monthOf(tokens[at]);
  if (month === undefined) return null;
  return withYear(tokens, month, { ...first, end: at + 1 }, second && { ...second, end: at + 1 });
}

/** `24`, `24th`: one or two digits, 1 to 31. */
export function dayAt(tokens: readonly Token[], index: number): Day | null {
  const day = wholeNumber(tokens[index]);
  if (day === undefined || day < 1 || day > 31 || (tokens[index]?.text.length ?? 0) > 2) return null;
  const ordinal = tokens[index + 1]?.glued && isWord(tokens[index + 1], 'st', 'nd', 'rd', 'th');
  return { day, end: ordinal ? index + 2 : index + 1 };
}

function secondDay(tokens: readonly Token[], first: Day): Day | null {
  const second = dayAt(tokens, first.end + 1);
  return second && second.day > first.day && !unitAt(tokens, second.end) ? second : null;
}

function withYear(tokens: readonly Token[], month: number, first: Day, second: Day | null): DateFound | null {
  const last = (second ?? first).end;
  const comma = isSymbol(tokens[last], ',') ? last + 1 : last;
  const year = yearOf(tokens[comma]);
  const days = [first, second].filter((day) => day !== null).map(({ day }) => ({ year, month, day }));
  if (!days.every(isDay)) return null;
  return { days: days.map((day) => [day]), weak: false, end: year === undefined ? last : comma + 1 };
}

/** 0 is Sunday. Capitalised only: `sat` and `sun` are words. */
export function weekdayOf(token: Token | undefined): number | undefined {
  return named(token, WEEKDAYS, LONG_DAYS, ['tues', 'thur', 'thurs', 'weds']);
}

/** Counts from 1. Capitalised only: `may` and `march` are words. */
function monthOf(token: Token | undefined): number | undefined {
  const month = named(token, MONTHS, LONG_MONTHS, ['sept']);
  return month === undefined ? undefined : month + 1;
}

function named(
  token: Token | undefined,
  short: readonly string[],
  long: readonly string[],
  also: readonly string[],
): number | undefined {
  if (token?.kind !== 'word' || token.raw === token.text) return undefined;
  const { text } = token;
  const at = short.findIndex((name) => text.startsWith(name.toLowerCase()));
  return text.length === 3 || text === long[at] || also.includes(text)
    ? at < 0
      ? undefined
      : at
    : undefined;
}
