import { describe, expect, test, vi } from 'vitest';
import { buildDraft } from '../../../src/postmortem/document.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { renderPlain } from '../../../src/postmortem/render/plain.ts';
import { width, wrap } from '../../../src/postmortem/render/plain-width.ts';
import {
  at,
  makeEntry,
  makeIncident,
  makeRecord,
  readScenario,
  recordOf,
  SCENARIO_NAMES,
} from '../makers.ts';

const plainOf = (record: Parameters<typeof computeFacts>[0]) =>
  renderPlain(buildDraft(record, computeFacts(record, at('18:00')), { zone: 'UTC' }));

test('a word without an end is cut into graphemes a piece at a time, none of them in two', () => {
  const pieces = vi.spyOn(Intl.Segmenter.prototype, 'segment');
  const family = '👩‍👩‍👧';
  const word = `${'é'.repeat(499)}${family}${'ü'.repeat(3000)}`;
  const lines = wrap(word, 100);
  const longest = Math.max(...pieces.mock.calls.map(([text]) => text.length));
  pieces.mockRestore();
  // The time that it takes grows with the square of what it is given.
  expect(longest).toBeLessThanOrEqual(500);
  expect(lines.join('')).toBe(word);
  expect(lines.some((line) => line.includes(family))).toBe(true);
  for (const line of lines) expect(width(line)).toBeLessThanOrEqual(100);
});

describe('renderPlain', () => {
  test.each(SCENARIO_NAMES)('%s fits 100 columns, without markup', (name) => {
    const plain = plainOf(recordOf(readScenario(name).scenario));
    for (const line of plain.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect(plain).not.toMatch(/\*\*|\]\(|<a |&lt;|&#/);
    expect(plain).toContain('TIMELINE');
  });

  test('the timeline is a table, long texts wrapped in their column', () => {
    const entries = [
      makeEntry(1, '12:00', { text: 'word '.repeat(30) }),
      makeEntry(2, '12:20', { text: '完了しました 🔥' }),
    ];
    const lines = plainOf(makeRecord({ entries })).split('\n');
    const first = lines.findIndex((line) => line.startsWith('#1'));
    expect(lines[first]).toMatch(/^#1 {2}2026-03-10 12:00 {2}word word .* {2}–$/);
    expect(lines[first + 1]).toMatch(/^ {22}word/);
    expect(lines.find((line) => line.startsWith('#2'))).toMatch(/^#2 {2}12:20 {13}完了しました 🔥 +20 min$/);
  });

  test('links show their address, lines do not; nothing in it moves the cursor', () => {
    const plain = plainOf(
      makeRecord({
        incident: makeIncident({ summary: 'See <https://example.org/x|the graph>\u001B[2J' }),
        entries: [makeEntry(1, '12:00')],
      }),
    );
    expect(plain).toContain('See the graph <https://example.org/x>[2J');
    expect(plain).not.toContain('\u001B');
  });
});

describe('width and wrap', () => {
  test('wide characters and emoji take two columns', () => {
    expect([width('abc'), width('日本'), width('👩‍👩‍👧'), width('é'), width('❤️')]).toEqual([3, 4, 2, 1, 2]);
  });

  test('words longer than a line are cut between graphemes', () => {
    expect(wrap('aaaaaaa bb', 3)).toEqual(['aaa', 'aaa', 'a', 'bb']);
    expect(wrap('日本語', 4)).toEqual(['日本', '語']);
    expect(wrap('', 5)).toEqual(['']);
  });
});
