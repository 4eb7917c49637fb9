import { expect, it } from 'vitest';
import { buildPostmortem, markdownOf } from '../../src/postmortem/postmortem.ts';
import { sectionText } from '../../src/usecases/editSection.ts';
import { tangledAt } from '../../src/usecases/tangled.ts';
import { pagePolicy } from '../../src/web/page/policy.ts';
import { at, readScenario, recordOf, SCENARIO_NAMES } from '../postmortem/makers.ts';

const lines = (many: number, line: string) => Array.from({ length: many }, () => line).join('\n');

it.each([
  ['brackets in one line', `fine\n\n${'['.repeat(20_000)}`, 3],
  ['brackets over many lines', lines(20_000, '['), 251],
  ['emphasis', '*a '.repeat(5000), 1],
  ['half-open tags', '<a '.repeat(5000), 1],
  ['columns', `${'|a'.repeat(5000)}\n${'|-'.repeat(5000)}`, 1],
  ['lists in lists', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(2 * depth)}- a`).join('\n'), 51],
  ['lists in lists on one line', `${'- '.repeat(5000)}a`, 1],
  ['quotations in quotations', `${'>'.repeat(5000)}a`, 1],
  ['a table without an end', lines(6000, '|a|b|'), 5001],
  ['links without an end', lines(5000, '- [a](b) [a](b) [a](b) [a](b) [a](b)'), 4001],
  ['cells without an end', lines(2000, `${'|a'.repeat(50)}|`), 589],
  ['an address that ends in dots', `http://a/${'.'.repeat(100_000)}x`, 1],
  ['an address that ends in anything', `fine\n\nwww.a/${',.&quot;'.repeat(30_000)}x`, 3],
  ['dots that only seem apart', `http://a/${'.\u200b'.repeat(100_000)}x`, 1],
  ['addresses in addresses', 'http://.'.repeat(40_000), 1],
  ['words behind an open bracket', `[ ${'a '.repeat(100_000)}`, 1],
  ['words behind an open bracket, on many lines', `[ ${lines(1000, 'a '.repeat(20))}`, 500],
  ['quotations without an end', lines(4000, '> a\n'), 2311],
  ['footnotes without an end', lines(2000, '[^1]: a\n'), 2001],
  ['lists in lists on each line', lines(4000, `${'- '.repeat(20)}a`), 437],
  ['half-open tags in a quotation', lines(160, `> ${'<? '.repeat(240)}`), 2],
  ['half-open tags in what is no table', lines(160, `| ${'<? '.repeat(240)}`), 2],
  ['half-open tags in what is no list', `a\n${lines(160, `2. ${'<? '.repeat(240)}`)}`, 3],
  ['half-open tags in what is no code', `a\n${lines(160, `    - ${'<? '.repeat(240)}`)}`, 3],
  ['half-open tags between what only looks like blank lines', lines(160, `${'<? '.repeat(240)}\n\u00a0`), 3],
])('Markdown that takes too long is found by its line: %s', (_, text, line) => {
  expect(tangledAt(text)).toBe(line);
  expect(() => sectionText(text)).toThrow('tangled');
});

it('takes what people write: long timelines, tables, code, nested lists', () => {
  const texts = [
    lines(1500, '- [14:05](https://acme.slack.com/archives/C1/p1) **ana** said `x_y` \\& went on'),
    `| Time | What |\n| --- | --- |\n${lines(1500, '| 14:05 | Checkout *fails* for [some](#x) |')}`,
    `\`\`\`\n${lines(200, 'const a = [[1, 2], [3, 4]];')}\n\`\`\``.replace(/\n/g, '\n\n'),
    '- a\n  - b\n    - c\n\n> > quoted',
    lines(100, '> somebody wrote *this* at 14:05'),
    lines(1500, '> - [14:05](https://acme.slack.com/archives/C1/p1) **ana** said'),
    Array.from(
      { length: 500 },
      (_, index) => `${index + 1}. Ask *them*\n   - [why](https://example.org)`,
    ).join('\n'),
    lines(700, '- a\n  - b'),
    lines(4900, '> - 14:05 a'),
    lines(1500, '- a\n  goes on\n'),
    `Contents ${'.'.repeat(300)} 3\n\n${'-'.repeat(80)}\n\n${'='.repeat(200)}`,
    `https://example.org/${'a/'.repeat(500)}?q=${'%20'.repeat(500)}...`,
    `${'A long paragraph with [a link](https://example.org) goes on. '.repeat(60)}`,
    'word '.repeat(10_000),
  ];
  expect(texts.map(tangledAt)).toEqual(texts.map(() => null));
  expect(tangledAt(texts.slice(0, 4).join('\n\n'))).toBeNull();
});

it.each(SCENARIO_NAMES)('takes each section that is made of %s', (name) => {
  const record = recordOf(readScenario(name).scenario);
  const postmortem = buildPostmortem({ record, edits: [], dismissals: [] }, at('2026-01-01T00:00:00Z'));
  for (const { key } of postmortem.draft.sections) {
    expect(tangledAt(markdownOf(postmortem, key) ?? ''), key).toBeNull();
  }
});

it('a page of ours stands in no frame, and its policy lets nothing in', () => {
  expect(pagePolicy('abc')).toBe(
    "default-src 'none'; style-src 'nonce-abc'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  );
});
