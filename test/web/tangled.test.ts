import { expect, it } from 'vitest';
import { sectionText } from '../../src/usecases/editSection.ts';
import { tangledAt } from '../../src/usecases/tangled.ts';
import { pagePolicy } from '../../src/web/page/policy.ts';

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
])('Markdown that takes too long is found by its line: %s', (_, text, line) => {
  expect(tangledAt(text)).toBe(line);
  expect(() => sectionText(text)).toThrow('tangled');
});

it('takes what people write: long timelines, tables, code, nested lists', () => {
  const text = [
    lines(1500, '- [14:05](https://acme.slack.com/archives/C1/p1) **ana** said `x_y` \\& went on'),
    '| Time | What |\n| --- | --- |',
    lines(1500, '| 14:05 | Checkout *fails* for [some](#x) |'),
    `\`\`\`\n${lines(200, 'const a = [[1, 2], [3, 4]];')}\n\`\`\``.replace(/\n/g, '\n\n'),
    '- a\n  - b\n    - c\n\n> > quoted',
    'word '.repeat(10_000),
  ].join('\n\n');
  expect(tangledAt(text)).toBeNull();
});

it('a page of ours stands in no frame, and its policy lets nothing in', () => {
  expect(pagePolicy('abc')).toBe(
    "default-src 'none'; style-src 'nonce-abc'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  );
});
