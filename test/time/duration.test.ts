import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToMinute, formatMinutes, minutesBetween, wordMinutes } from '../../src/time/duration.ts';
import { formatUtc } from '../../src/time/format.ts';

const at = (iso: string) => Date.parse(iso);

test('minutes are counted between instants cut to the minute', () => {
  expect(cutToMinute(at('2025-09-23T19:53:59.999Z'))).toBe(at('2025-09-23T19:53Z'));
  expect(cutToMinute(-1)).toBe(-60_000);
  expect(minutesBetween(at('2025-09-23T19:53:59Z'), at('2025-09-23T19:54:00Z'))).toBe(1);
  expect(minutesBetween(at('2025-09-23T19:53:00Z'), at('2025-09-23T19:53:59Z'))).toBe(0);
  expect(minutesBetween(at('2025-09-23T20:49Z'), at('2025-09-23T17:18Z'))).toBe(-211);
});

test.each([
  [
    'a change of clocks in New York, which 00:00 to 04:00 on the wall spans',
    '2026-03-08T05:00Z',
    '2026-03-08T08:00Z',
    180,
  ],
  ["a month's end and a leap day", '2024-02-28T23:30Z', '2024-03-01T00:30Z', 1500],
  ['a year', '2025-12-31T23:59Z', '2026-01-01T00:01Z', 2],
])('across %s', (_, from, to, minutes) => {
  expect(minutesBetween(at(from), at(to))).toBe(minutes);
});

describe('the one way to print a duration', () => {
  test.each([
    [0, '0 min', '0 minutes'],
    [1, '1 min', '1 minute'],
    [59, '59 min', '59 minutes'],
    [60, '1 h', '1 hour'],
    [61, '1 h 1 min', '1 hour and 1 minute'],
    [155, '2 h 35 min', '2 hours and 35 minutes'],
    [448, '7 h 28 min', '7 hours and 28 minutes'],
    [2630, '43 h 50 min', '43 hours and 50 minutes'],
    [-5, '−5 min', 'minus 5 minutes'],
    [-95, '−1 h 35 min', 'minus 1 hour and 35 minutes'],
  ])('%d minutes: %s', (minutes, short, words) => {
    expect(formatMinutes(minutes)).toBe(short);
    expect(wordMinutes(minutes)).toBe(words);
  });

  test('days are only ever added', () => {
    expect(formatMinutes(2630, { days: true })).toBe('43 h 50 min (1 d 19 h 50 min)');
    expect(formatMinutes(1440, { days: true })).toBe('24 h (1 d)');
    expect(formatMinutes(1439, { days: true })).toBe('23 h 59 min');
  });
});

test('subtracting what is printed gives what is printed', () => {
  const instant = fc.integer({ min: 0, max: Date.UTC(2041, 0, 1) });
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      const printed = (time: number) => Date.parse(formatUtc(time).replace(' UTC', 'Z').replace(' ', 'T'));
      expect(minutesBetween(a, b)).toBe((printed(b) - printed(a)) / 60_000);
    }),
  );
});
