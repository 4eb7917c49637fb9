import fc from 'fast-check';
import type { BlockContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import { sectionMarkdown } from '../../src/postmortem/render/markdown.ts';
import { slackFlow, slackPhrasing } from '../../src/postmortem/slack-text.ts';
import { NAMES, slackText } from './text/samples.ts';

const markdown = (text: string) => sectionMarkdown({ nodes: slackFlow(text, NAMES) }).trim();
const line = (text: string) => textOf(slackPhrasing(text, NAMES));

describe('references', () => {
  test.each([
    ['a person', '<@U1> is on it', 'Ana Torres is on it'],
    ['a person whom only Slack names', '<@U9|nina>', 'nina'],
    ['a person whom nobody names', '<@U9>', '@U9'],
    ['a channel', 'see <#C1|old-name>', 'see #inc-42-sign-in'],
    ['a channel not on record', '<#C9|other>', '#other'],
    ['a channel without a name', '<#C9|>', '#C9'],
    ['a call to everyone', '<!here> look', '@here look'],
    ['a user group', '<!subteam^S1|@ops>', '@ops'],
    [
      'a date, by its instant and not by its fallback',
      '<!date^1758655193^{time}|04:00>',
      '2025-09-23 19:19 UTC',
    ],
    ['what is no reference', 'if a <b and c> d', 'if a <b and c> d'],
  ])('%s', (_, text, expected) => {
    expect(line(text)).toBe(expected);
  });

  test('entities are decoded once', () => {
    expect(line('&amp;lt; &lt;b&gt; &amp;')).toBe('&lt; <b> &');
  });
});

describe('links', () => {
  test.each([
    ['<https://example.org/a?b=1&amp;c=2|the label>', 'https://example.org/a?b=1&c=2', 'the label'],
    ['<https://example.org>', 'https://example.org/', 'https://example.org'],
    ['<mailto:a@example.org|Ana>', 'mailto:a@example.org', 'Ana'],
    ['https://example.org/x.', 'https://example.org/x', 'https://example.org/x'],
    ['https://en.example.org/X_(y)', 'https://en.example.org/X_(y)', 'https://en.example.org/X_(y)'],
  ])('%s stays a link', (text, url, label) => {
    expect(slackPhrasing(text, NAMES)[0]).toEqual({
      type: 'link',
      url,
      title: null,
      children: [{ type: 'text', value: label }],
    });
  });

  test.each([
    '<javascript:alert(1)|click>',
    '<data:text/html,hi|click>',
    '<vbscript:x|click>',
    '<file:///etc/passwd|click>',
  ])('%s is only its label', (text) => {
    expect(slackFlow(text, NAMES)).toEqual([
      { type: 'paragraph', children: [{ type: 'text', value: 'click' }] },
    ]);
  });

  test('a label that names another site gets the true one', () => {
    expect(line('<https://evil.example/login|https://bank.example>')).toBe(
      'https://bank.example (evil.example)',
    );
    expect(line('<https://bank.example/login|bank.example>')).toBe('bank.example');
  });

  test('a line break in a label does not break the link', () => {
    expect(line('<https://example.org|two words>')).toBe('two words');
  });
});

describe('formatting', () => {
  test.each([
    ['*bold* and _italic_ and ~gone~', '**bold** and _italic_ and ~~gone~~'],
    ['*bold _and italic_*', '**bold _and italic_**'],
    ['`a *b* <@U1>`', '`a *b* Ana Torres`'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 \\* 3 \\* 4'],
    ['*not closed', '\\*not closed'],
    ['* not bold *', '- not bold \\*'],
    ['*<https://example.org|link> in bold*', '**[link](https://example.org/) in bold**'],
    ['*a `*` b*', '**a `*` b**'],
    [':fire: at 10:30:15 :unknown_one:', '🔥 at 10:30:15 :unknown_one:'],
    ['first\nsecond', 'first\\\nsecond'],
    ['first\n\nsecond', 'first\n\nsecond'],
  ])('%j', (text, expected) => {
    expect(markdown(text)).toBe(expected);
  });

  test('code blocks keep their text, whatever it is', () => {
    expect(
      slackFlow('before ```\n<script>\n  *x* &amp; y\n``` after', NAMES).map(({ type }) => type),
    ).toEqual(['paragraph', 'code', 'paragraph']);
    expect(markdown('```\n<b> *x* &amp; y\n```')).toBe('```\n<b> *x* & y\n```');
    expect(markdown('```not closed')).toBe('\\`\\`\\`not closed');
  });

  test('lists nest by indentation and keep their numbers', () => {
    expect(markdown('• one\n    ◦ inner\n• two')).toBe('- one\n  - inner\n- two');
    expect(markdown('3. three\n4. four')).toBe('3. three\n4. four');
  });

  test('quotes end where they end, and >>> takes the rest', () => {
    expect(markdown('&gt; quoted\n&gt; more\nnot')).toBe('> quoted\\\n> more\n\nnot');
    expect(markdown('&gt;&gt;&gt; all\nof it')).toBe('> all\\\n> of it');
  });

  test('in a cell, blocks become lines', () => {
    expect(line('do:\n• one\n• two')).toBe('do:• one• two');
    expect(slackPhrasing('a\n\nb', NAMES).map(({ type }) => type)).toEqual(['text', 'break', 'text']);
  });
});

describe('whatever is typed', () => {
  const visible = (blocks: readonly BlockContent[]) => textOf({ type: 'root', children: [...blocks] });

  test('no word is lost', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const mark = fc.constantFrom(
      '*',
      '_',
      '~',
      '`',
      '```',
      '\n',
      '\n\n',
      ' ',
      '> ',
      '- ',
      '• ',
      '1. ',
      '<',
      '>',
      '|',
      '&',
      '<@U1>',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(word, mark, fc.constantFrom('', ' ')), { maxLength: 12 }), (parts) => {
        const text = parts.map(([letters, sign, space]) => `${letters}${space}${sign}${space}`).join('');
        const shown = visible(slackFlow(text, { people: { U1: '' }, channels: {} }));
        let from = 0;
        for (const [letters] of parts) {
          const at = shown.indexOf(letters, from);
          expect(
            at,
            `${letters} of ${JSON.stringify(text)} in ${JSON.stringify(shown)}`,
          ).toBeGreaterThanOrEqual(0);
          from = at + letters.length;
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('nothing throws, and the tree holds no HTML', () => {
    fc.assert(
      fc.property(slackText, (text) => {
        expect(JSON.stringify(slackFlow(text, NAMES))).not.toContain('"type":"html"');
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    ['openers', '*a '.repeat(13_000)],
    ['backticks', '`a\n'.repeat(13_000)],
    ['brackets', '<'.repeat(40_000)],
    ['fences', '```'.repeat(13_000)],
    ['indented items', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n')],
    ['marks in marks', '*_~'.repeat(13_000)],
    ['quotes', '> '.repeat(20_000)],
    ['addresses', 'https://a.b/.'.repeat(3_000)],
  ])('40,000 characters of %s are read', (_, text) => {
    // Quadratic cost would run into the test's time limit.
    expect(() => markdown(text)).not.toThrow();
  });
});
