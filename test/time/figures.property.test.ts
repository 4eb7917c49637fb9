import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates, findFigures } from '../../src/time/figures.ts';

const SHARDS = [
  ...'0 7 13 28 90 1.5 2,500 36:49 14:05 5:03pm 5pm 14:05:07 hours h hrs m min minutes s d days 7h28m an a half hour'.split(
    ' ',
  ),
  ...'and or to of – - — , . : ( ) [ ]( ] < > | ` ``` ~~~ * _ ~ / \\ # $ % & &gt; \n \n\n T Z UTC CEST Berlin'.split(
    ' ',
  ),
  ...'over under within about every per SLA Sep 24th September 2025-09-24 2025 Wed on at between two ninety hundred ½ 1/2'.split(
    ' ',
  ),
  ' ',
  ' ',
  '\u00a0',
  '\u200b',
  '١٣',
  'https://x.example/5m',
  '<https://x.example|5 min>',
  '😀',
  '\ud800',
];
const prose = fc.array(fc.constantFrom(...SHARDS), { maxLength: 60 }).map((shards) => shards.join(''));
const anything = fc.oneof(
  prose,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 300 }),
);

describe('whatever is written', () => {
  it('is read without throwing, as exact substrings in order, none across another', () => {
    fc.assert(
      fc.property(anything, (text) => {
        let reached = 0;
        for (const figure of findFigures(text)) {
          expect(text.slice(figure.index, figure.index + figure.text.length)).toBe(figure.text);
          expect(figure.index).toBeGreaterThanOrEqual(reached);
          expect(figure.text).not.toBe('');
          expect(figure.duration ?? figure.clock).not.toBeNull();
          expect(figure.duration?.seconds ?? 0).toBeGreaterThanOrEqual(0);
          expect(figure.duration?.precision ?? 1).toBeGreaterThan(0);
          reached = figure.index + figure.text.length;
        }
        for (const { text: date, index } of findDates(text))
          expect(text.slice(index, index + date.length)).toBe(date);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not change what is read in another paragraph', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const own = findFigures(text).map((figure) => figure.text);
        // Code fences reach over paragraphs; everything else ends with its own.
        fc.pre(!/`|~~~/.test(text));
        const both = findFigures(`${text}\n\nIt took 13 minutes.`).map((figure) => figure.text);
        expect(both).toEqual([...own, '13 minutes']);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['digits', '9'],
    ['spaces', ' '],
    ['colons', '1:'],
    ['counts', '7 hours '],
    ['joined counts', '7h'],
    ['brackets', ']('],
    ['angles', '<a'],
    ['backticks', '`'.repeat(3)],
    ['growing runs of backticks', '`a``b```c'],
    ['stars', '*_~'],
    ['letters', 'a'],
    ['links', '[a](b '],
    ['dates', 'Sep 24, '],
    ['words', 'two hundred and '],
    ['ranges', '1–2–'],
    ['schemes', 'a+a.'],
    ['blank lines', '\n \n'],
  ])('is read however long: %s', (_, shard) => {
    const text = shard.repeat(Math.ceil(100_000 / shard.length));
    // Quadratic cost would take minutes, and run into the test's time limit.
    expect(() => findFigures(text)).not.toThrow();
  });
});
