import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText } from '../../../src/postmortem/text/clean.ts';

describe('cleanText', () => {
  test.each([
    ['direction overrides', 'user\u202Egnp.exe\u202C', 'usergnp.exe'],
    ['direction isolates', '\u2066a\u2069', 'a'],
    ['zero-width space and BOM', 'pass\u200Bword\uFEFF', 'password'],
    ['soft hyphen and word joiner', 'a\u00ADb\u2060c', 'abc'],
    ['tag characters', `hi${String.fromCodePoint(0xe0041, 0xe0042)}`, 'hi'],
    ['terminal escapes', '\u001B[31mred\u001B[0m', '[31mred[0m'],
    ['null and bell', 'a\u0000b\u0007', 'ab'],
    ['line ends of every kind', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['lone surrogates', 'a\uD800b', 'a\uFFFDb'],
    ['piled-up marks', `e${'\u0301'.repeat(50)}`, `e${'\u0301'.repeat(4)}`],
  ])('takes out %s', (_, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  test.each([
    ['an emoji of several people', '👩‍👩‍👧'],
    ['a heart with its variation selector', '❤️'],
    ['a flag', '🏳️‍🌈'],
    ['Persian with a non-joiner', 'می‌خواهم'],
    ['Hindi with a joiner', 'क्‍ष'],
    ['Hebrew', 'שלום'],
    ['Vietnamese in decomposed form', 'Vi\u0065\u0323\u0302t'],
  ])('keeps %s', (_, text) => {
    expect(cleanText(text)).toBe(text);
  });

  test('a joiner between Latin letters hides words, so it goes', () => {
    expect(cleanText('ad\u200Dmin')).toBe('admin');
  });

  test('cleaning twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('cleanLine gives one line without space around it', () => {
    expect(cleanLine('  a\n\tb  ')).toBe('a b');
  });
});
