import { describe, expect, test } from 'vitest';
import { sectionMarkdown } from '../../../src/postmortem/render/markdown.ts';
import { readMarkdown } from '../../../src/postmortem/text/markdown.ts';

const again = (markdown: string) => sectionMarkdown({ nodes: readMarkdown(markdown) }).trim();

describe('readMarkdown', () => {
  test.each([
    ['formatting, lists and tasks', '**bold** _it_ ~~gone~~ `code`\n\n- [ ] open\n- [x] done'],
    ['a table', '| a | b |\n| - | -: |\n| 1 | 2 |'],
    ['a code block with its language', '```ts\nconst a = 1;\n```'],
    ['a link to a line', 'see [#4](#entry-4)'],
  ])('keeps %s', (_, markdown) => {
    expect(again(markdown)).toBe(markdown);
  });

  test.each([
    ['HTML is what was typed', '<b onclick="x">hi</b>', '\\<b onclick="x">hi\\</b>'],
    ['HTML blocks too', '<div>\n<script>x</script>\n</div>', '\\<div>\\\n\\<script>x\\</script>\\\n\\</div>'],
    ['images are links', '![graph](https://example.org/g.png)', '[graph](https://example.org/g.png)'],
    ['reference links are links', '[x][1]\n\n[1]: https://example.org', '[x](https://example.org/)'],
    ['a bad address is its label', '[click](javascript:alert(1)) [y](data:text/html,x)', 'click y'],
    ['a reference to a bad address too', '[x][1]\n\n[1]: javascript:alert(1)', 'x'],
    ['other fragments are no links', '[x](#section-impact)', 'x'],
    ['headings stand below the section’s', '# Big\n\n#### Small', '### Big\n\n#### Small'],
    ['footnotes are what was typed', 'a[^1]\n\n[^1]: note', 'a\\[^1]\n\n\\[^1]: note'],
    ['a break in a cell', '| a |\n| - |\n| 1<br>2 |', '| a |\n| - |\n| 1<br>2 |'],
  ])('%s', (_, markdown, expected) => {
    expect(again(markdown)).toBe(expected);
  });

  test.each([
    ['quotes in quotes', '>'.repeat(5000)],
    ['lists in lists', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
    ['emphasis in emphasis', `${'*a **b '.repeat(500)}${'b** a*'.repeat(500)}`],
    ['brackets', '['.repeat(5000)],
  ])('deep %s do not overflow', (_, markdown) => {
    expect(again(markdown)).not.toBe('');
  });

  test.each([
    ['quotations', '> a\n\n'.repeat(10_000)],
    ['lists in lists', `${'- '.repeat(20)}a\n`.repeat(5000)],
  ])('more %s than can be read in time are what was typed', (_, markdown) => {
    // Reading them would take minutes: it grows with the square of their number.
    expect(readMarkdown(markdown).map(({ type }) => type)).toEqual(['paragraph']);
  });
});
