import { dottedAt, isoAt, slashAt } from './date-digits.ts';
import { dayAt, dayFirstAt, monthFirstAt, weekdayOf } from './date-words.ts';
import { isSymbol, isWord, standsAlone, type Token } from './tokens.ts';
import type { DateFound } from './types.ts';
import { unitAt } from './unit.ts';

/** Reads a calendar date at `index`: `Sep 24th`, `24 September 2025`, `2025-09-24`, `24.09.2025`, `Wednesday`. */
export function dateAt(tokens: readonly Token[], index: number): DateFound | null {
  if (!standsAlone(tokens, index)) return null;
  const found = weekdayAt(tokens, index) ?? plainDateAt(tokens, index);
  return found && !unitAt(tokens, found.end) ? found : null;
}

function plainDateAt(tokens: readonly Token[], index: number): DateFound | null {
  return (
    isoAt(tokens, index) ??
    slashAt(tokens, index) ??
    dottedAt(tokens, index) ??
    monthFirstAt(tokens, index) ??
    dayFirstAt(tokens, index) ??
    ordinalAt(tokens, index)
  );
}

/** `Wed`, `Wednesday`, with or without the date that follows. */
function weekdayAt(tokens: readonly Token[], index: number): DateFound | null {
  const weekday = weekdayOf(tokens[index]);
  if (weekday === undefined) return null;
  const dot = isSymbol(tokens[index + 1], '.') && tokens[index + 1]?.glued ? index + 2 : index + 1;
  const comma = isSymbol(tokens[dot], ',') ? dot + 1 : dot;
  const date = plainDateAt(tokens, isWord(tokens[comma], 'the') ? comma + 1 : comma);
  if (!date) return { days: [[{ weekday }]], weak: true, end: index + 1 };
  const days = date.days.map((options, at) =>
    at === 0 ? options.map((day) => ({ ...day, weekday })) : options,
  );
  return { ...date, days };
}

/** `the 24th`. */
function ordinalAt(tokens: readonly Token[], index: number): DateFound | null {
  const day = dayAt(tokens, index);
  if (!day || day.end !== index + 2 || !isWord(tokens[index - 1], 'the')) return null;
  return { days: [[{ day: day.day }]], weak: true, end: day.end };
}
