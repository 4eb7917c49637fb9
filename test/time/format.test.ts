import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  besideUtc,
  formatBoth,
  formatIn,
  formatUtc,
  isoMinute,
  readingLabel,
} from '../../src/time/format.ts';
import { readTime } from '../../src/time/read.ts';
import { clockChanges } from './clock-changes.ts';

const at = (iso: string) => Date.parse(iso);
const NOW = at('2041-01-01T00:00Z');
const context = { now: NOW, zone: 'Asia/Tokyo', retrospective: false };

describe('formats', () => {
  test('formatUtc', () => {
    expect(formatUtc(at('2025-09-23T19:53:59Z'))).toBe('2025-09-23 19:53 UTC');
    expect(formatUtc(at('2025-09-23T19:53:07.9Z'), { seconds: 'nonzero' })).toBe('2025-09-23 19:53:07 UTC');
    expect(formatUtc(at('2025-09-23T19:53:00.4Z'), { seconds: 'nonzero' })).toBe('2025-09-23 19:53 UTC');
    expect(formatUtc(at('2025-09-23T19:53Z'), { seconds: 'always' })).toBe('2025-09-23 19:53:00 UTC');
    expect(formatUtc(-1)).toBe('1969-12-31 23:59 UTC');
  });

  test('isoMinute', () => {
    expect(isoMinute(1758655193000.2)).toBe('2025-09-23T19:19Z');
    expect(isoMinute(-1)).toBe('1969-12-31T23:59Z');
  });

  test.each([
    ['Europe/Berlin', '2025-09-23T19:53Z', 'Tue 23 Sep 21:53 CEST'],
    ['Europe/Berlin', '2024-12-23T19:53Z', 'Mon 23 Dec 2024 20:53 CET'],
    ['UTC', '2025-09-23T19:53Z', 'Tue 23 Sep 19:53 UTC'],
    ['UTC+02:00', '2025-09-23T19:53Z', 'Tue 23 Sep 21:53 UTC+02:00'],
    ['America/New_York', '2025-09-23T03:53Z', 'Mon 22 Sep 23:53 EDT'],
    // Names that we would have to ask about, or do not read, are never printed.
    ['Europe/London', '2025-09-23T19:53Z', 'Tue 23 Sep 20:53 UTC+01:00'],
    ['America/Chicago', '2025-09-23T19:53Z', 'Tue 23 Sep 14:53 UTC-05:00'],
    ['Asia/Kathmandu', '2025-09-23T19:53Z', 'Wed 24 Sep 01:38 UTC+05:45'],
    ['Asia/Tokyo', '2025-09-23T19:53Z', 'Wed 24 Sep 04:53 JST'],
  ])('formatIn %s %s', (zone, iso, expected) => {
    expect(formatIn(at(iso), zone, at('2025-10-01T00:00Z'))).toBe(expected);
  });

  test.each([
    ['Europe/Berlin', '2025-09-23T19:53Z', '21:53 CEST'],
    ['Europe/Berlin', '2025-09-23T22:30Z', '24 Sep 00:30 CEST'],
    ['America/New_York', '2025-09-01T03:59Z', '31 Aug 23:59 EDT'],
    ['Asia/Kathmandu', '2025-12-31T18:14Z', '23:59 UTC+05:45'],
    ['Asia/Kathmandu', '2025-12-31T18:15Z', '1 Jan 00:00 UTC+05:45'],
    // London shows UTC in winter only.
    ['Europe/London', '2025-10-26T00:59Z', '01:59 UTC+01:00'],
    ['Europe/London', '2025-10-26T01:00Z', null],
    ['UTC', '2025-09-23T19:53Z', null],
    ['Nowhere/At_All', '2025-09-23T19:53Z', null],
  ])('besideUtc %s %s', (zone, iso, expected) => {
    expect(besideUtc(at(iso), zone)).toBe(expected);
  });

  test('formatIn says the year where nothing shows it', () => {
    expect(formatIn(at('2025-09-23T19:53Z'), 'UTC')).toBe('Tue 23 Sep 2025 19:53 UTC');
    expect(formatIn(at('2025-09-23T19:53Z'), 'UTC', at('2026-01-01T00:00Z'))).toBe(
      'Tue 23 Sep 2025 19:53 UTC',
    );
    // This year's, but to come: without its year it would be read as the last one.
    expect(formatIn(at('2025-09-23T19:53Z'), 'UTC', at('2025-01-01T00:00Z'))).toBe(
      'Tue 23 Sep 2025 19:53 UTC',
    );
  });

  test.each([
    ['UTC', '2025-09-24T19:53Z', '19:53 UTC'],
    ['UTC', '2025-09-23T19:53Z', '19:53 UTC, 23 Sep'],
    ['UTC', '2024-09-23T19:53Z', '19:53 UTC, 23 Sep 2024'],
    ['Europe/Berlin', '2025-09-24T19:53Z', '19:53 UTC (21:53 in Berlin)'],
    ['Europe/Berlin', '2025-09-23T19:53Z', '19:53 UTC, 23 Sep (21:53 in Berlin)'],
    // The two walls show different days.
    ['Europe/Berlin', '2025-09-23T22:30Z', '22:30 UTC, 23 Sep (00:30 on 24 Sep in Berlin)'],
    ['America/New_York', '2025-09-24T03:30Z', '03:30 UTC, 24 Sep (23:30 on 23 Sep in New York)'],
    ['UTC+02:00', '2025-09-24T19:53Z', '19:53 UTC (21:53 UTC+02:00)'],
    ['Mars/Base', '2025-09-24T19:53Z', '19:53 UTC'],
    ['Etc/GMT-2', '2025-09-24T19:53Z', '19:53 UTC (21:53 UTC+02:00)'],
    // In the hour that occurs twice.
    ['Europe/Berlin', '2024-10-27T00:30Z', '00:30 UTC, 27 Oct 2024 (02:30 CEST in Berlin)'],
    ['Europe/Berlin', '2024-10-27T01:30Z', '01:30 UTC, 27 Oct 2024 (02:30 CET in Berlin)'],
  ])('formatBoth %s %s: %s', (zone, iso, expected) => {
    expect(formatBoth(at(iso), zone, at('2025-09-24T20:00Z'))).toBe(expected);
  });

  test('readingLabel', () => {
    const label = (instant: number, zone: string) =>
      readingLabel({ instant, zone, precision: 'exact' }, at('2025-12-01T00:00Z'));
    expect(label(at('2025-11-02T05:30Z'), 'America/New_York')).toBe(
      'Sun 2 Nov 01:30 EDT · 2025-11-02 05:30 UTC',
    );
    expect(label(at('2025-11-02T06:30Z'), 'America/New_York')).toBe(
      'Sun 2 Nov 01:30 EST · 2025-11-02 06:30 UTC',
    );
    expect(label(at('2025-11-02T06:30:07Z'), 'UTC')).toBe('Sun 2025-11-02 06:30:07 UTC');
    expect(label(at('2024-11-02T06:30:07Z'), 'Asia/Kathmandu')).toBe(
      'Sat 2 Nov 2024 12:15:07 UTC+05:45 · 2024-11-02 06:30:07 UTC',
    );
  });
});

