import { placeInsteadOf, zonesOfAbbreviation } from '../abbreviations.ts';
import { HOUR, MINUTE } from '../duration.ts';
import { zoneOfPlace } from '../places.ts';
import { fixedZone } from '../zones.ts';
import { isSymbol, isWord, type Token } from './tokens.ts';

export interface ZoneFound {
  /** IANA names or fixed offsets; `local` for the incident's own zone. */
  zones: string[];
  end: number;
}

const AMERICAN: Record<string, string> = {
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
};

/**
 * Reads the zone written behind a clock time, in parentheses or not: `UTC`, `Z`, `CEST`, `UTC+2`, `+05:30`,
 * `ET`, `Berlin time`, `Europe/Berlin`, `local time`. `signed`: a minus is an offset, not a range (ISO 8601).
 */
export function zoneAt(tokens: readonly Token[], index: number, signed: boolean): ZoneFound | null {
  if (isSymbol(tokens[index], '(')) {
    const inner = zoneAt(tokens, index + 1, signed);
    return inner && isSymbol(tokens[inner.end], ')') ? { ...inner, end: inner.end + 1 } : null;
  }
  return abbreviationAt(tokens, index) ?? offsetZoneAt(tokens, index, signed) ?? wordsAt(tokens, index);
}

function abbreviationAt(tokens: readonly Token[], index: number): ZoneFound | null {
  const token = tokens[index];
  if (token?.kind !== 'word') return null;
  if (token.text === 'utc' || token.text === 'gmt') {
    const offset = offsetAt(tokens, index + 1);
    return offset && isSymbol(tokens[index + 1], '+-–') && !zoneAfterClock(tokens, offset.end)
      ? offset
      : { zones: ['UTC'], end: index + 1 };
  }
  // In capitals only: `met`, `est` and `ist` are words.
  if (token.raw !== token.raw.toUpperCase() || (token.raw === 'Z' && !token.glued)) return null;
  const fixed = zonesOfAbbreviation(token.raw);
  if (fixed.length > 0) return { zones: fixed, end: index + 1 };
  const place = zoneOfPlace(placeInsteadOf(token.raw) ?? '');
  return place === undefined ? null : { zones: [place], end: index + 1 };
}

/** In `10:05 UTC–11:30 UTC` the `–11:30` is no offset. */
function zoneAfterClock(tokens: readonly Token[], index: number): boolean {
  return isWord(tokens[index], 'utc', 'gmt', 'z', 'am', 'pm');
}

function offsetZoneAt(tokens: readonly Token[], index: number, signed: boolean): ZoneFound | null {
  return isSymbol(tokens[index], signed ? '+-–' : '+') ? offsetAt(tokens, index) : null;
}

/** `+2`, `+02:00`, `-0530`, the sign glued to its number. */
function offsetAt(tokens: readonly Token[], index: number): ZoneFound | null {
  const number = tokens[index + 1];
  const match = /^(\d{1,2}):?([0-5]\d)?$/.exec(number?.kind === 'number' && number.glued ? number.text : '');
  if (!match || Number(match[1]) > 14) return null;
  const size = Number(match[1]) * HOUR + Number(match[2] ?? 0) * MINUTE;
  return { zones: [fixedZone(isSymbol(tokens[index], '+') ? size : -size)], end: index + 2 };
}

function wordsAt(tokens: readonly Token[], index: number): ZoneFound | null {
  const token = tokens[index];
  if (token?.kind !== 'word') return null;
  if (token.text === 'local')
    return { zones: ['local'], end: isWord(tokens[index + 1], 'time') ? index + 2 : index + 1 };
  const american = Object.hasOwn(AMERICAN, token.text) ? AMERICAN[token.text] : undefined;
  const kind = isWord(tokens[index + 1], 'standard', 'daylight') ? index + 2 : index + 1;
  if (american && isWord(tokens[kind], 'time')) return { zones: [american], end: kind + 1 };
  return placeAt(tokens, index);
}

/** `Europe/Berlin`, or a city of up to three words that names a time: not `14:05 London users reported`. */
function placeAt(tokens: readonly Token[], index: number): ZoneFound | null {
  const first = tokens[index];
  if (!first || first.raw === first.text) return null;
  for (let end = Math.min(index + 5, tokens.length); end > index; end -= 1) {
    const part = tokens.slice(index, end);
    if (!part.every((token) => token.kind === 'word' || (isSymbol(token, '/_-') && token.glued))) continue;
    const name = part.map((token, at) => (at > 0 && !token.glued ? ` ${token.raw}` : token.raw)).join('');
    const zone = zoneOfPlace(name);
    if (zone === undefined) continue;
    if (isWord(tokens[end], 'time')) return { zones: [zone], end: end + 1 };
    const ends =
      tokens[end]?.kind !== 'word' || isWord(tokens[end], 'and', 'to', 'until', 'on', 'when', 'the');
    return name.includes('/') || ends ? { zones: [zone], end } : null;
  }
  return null;
}
