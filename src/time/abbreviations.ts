import { MINUTE } from './duration.ts';
import { fixedZone } from './zones.ts';

// TIME: the fixed table, in minutes from UTC. A fixed offset even when that place keeps summer time.
const ONE_MEANING: Record<string, number> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  WET: 0,
  WEST: 60,
  MSK: 180,
  EDT: -240,
  EST: -300,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  JST: 540,
  KST: 540,
  SGT: 480,
  HKT: 480,
  NZST: 720,
  NZDT: 780,
  AEST: 600,
  AEDT: 660,
  ACST: 570,
  ACDT: 630,
  AWST: 480,
};

const SEVERAL_MEANINGS: Record<string, number[]> = {
  BST: [60, 360],
  IST: [330, 120, 60],
  CST: [-360, 480, -300],
};

// Not in the table, yet written right behind a time they mean a zone: taking them for text would store a wrong time.
const UNREAD: Record<string, string> = {
  ET: 'New York',
  CT: 'Chicago',
  MT: 'Denver',
  PT: 'Los Angeles',
  CDT: 'Chicago',
  AST: 'Halifax',
  ADT: 'Halifax',
  NST: 'St Johns',
  NDT: 'St Johns',
  BRT: 'Sao Paulo',
  ART: 'Buenos Aires',
  CLT: 'Santiago',
  SAST: 'Johannesburg',
  WAT: 'Lagos',
  CAT: 'Harare',
  EAT: 'Nairobi',
  GST: 'Dubai',
  IRST: 'Tehran',
  TRT: 'Istanbul',
  PKT: 'Karachi',
  NPT: 'Kathmandu',
  ICT: 'Bangkok',
  WIB: 'Jakarta',
  PHT: 'Manila',
  MYT: 'Kuala Lumpur',
  IDT: 'Jerusalem',
  MEZ: 'Berlin',
  MESZ: 'Berlin',
};

/** The fixed offsets (as zones, `UTC+02:00`) that an abbreviation stands for, in any case; none if not in the table. */
export function zonesOfAbbreviation(word: string): string[] {
  const name = word.toUpperCase();
  const one = Object.hasOwn(ONE_MEANING, name) ? ONE_MEANING[name] : undefined;
  if (one !== undefined) return [fixedZone(one * MINUTE)];
  const several = Object.hasOwn(SEVERAL_MEANINGS, name) ? SEVERAL_MEANINGS[name] : undefined;
  return (several ?? []).map((minutes) => fixedZone(minutes * MINUTE));
}

/** The abbreviation's offset in milliseconds where it has exactly one meaning. */
export function offsetOfAbbreviation(word: string): number | undefined {
  const minutes = Object.hasOwn(ONE_MEANING, word) ? ONE_MEANING[word] : undefined;
  return minutes === undefined ? undefined : minutes * MINUTE;
}

/** For a zone abbreviation that the table leaves out: a place to name instead. */
export function placeInsteadOf(word: string): string | undefined {
  const name = word.toUpperCase();
  return Object.hasOwn(UNREAD, name) ? UNREAD[name] : undefined;
}
