import { isSymbol, type Token, wholeNumber } from './tokens.ts';
import type { CalendarDay, DateFound } from './types.ts';

/** `2025-09-24`, `2025/09/24`. */
export function isoAt(tokens: readonly Token[], index: number): DateFound | null {
  const year = yearOf(tokens[index]);
  const separator = tokens[index + 1];
  if (year === undefined || !separator || !isSymbol(separator, '-–/')) return null;
  if (!isSymbol(tokens[index + 3], separator.text)) return null;
  if (![1, 2, 3, 4].every((offset) => tokens[index + offset]?.glued)) return null;
  return dateFound(
    [{ year, month: wholeNumber(tokens[index + 2]), day: wholeNumber(tokens[index + 4]) }],
    index + 5,
  );
}

/** `9/24`, `24/9/2025`: either order where both fit. */
export function slashAt(tokens: readonly Token[], index: number): DateFound | null {
  const [a, b] = [wholeNumber(tokens[index]), wholeNumber(tokens[index + 2])];
  if (a === undefined || b === undefined || !slashes(tokens, index + 1)) return null;
  const more = slashes(tokens, index + 3);
  const year = more ? yearOf(tokens[index + 4]) : undefined;
  if (more && year === undefined) return null;
  const options = [
    { year, month: a, day: b },
    { year, month: b, day: a },
  ];
  return dateFound(options, more ? index + 5 : index + 3, !more);
}

/** `24.09.2025`. */
export function dottedAt(tokens: readonly Token[], index: number): DateFound | null {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(tokens[index]?.text ?? '');
  if (!match) return null;
  return dateFound([{ year: Number(match[3]), month: Number(match[2]), day: Number(match[1]) }], index + 1);
}

/** A year from 1900 to 2099, in four digits. */
export function yearOf(token: Token | undefined): number | undefined {
  return /^(?:19|20)\d\d$/.test(token?.text ?? '') ? wholeNumber(token) : undefined;
}

function slashes(tokens: readonly Token[], index: number): boolean {
  return isSymbol(tokens[index], '/') && tokens[index]?.glued === true && tokens[index + 1]?.glued === true;
}

function dateFound(options: CalendarDay[], end: number, weak = false): DateFound | null {
  const days = options.filter(isDay);
  return days.length === 0 ? null : { days: [days], weak, end };
}

export function isDay({ month, day }: CalendarDay): boolean {
  return month !== undefined && month >= 1 && month <= 12 && day !== undefined && day >= 1 && day <= 31;
}
