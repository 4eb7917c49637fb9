import { endsAt, readSource, type Source } from './parse/atoms.ts';
import type { Refusal, Typed } from './parse/form.ts';
import { parseTime } from './parse/time.ts';
import { nearestCities } from './places.ts';
import { notATime, quote, refuse } from './refusals.ts';
import { resolveTime } from './resolve/time.ts';
import type { ReadContext, ReadResult } from './types.ts';

/**
 * Reads a typed time: the whole text must be one. What is not certain is a choice or a refusal (TIME, "Typed times"),
 * of which nothing may be stored. Never throws; reads 4,000 characters in time that grows linearly with their number.
 */
export function readTime(text: string, context: ReadContext): ReadResult {
  const parsed = parseWhole(text);
  return 'refusal' in parsed
    ? parsed.refusal
    : resolveTime(parsed.form, parsed.precision, quote(text), context);
}

/** What was typed, before zones and the moment of typing are brought in. */
export function parseWhole(text: string): Typed {
  const source = readSource(text);
  const parsed = parseTime(source, 0, 'whole');
  if (parsed && ('refusal' in parsed || endsAt(source, parsed.end))) return parsed;
  return { refusal: refusalOf(source, parsed?.end) };
}

/** Why a text is no time. `end` is the atom behind the time that it begins with, if it does. */
function refusalOf(source: Source, end: number | undefined): Refusal {
  const { text, words, atoms } = source;
  if (words.length === 0) return notATime('');
  const next = end === undefined ? undefined : atoms[end];
  if (next) {
    const place = text.slice(words[next.word]?.start).trim();
    if (/^[\p{L}\p{M}\s/_.'’-]{2,40}$/u.test(place)) return unknownPlace(place);
    return notATime(text);
  }
  if (words.every((word) => /^\d+([.:]\d*)?$|^(at|@|on)$/i.test(word.text))) {
    const message = `“${quote(text)}” is a number, not a time. Type for example 9:00, 9am or at 9.`;
    return refuse('unreadable', message);
  }
  const withClock = readSource(`${text.slice(0, 100)} 00:00`);
  if (text.length <= 100 && parseTime(withClock, 0, 'whole')?.end === withClock.atoms.length) {
    const message = `“${quote(text)}” is a day without a time. Add it, for example ${quote(text)} 14:05.`;
    return refuse('unreadable', message);
  }
  return notATime(text);
}

function unknownPlace(place: string): Refusal {
  const near = nearestCities(place);
  const hint =
    near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Type a city, for example Berlin, or +02:00.';
  return refuse('unknown-zone', `“${quote(place)}” is not a zone that I know. ${hint}`);
}
