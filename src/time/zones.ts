import { IANAZone } from 'luxon';
import type { Wall } from './calendar.ts';
import { DAY, HOUR, MINUTE, SECOND } from './duration.ts';
import type { Instant } from './types.ts';

// Wider than any offset that a place ever had, so that a reading of a wall time lies within it of that time as UTC; and
// no zone changes its clocks twice within double of it, so that one offset holds before and one after.
const REACH = 16 * HOUR;

/** Readings of a wall time in one zone. `skipped` says that the time does not exist: then these are its neighbours. */
export interface Readings {
  /** Ascending. One; two where the clocks go back; two neighbours where they skip the time. */
  instants: Instant[];
  skipped: 'skipped' | 'skipped-day' | null;
}

/** True for an IANA name that this platform knows and for a fixed offset as written by `fixedZone`. */
export function isZone(zone: string): boolean {
  return fixedOffset(zone) !== undefined || IANAZone.create(zone).isValid;
}

/** Milliseconds that the zone's clocks are ahead of UTC at `instant`. NaN for an unknown zone. */
export function offsetAt(zone: string, instant: Instant): number {
  return fixedOffset(zone) ?? IANAZone.create(zone).offset(instant) * MINUTE;
}

/** What the zone's clocks show at `instant`. */
export function wallAt(zone: string, instant: Instant): Wall {
  return instant + offsetAt(zone, instant);
}

/** The instants at which the zone's clocks show `wall`: none, one or two, ascending. */
export function instantsOf(zone: string, wall: Wall): Instant[] {
  const offsets = new Set([wall - REACH, wall + REACH].map((near) => offsetAt(zone, near)));
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => wallAt(zone, instant) === wall)
    .sort((a, b) => a - b);
}

/**
 * The readings of `wall`, or, where the clocks skip it, what it would be by the offset before and the offset after
 * the change (TIME: not the edges of the gap). The same formula gives the days either side of a skipped day.
 */
export function readingsOf(zone: string, wall: Wall): Readings {
  const instants = instantsOf(zone, wall);
  if (instants.length > 0) return { instants, skipped: null };
  const [before, after] = [offsetAt(zone, wall - REACH), offsetAt(zone, wall + REACH)];
  return {
    instants: [wall - after, wall - before],
    skipped: after - before >= DAY ? 'skipped-day' : 'skipped',
  };
}

/** `UTC+05:30`, or plain `UTC`. `offset` in milliseconds; seconds are written only where there are any. */
export function fixedZone(offset: number): string {
  if (offset === 0) return 'UTC';
  const total = Math.abs(offset) / SECOND;
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60];
  if (total % 60 !== 0) parts.push(total % 60);
  return `UTC${offset < 0 ? '-' : '+'}${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

/** The offset of a zone written as `fixedZone` writes it, in milliseconds; undefined for any other name. */
export function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC') return 0;
  const match = /^UTC([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(zone);
  if (!match) return undefined;
  const size = Number(match[2]) * HOUR + Number(match[3]) * MINUTE + Number(match[4] ?? 0) * SECOND;
  return match[1] === '-' ? -size : size;
}
