import { formatMinutes, wordMinutes } from '../../time/duration.ts';
import type { ClockReading, DurationReading, Figure } from '../../time/figures.ts';
import type { Instant } from '../../time/types.ts';
import { isZone, wallAt } from '../../time/zones.ts';

/**
 * A length in the manner of the figure it replaces: `38:49`, `2 h 32 min`, `2 hours and 32 minutes`. Null where
 * nothing fits in its place: with a bound, of a range, in `a 2-hour outage`, or at seconds.
 */
export function lengthWords(minutes: number, { text }: Figure, said: DurationReading): string | null {
  if (said.bound !== null || said.upTo !== null || said.precision < 60 || /\d-[a-z]|[a-z]-[a-z]/i.test(text))
    return null;
  if (/^\d+:\d\d$/.test(text)) return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return /hour|minute|day/i.test(text) ? wordMinutes(minutes) : formatMinutes(minutes);
}

/** A clock time in the manner, and on the wall, of the figure it replaces. Null where its zone is in doubt. */
export function clockWords(at: Instant, { text }: Figure, clock: ClockReading, zone: string): string | null {
  const [named = 'UTC', ...others] = clock.zones ?? [];
  const wall = named === 'local' ? zone : named;
  // With a zone of its own, prose without one could mean either.
  if (others.length > 0 || !isZone(wall) || clock.dates !== null || (!clock.zones && zone !== 'UTC'))
    return null;
  const shown = new Date(wallAt(wall, at)).toISOString().slice(11, clock.second === null ? 16 : 19);
  const half = /[ap]\.?m\.?$/i.exec(text);
  if (!half) return shown;
  const hour = Number(shown.slice(0, 2));
  return `${hour % 12 || 12}${shown.slice(2)} ${hour < 12 ? 'am' : 'pm'}`;
}