const CHANGES = [
  'America/New_York',
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Moscow',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'America/Caracas',
  'America/Havana',
  'Antarctica/Troll',
].flatMap((zone) => clockChanges(zone).map(({ at }) => ({ zone, at })));

/** An instant of 1970 to 2040 in a zone, half of them within three hours of a change of its clocks. */
function moments() {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', 'UTC+05:30', 'UTC-09:30');
  const second = fc.integer({ min: 0, max: Date.UTC(2041, 0, 1) / 1000 - 1 });
  const shift = fc.integer({ min: -10_800, max: 10_800 });
  return fc.oneof(
    fc.record({ zone, second }).map((each) => ({ zone: each.zone, instant: each.second * 1000 })),
    fc
      .record({ change: fc.constantFrom(...CHANGES), shift })
      .map(({ change, shift }) => ({ zone: change.zone, instant: change.at + shift * 1000 })),
  );
}

describe('reading what we print gives the same instant back', () => {
  const same = (text: string, instant: number) => {
    expect(readTime(text, context)).toMatchObject({ kind: 'one', reading: { instant } });
  };

  test('any instant, any zone', () => {
    fc.assert(
      fc.property(moments(), ({ zone, instant }) => {
        const minute = Math.floor(instant / 60_000) * 60_000;
        same(formatUtc(instant, { seconds: 'nonzero' }), instant);
        same(formatUtc(instant, { seconds: 'always' }), instant);
        same(formatUtc(instant), minute);
        same(isoMinute(instant), minute);
        same(new Date(instant).toISOString(), instant);
        same(formatIn(instant, zone, undefined, { seconds: 'nonzero' }), instant);
        const label = readingLabel({ instant, zone, precision: 'exact' }, NOW);
        expect(label.length).toBeLessThanOrEqual(75);
        expect(label).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC$/);
        for (const part of label.split(' · ')) same(part, instant);
      }),
      { numRuns: 800 },
    );
  });

  test('without its year, as long as the year is not over', () => {
    const later = fc.integer({ min: 0, max: 500 * 86_400 });
    fc.assert(
      fc.property(moments(), later, ({ zone, instant }, seconds) => {
        const now = instant + seconds * 1000;
        const text = formatIn(instant, zone, now, { seconds: 'nonzero' });
        expect(readTime(text, { ...context, now })).toMatchObject({ kind: 'one', reading: { instant } });
      }),
      { numRuns: 800 },
    );
  });

  test('on the wall of a named zone, one instant or both', () => {
    fc.assert(
      fc.property(moments(), ({ zone, instant }) => {
        const wall = formatIn(instant, zone, undefined, { seconds: 'always' }).replace(/ \S+$/, '');
        const result = readTime(wall, { ...context, zone });
        const readings =
          result.kind === 'one' ? [result.reading] : result.kind === 'choice' ? result.readings : [];
        expect(readings.map((reading) => reading.instant)).toContain(instant);
        for (const reading of readings) {
          expect(formatIn(reading.instant, zone, undefined, { seconds: 'always' })).toContain(wall);
        }
      }),
      { numRuns: 500 },
    );
  });
});
