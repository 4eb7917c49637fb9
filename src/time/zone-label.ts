import { offsetOfAbbreviation } from './abbreviations.ts';
import type { Instant } from './types.ts';
import { fixedOffset, fixedZone, offsetAt } from './zones.ts';

// Who says which of the abbreviations that have one meaning in our table. The platform's own names depend on its
// language data and hold some (BST, CST) that we would have to ask about, so that they would not read back.
const SPOKEN: [string, string][] = [
  [
    'GMT',
    `Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown
    Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Sao_Tome America/Danmarkshavn
    Atlantic/Reykjavik Atlantic/St_Helena Europe/Belfast Europe/Dublin Europe/Guernsey Europe/Isle_of_Man
    Europe/Jersey Europe/London`,
  ],
  [
    'CET CEST',
    `Africa/Algiers Africa/Ceuta Africa/Tunis Arctic/Longyearbyen Europe/Amsterdam Europe/Andorra Europe/Belgrade
    Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar
    Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris
    Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm
    Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich`,
  ],
  [
    'EET EEST',
    `Africa/Cairo Africa/Tripoli Asia/Beirut Asia/Famagusta Asia/Nicosia Europe/Athens Europe/Bucharest Europe/Chisinau
    Europe/Helsinki Europe/Kaliningrad Europe/Kiev Europe/Kyiv Europe/Mariehamn Europe/Riga Europe/Sofia Europe/Tallinn
    Europe/Vilnius`,
  ],
  ['WET WEST', 'Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira Europe/Lisbon'],
  ['MSK', 'Europe/Moscow Europe/Kirov'],
  [
    'EST EDT',
    `America/Cancun America/Cayman America/Detroit America/Grand_Turk America/Indiana/Indianapolis
    America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes
    America/Indiana/Winamac America/Indianapolis America/Iqaluit America/Jamaica America/Kentucky/Louisville
    America/Kentucky/Monticello America/Louisville America/Montreal America/Nassau America/New_York America/Panama
    America/Port-au-Prince America/Toronto`,
  ],
  [
    'MST MDT',
    `America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Creston America/Dawson_Creek America/Denver
    America/Edmonton America/Fort_Nelson America/Inuvik America/Phoenix`,
  ],
  ['PST PDT', 'America/Los_Angeles America/Tijuana America/Vancouver'],
  [
    'AKST AKDT',
    'America/Anchorage America/Juneau America/Metlakatla America/Nome America/Sitka America/Yakutat',
  ],
  ['HST', 'Pacific/Honolulu'],
  ['JST', 'Asia/Tokyo'],
  ['KST', 'Asia/Seoul'],
  ['SGT', 'Asia/Singapore'],
  ['HKT', 'Asia/Hong_Kong'],
  ['NZST NZDT', 'Pacific/Auckland Antarctica/McMurdo'],
  [
    'AEST AEDT',
    `Antarctica/Macquarie Australia/Brisbane Australia/Canberra Australia/Hobart Australia/Lindeman Australia/Melbourne
    Australia/Sydney`,
  ],
  ['ACST ACDT', 'Australia/Adelaide Australia/Broken_Hill Australia/Darwin'],
  ['AWST', 'Australia/Perth'],
];

/** `CEST`, or `UTC+05:45` where no abbreviation that we read with one meaning is said in the zone at that instant. */
export function zoneLabel(instant: Instant, zone: string): string {
  if (fixedOffset(zone) !== undefined) return zone;
  const offset = offsetAt(zone, instant);
  const spoken = SPOKEN.find(([, zones]) => zones.split(/\s+/).includes(zone))?.[0] ?? '';
  return spoken.split(' ').find((name) => offsetOfAbbreviation(name) === offset) ?? fixedZone(offset);
}
