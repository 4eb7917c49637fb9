import { editDistance } from './editDistance.ts';
import { isZone } from './zones.ts';

// Names that people type and that the platform's own list leaves out, mostly because it still lists an older spelling.
const MORE_NAMES =
  'Africa/Asmara Africa/Timbuktu America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/Cordoba America/Argentina/Jujuy ' +
  'America/Argentina/Mendoza America/Atikokan America/Ensenada America/Indiana/Indianapolis America/Kentucky/Louisville ' +
  'America/Montreal America/Nuuk America/Rosario Asia/Chongqing Asia/Harbin Asia/Ho_Chi_Minh Asia/Kathmandu Asia/Kolkata ' +
  'Asia/Tel_Aviv Asia/Ulan_Bator Asia/Yangon Atlantic/Faroe Atlantic/Jan_Mayen Australia/Canberra Europe/Belfast Europe/Kyiv ' +
  'Pacific/Chuuk Pacific/Kanton Pacific/Pohnpei Pacific/Samoa Pacific/Yap Cuba Egypt Eire Hongkong Iran Israel Jamaica Japan Libya ' +
  'Poland Portugal Singapore Turkey';

interface Places {
  /** By key: full names and cities alike. */
  zones: Map<string, string>;
  /** By key of the city: the city as written. */
  cities: Map<string, string>;
}

let places: Places | undefined;

/** The IANA zone of `Europe/Berlin`, `berlin`, `New York`, `São Paulo`; undefined if there is none of that name. */
export function zoneOfPlace(name: string): string | undefined {
  const known = allPlaces().zones.get(key(name));
  if (known !== undefined) return known;
  // Older full names such as US/Pacific; single words are left to the table of abbreviations.
  const full = name.trim().replace(/\s+/g, '_');
  if (!/^[a-z]+\/[a-z0-9_+/-]+$/i.test(full) || !isZone(full)) return undefined;
  return new Intl.DateTimeFormat('en', { timeZone: full }).resolvedOptions().timeZone;
}

/** The same for a field in which a zone is all that is typed: `UTC` and `GMT` too. */
export const zoneNamed = (name: string): string | undefined =>
  zoneOfPlace(name) ?? (/^\s*(UTC|GMT)\s*$/i.test(name) ? 'UTC' : undefined);

/** `New York` for `America/New_York`. */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** Up to three cities spelt most like `name`, nearest first; empty if none comes near. Reads 40 characters at most. */
export function nearestCities(name: string): string[] {
  const wanted = key(name.slice(0, 40));
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return [...allPlaces().cities]
    .map(([city, written]) => ({ written, distance: editDistance(wanted, city) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.written < b.written ? -1 : 1))
    .slice(0, 3)
    .map(({ written }) => written);
}

/** Built at first use; the platform's list of zones does not change while it runs. */
function allPlaces(): Places {
  if (places) return places;
  const names = [...Intl.supportedValuesOf('timeZone'), ...MORE_NAMES.split(' ').filter(isZone)];
  const zones = new Map<string, string>();
  const cities = new Map<string, string>();
  for (const name of names) {
    zones.set(key(name), name);
    zones.set(key(cityOf(name)), name);
    cities.set(key(cityOf(name)), cityOf(name));
  }
  places = { zones, cities };
  return places;
}

function key(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\p{M}.'’]/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
