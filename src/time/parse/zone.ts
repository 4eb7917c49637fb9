import { placeInsteadOf, zonesOfAbbreviation } from '../abbreviations.ts';
import { HOUR, MINUTE, SECOND } from '../duration.ts';
import { zoneOfPlace } from '../places.ts';
import { refuse } from '../refusals.ts';
import { fixedZone } from '../zones.ts';
import type { Source } from './atoms.ts';
import type { Part, ZoneForm } from './form.ts';

// Zones that are as often a word or a name. In front of prose a place needs its region then (`Pacific/Wake`), an
// abbreviation its capitals.
const ALSO_WORDS =
  /^(z|wet|west|est|ist|casey|center|christmas|davis|dawson|easter|jersey|knox|mawson|midway|palmer|regina|troll|vostok|wake|yap)$/i;
// Behind a place they make it the subject of a sentence: "14:05 Berlin is down".
const VERBS = /^(is|are|was|were|has|had|have|and|or)$/i;
const MAX_WORDS = 4;
const WEST_END = -12 * HOUR;
const EAST_END = 14 * HOUR;

/**
 * A zone at atom `at`: `UTC`, `CEST`, `+02:00`, `UTC+2`, `Europe/Berlin`, `New York`. Where `prose` may follow, a name
 * needs its capitals and a bare offset its colon, so that words of a sentence are not taken for zones.
 */
export function parseZone(source: Source, at: number, prose: boolean): Part<ZoneForm> | undefined {
  return (
    parseOffset(source, at, prose) ?? parseAbbreviation(source, at, prose) ?? parsePlace(source, at, prose)
  );
}

function parseAbbreviation(source: Source, at: number, prose: boolean): Part<ZoneForm> | undefined {
  const atom = source.atoms[at];
  if (atom?.kind !== 'letters' || !atom.closes) return undefined;
  const typed = source.words[atom.word]?.text ?? '';
  const lower = typed !== typed.toUpperCase();
  if (prose && atom.opens && (typed === 'Z' || (lower && ALSO_WORDS.test(typed)))) return undefined;
  const zones = zonesOfAbbreviation(atom.text);
  const abbreviation = atom.text.toUpperCase();
  if (zones.length > 0) return { value: { zones, abbreviation }, next: at + 1 };
  const instead = placeInsteadOf(atom.text);
  if (instead === undefined || (prose && lower)) return undefined;
  const message = `${abbreviation} is not a zone that I read. Name a place, for example ${instead}, or an offset such as +02:00.`;
  return { refusal: refuse('unknown-zone', message), next: at + 1 };
}

function parsePlace(source: Source, at: number, prose: boolean): Part<ZoneForm> | undefined {
  const first = source.atoms[at];
  if (first?.kind !== 'letters' || !first.opens) return undefined;
  let name = '';
  let found: Part<ZoneForm> | undefined;
  const words = source.words.slice(first.word, first.word + MAX_WORDS + 1);
  for (const [i, word] of words.slice(0, MAX_WORDS).entries()) {
    name = `${name} ${word.text}`.trim();
    if (name.length > 60) break;
    const follower = words[i + 1]?.text ?? '';
    const zone = prose && (!namesAPlace(name) || VERBS.test(follower)) ? undefined : zoneOfPlace(name);
    if (zone !== undefined) found = { value: { zones: [zone], abbreviation: null }, next: word.punctuation };
    if (word.ends) break;
  }
  return found;
}

function namesAPlace(name: string): boolean {
  return (/^\p{Lu}/u.test(name) || name.includes('/')) && !ALSO_WORDS.test(name);
}

/** `+02:00`, `+0200`, `+02`; with `UTC` or `GMT` before it also `+2`. */
function parseOffset(source: Source, at: number, prose: boolean): Part<ZoneForm> | undefined {
  const named = /^(utc|gmt)$/.test(source.atoms[at]?.text ?? '');
  const sign = source.atoms[named ? at + 1 : at];
  const size = source.atoms[named ? at + 2 : at + 1];
  if (!sign || !size || !/^[+-]$/.test(sign.text) || size.opens || !size.closes) return undefined;
  const colon = size.kind === 'clock';
  if (
    !colon &&
    (size.kind !== 'number' || !(named ? /^\d{1,2}$|^\d{4}$/ : /^\d\d$|^\d{4}$/).test(size.text))
  ) {
    return undefined;
  }
  if (prose && sign.opens && (named || !colon)) return undefined;
  const digits = colon ? size.text.split(':') : [size.text.slice(0, -2) || size.text, size.text.slice(2)];
  const [hours = 0, minutes = 0, seconds = 0] = (size.text.length <= 2 ? [size.text] : digits).map(Number);
  const next = named ? at + 3 : at + 2;
  const offset = (hours * HOUR + minutes * MINUTE + seconds * SECOND) * (sign.text === '-' ? -1 : 1);
  if (minutes > 59 || offset < WEST_END || offset > EAST_END) {
    const message = `${sign.text}${size.text} is not an offset from UTC that any place has. Type for example +02:00.`;
    return { refusal: refuse('impossible', message), next };
  }
  return { value: { zones: [fixedZone(offset)], abbreviation: null }, next };
}
