import { describe, expect, test } from 'vitest';
import { readTime } from '../../src/time/read.ts';
import {
  fixedOffset,
  fixedZone,
  instantsOf,
  isZone,
  offsetAt,
  readingsOf,
  wallAt,
} from '../../src/time/zones.ts';
import { type ClockChange, clockChanges, platformOffset } from './clock-changes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2041, 0, 1);

/** Wall times at, around and in the middle of what a change skips or repeats. */
function wallsAround({ at, before, after }: ClockChange): number[] {
  const low = at + Math.min(before, after);
  const high = at + Math.max(before, after);
  return [low - 1000, low, (low + high) / 2, high - 1000, high];
}

/** `2026-11-01 01:30:00.000`, to the millisecond. */
function typed(wall: number): string {
  return new Date(wall).toISOString().replace('T', ' ').replace('Z', '');
}

describe('every change of clocks of every zone, 1970 to 2040', () => {
  const zones = Intl.supportedValuesOf('timeZone');

  test('the readings of a wall time are exactly those that exist, and read so when typed', () => {
    let changes = 0;
    for (const zone of zones) {
      const platform = platformOffset(zone);
      for (const change of clockChanges(zone)) {
        changes++;
        for (const wall of wallsAround(change)) {
          const existing = [wall - change.before, wall - change.after]
            .filter((instant, i, both) => platform(instant) === wall - instant && both.indexOf(instant) === i)
            .sort((a, b) => a - b);
          const found = instantsOf(zone, wall);
          if (String(found) !== String(existing)) {
            throw new Error(`${zone} ${typed(wall)}: ${found} instead of ${existing}`);
          }
        }
        expectTyped(zone, change);
      }
    }
    expect(changes).toBeGreaterThan(20_000);
  });

  /** What a person reads off the clock in the middle of the change, in that zone. */
  function expectTyped(zone: string, { at, before, after }: ClockChange) {
    const wall = at + (before + after) / 2;
    const result = readTime(typed(wall), { now: NOW, zone, retrospective: false });
    const reason = after < before ? 'twice' : after - before >= 24 * HOUR ? 'skipped-day' : 'skipped';
    const instants = [wall - before, wall - after].sort((a, b) => a - b);
    const got =
      result.kind === 'choice' ? [result.reason, ...result.readings.map(({ instant }) => instant)] : [];
    if (String(got) !== String([reason, ...instants])) {
      throw new Error(`${zone} ${typed(wall)}: ${got} instead of ${reason} ${instants}`);
    }
  }
});

describe('the changes of 2026, and odd ones', () => {
  const readings = (zone: string, wall: string) => {
    const { instants, skipped } = readingsOf(zone, Date.parse(`${wall}Z`));
    return [skipped, ...instants.map((instant) => new Date(instant).toISOString().slice(0, 16))];
  };
  test.each([
    ['America/New_York', '2026-03-08T01:59', [null, '2026-03-08T06:59']],
    ['America/New_York', '2026-03-08T02:30', ['skipped', '2026-03-08T06:30', '2026-03-08T07:30']],
    ['America/New_York', '2026-03-08T03:00', [null, '2026-03-08T07:00']],
    ['America/New_York', '2026-11-01T00:59', [null, '2026-11-01T04:59']],
    ['America/New_York', '2026-11-01T01:00', [null, '2026-11-01T05:00', '2026-11-01T06:00']],
    ['America/New_York', '2026-11-01T02:00', [null, '2026-11-01T07:00']],
    ['Europe/London', '2026-03-29T01:15', ['skipped', '2026-03-29T00:15', '2026-03-29T01:15']],
    ['Europe/London', '2026-03-29T02:00', [null, '2026-03-29T01:00']],
    ['Europe/London', '2026-10-25T01:59', [null, '2026-10-25T00:59', '2026-10-25T01:59']],
    ['Europe/London', '2026-10-25T02:00', [null, '2026-10-25T02:00']],
    // Half an hour only.
    ['Australia/Lord_Howe', '2026-10-04T02:15', ['skipped', '2026-10-03T15:15', '2026-10-03T15:45']],
    ['Australia/Lord_Howe', '2026-10-04T02:30', [null, '2026-10-03T15:30']],
    ['Australia/Lord_Howe', '2026-04-05T01:29', [null, '2026-04-04T14:29']],
    ['Australia/Lord_Howe', '2026-04-05T01:30', [null, '2026-04-04T14:30', '2026-04-04T15:00']],
    ['Australia/Lord_Howe', '2026-04-05T02:00', [null, '2026-04-04T15:30']],
    ['Asia/Kathmandu', '2026-01-01T00:00', [null, '2025-12-31T18:15']],
    // A quarter of an hour, at midnight of 1986.
    ['Asia/Kathmandu', '1986-01-01T00:10', ['skipped', '1985-12-31T18:25', '1985-12-31T18:40']],
    ['Pacific/Apia', '2011-12-29T23:59', [null, '2011-12-30T09:59']],
    ['Pacific/Apia', '2011-12-30T00:00', ['skipped-day', '2011-12-29T10:00', '2011-12-30T10:00']],
    ['Pacific/Apia', '2011-12-30T23:59', ['skipped-day', '2011-12-30T09:59', '2011-12-31T09:59']],
    ['Pacific/Apia', '2011-12-31T00:00', [null, '2011-12-30T10:00']],
    // Seconds in an offset, before 1972.
    ['Africa/Monrovia', '1971-06-01T00:00', [null, '1971-06-01T00:44']],
  ])('%s %s', (zone, wall, expected) => {
    expect(readings(zone, wall)).toEqual(expected);
  });
});

test('zones by name and by offset', () => {
  expect(['UTC', 'Europe/Berlin', 'UTC+05:30', 'UTC-00:44:30'].every(isZone)).toBe(true);
  expect(['', 'Mars/Base', 'UTC+5', 'Berlin', '+02:00', 'constructor'].some(isZone)).toBe(false);
  expect(offsetAt('UTC-00:44:30', 0)).toBe(-(44 * MINUTE + 30_000));
  expect(wallAt('Asia/Kathmandu', 0)).toBe(5.5 * HOUR);
  expect(offsetAt('Mars/Base', 0)).toBeNaN();
  expect(fixedZone(0)).toBe('UTC');
  for (const offset of [-12 * HOUR, -3.5 * HOUR, 5.75 * HOUR, 14 * HOUR])
    expect(fixedOffset(fixedZone(offset))).toBe(offset);
  expect(instantsOf('UTC+02:00', 0)).toEqual([-2 * HOUR]);
});
