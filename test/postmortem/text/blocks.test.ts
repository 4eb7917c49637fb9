import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { blockStarts } from '../../../src/postmortem/text/blocks.ts';

/** The numbers (from 0) of the lines that go on with what stands above them. */
const going = (...lines: string[]) =>
  blockStarts(lines).flatMap((isStart, index) => (isStart ? [] : [index]));

test.each([
  ['paragraphs, headings and bullets', ['a', 'b', '', 'c', '# d', 'e', '- f', '  g', '  - h', '* i'], [1, 7]],
  ['a numbered list', ['a', '1. b', '2. c', '   - d', '3. e', 'f', '4. g'], [5, 6]],
  ['numbers that begin no list', ['a', '2. b', '3. c'], [1, 2]],
  ['a table', ['a', '', '| b | c |', '|:-:|---|', '| d | e |', '| f |', '  | g |', '| h |'], [3, 6, 7]],
  ['rows without a rule', ['| a | b |', '| c | d |'], [1]],
  ['a rule of other columns', ['| a \\| b |', '| - | - |', '| c | d |'], [1, 2]],
  ['a quotation', ['> a', '> b', 'c', '>', '> - d', '> - e', '> | f |', '> | g |'], [1, 2, 6, 7]],
  ['what is indented as code is', ['- a', '', '     - b', '     - c'], [3]],
  ['rows behind HTML', ['<!--', '', '| a |', '| - |', '| --> |', '| b |'], [3, 4, 5]],
])('%s', (_, lines, expected) => {
  expect(going(...lines)).toEqual(expected);
});

const SPACE = ['', '', '', ' ', '   ', '    ', '     ', '> ', '>', '> > ', ' >  '];
const MARK = ['', '', '', '- ', '* ', '1. ', '2. ', '2) ', '100000000. ', '# ', '| ', '[^1]: ', '[a]: '];
const WORDS = [
  '',
  'a',
  '\u00a0',
  '<!--',
  '-->',
  '<div>',
  '<pre>',
  '| </pre> |',
  '```',
  '~~~',
  '---',
  '===',
  '- |',
];
const HEADERS = ['| a |', '| a | b |', '| a \\| b |', '| a', '|', '||', '- | a |', '<!--'];
const RULES = ['| - |', '|:-:|', '| - | - |', '|-|-', '|', '- | -'];
const ROWS = ['| a |', '| a | b |', '|', '| --> |', '2. a', '', 'a'];

const line = fc
  .tuple(fc.constantFrom(...SPACE), fc.constantFrom(...MARK), fc.constantFrom(...WORDS))
  .map((parts) => [parts.join('')]);
const table = fc
  .tuple(
    fc.constantFrom(...SPACE),
    fc.tuple(fc.constantFrom(...HEADERS), fc.constantFrom(...RULES)),
    fc.array(fc.constantFrom(...ROWS), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...SPACE),
  )
  .map(([space, head, rows, other]) => [
    '',
    ...head.map((row) => space + row),
    ...rows.map((row, index) => (index === 0 ? space : other) + row),
  ]);
const document = fc
  .array(fc.oneof({ weight: 2, arbitrary: line }, table), { minLength: 1, maxLength: 5 })
  .map((chunks) => chunks.flat());

test('no line is said to begin a block that Markdown reads as a paragraph’s next line', () => {
  fc.assert(
    fc.property(document, (lines) => {
      const starts = blockStarts(lines);
      const root = unified().use(remarkParse).use(remarkGfm).parse(lines.join('\n'));
      visit(root, ['paragraph', 'heading', 'tableCell'], ({ position }) => {
        const within = starts.slice(position?.start.line, position?.end.line);
        expect(within, JSON.stringify(lines)).not.toContain(true);
      });
    }),
    { numRuns: 1000 },
  );
});
