import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitRange } from '../../src/time/range.ts';
import { readTime } from '../../src/time/read.ts';
import { splitTime } from '../../src/time/split.ts';
import type { ReadContext, ReadResult } from '../../src/time/types.ts';

const NOW = Date.parse('2026-11-01T06:15:30Z');
const TOLERANCE = 120_000;

const contexts: fc.Arbitrary<ReadContext> = fc.record(
  {
    now: fc.integer({ min: 0, max: Date.UTC(2041, 0, 1) }),
    zone: fc.constantFrom(
      'UTC',
      'America/New_York',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC+05:45',
      '',
      'Mars/Base',
    ),
    retrospective: fc.boolean(),
    previous: fc.integer({ min: 0, max: Date.UTC(2041, 0, 1) }),
    entryAt: fc.constant((number: number) => (number < 20 ? number * 1e11 : undefined)),
  },
  { requiredKeys: ['now', 'zone', 'retrospective'] },
);

/** Texts out of the pieces that times are made of, and out of anything. */
const pieces = fc.constantFrom(
  ...`at by about ~ @ on in time 14:05 14:05:07.5 2:05pm 12.56 9 24:00 25:61 am p.m. noon midnight now today yesterday
  Mon tues 2025-09-23 2025-09-23T 9/24 Sep 24th 24 of Feb 29 2024 UTC Z CEST IST ET Berlin New York Port of Spain +02:00 -0500
  +2 - – # #12 + 5m 90s 1h 1e9 an half hour ago , : . ( ) <https://x.slack.com/archives/C1/p1758655193000200|a b> ٣ ½ ² \u200b \u202e constructor
  __proto__ from to until NaN Infinity 99999999999999999999 0 00:00 İ ß`.split(/\s+/),
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.array(pieces, { maxLength: 6 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

function expectSound(result: ReadResult | null, { now }: ReadContext) {
  if (result === null) return;
  if (result.kind === 'refusal') {
    expect(result.message).toMatch(/\S[.?]$/u);
    return;
  }
  const readings = result.kind === 'one' ? [result.reading] : result.readings;
  expect(readings.length).toBeGreaterThan(0);
  for (const { instant } of readings) {
    expect(Number.isFinite(instant)).toBe(true);
    expect(instant).toBeLessThanOrEqual(now + TOLERANCE);
  }
  expect(new Set(readings.map(({ instant }) => instant)).size).toBe(readings.length);
}

describe('no input throws, and no result is in the future', () => {
  test('readTime', () => {
    fc.assert(
      fc.property(texts, contexts, (text, context) => {
        expectSound(readTime(text, context), context);
      }),
      { numRuns: 6000 },
    );
  });

  test('splitTime, which loses no words', () => {
    const position = fc.constantFrom('leading' as const, 'trailing' as const, 'either' as const);
    fc.assert(
      fc.property(texts, contexts, position, (text, context, position) => {
        const split = splitTime(text, context, { position });
        expectSound(split.time, context);
        if (split.time === null) expect(split.rest).toBe(text.trim());
        expect(text).toContain(split.rest);
        expect(text).toContain(split.timeText);
      }),
      { numRuns: 4000 },
    );
  });

  test('splitRange', () => {
    fc.assert(
      fc.property(texts, texts, contexts, (from, to, context) => {
        const range = splitRange(`from ${from} to ${to}`, context);
        expectSound(range?.from ?? null, context);
        expectSound(range?.to ?? null, context);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('cost', () => {
  const context = { now: NOW, zone: 'America/New_York', retrospective: false };
  const units = [
    '1',
    '1:',
    '1.',
    ' ',
    'a',
    '<',
    '<https:',
    '-',
    'at ',
    'at 9 ',
    '1h ',
    'New York ',
    '٣',
    ' to ',
    '14:05 ',
    '14:05-',
    '\u200b',
    'é.',
    '#1 + ',
  ];

  test.each(units)('reads a long run of %j', (unit) => {
    for (const length of [4000, 40_000]) {
      const text = `14:05 ${unit.repeat(Math.ceil(length / unit.length))}`;
      // Cost that grows faster than the text would run into the test's time limit.
      expect(() => readTime(text, context)).not.toThrow();
      expect(() => splitTime(text, context)).not.toThrow();
      expect(() => splitRange(text, context)).not.toThrow();
    }
  });

  test('input is read up to 4,000 characters', () => {
    expect(readTime(`00:05${' '.repeat(3995)}UTC`, context)).toMatchObject({
      reading: { zone: 'America/New_York' },
    });
    expect(splitTime(`14:05 ${'x '.repeat(10_000)}`, context).rest).toBe('x '.repeat(10_000).trim());
  });
});
