import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bold,
  channel,
  code,
  echoText,
  escapeText,
  link,
  slackDate,
  truncate,
  user,
} from '../../../src/slack/mrkdwn.ts';

describe('escaping', () => {
  test('the three characters, and nothing that acts', () => {
    expect(escapeText('a < b & c > d')).toBe('a &lt; b &amp; c &gt; d');
    expect(escapeText('<!channel>')).toBe('&lt;!channel&gt;');
    expect(escapeText('\u202Eevil\u0000')).toBe('evil');
  });

  test.each([
    [
      'people, channels, dates, links stay',
      '<@U1> <#C1|x> <!date^1758655193^{time}|t> <https://example.org|x>',
      undefined,
    ],
    ['entities stay', 'a &amp; b &lt;i&gt;', undefined],
    [
      'nobody is called',
      '<!here> <!channel> <!everyone|x> <!subteam^S1|@ops>',
      '@here @channel @everyone @ops',
    ],
    ['other addresses are words', '<javascript:alert(1)|x>', '&lt;javascript:alert(1)|x&gt;'],
    ['lone brackets and ampersands are escaped', 'a < b && c', 'a &lt; b &amp;&amp; c'],
  ])('echo: %s', (_, text, expected) => {
    expect(echoText(text)).toBe(expected ?? text);
  });

  test('no echo calls everyone, whatever is typed', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '!',
      'here',
      'channel',
      '<!here>',
      '|',
      '&',
      '&lt;',
      '\u200B',
      '^',
      '@U1',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(echoText(pieces.join(''))).not.toMatch(/<!(?:here|channel|everyone|subteam)/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('pieces', () => {
  test('bold and code hold any text on one line', () => {
    expect(bold('a*b\nc <d>')).toBe('*a∗b c &lt;d&gt;*');
    expect(bold('  ')).toBe('');
    expect(code('a`b\nc')).toBe('`a’b c`');
  });

  test('references', () => {
    expect([user('U1'), channel('C1')]).toEqual(['<@U1>', '<#C1>']);
  });

  test('links', () => {
    expect(link('https://example.org/?a=1&b=2', 'a | <b>')).toBe(
      '<https://example.org/?a=1&amp;b=2|a ¦ &lt;b&gt;>',
    );
    expect(link('https://example.org', '')).toBe('<https://example.org/|https://example.org/>');
    expect(link('javascript:alert(1)', 'x')).toBe('x');
  });

  test('a date is in UTC, with the reader’s own clock beside it', () => {
    const at = Date.parse('2025-09-23T19:19:53.000Z');
    expect(slackDate(at)).toBe(
      '2025-09-23 19:19 UTC (<!date^1758655193^{date_short}, {time}|2025-09-23 19:19 UTC>)',
    );
    expect(slackDate(at, 'a|b>')).toContain('|a¦b&gt;>)');
  });
});

describe('truncate', () => {
  test('short text is itself', () => {
    expect(truncate('abc', 3)).toBe('abc');
  });

  test.each([
    ['entities', 'aaa&amp;bbb', 6, 'aaa…'],
    ['references', 'aaa<@U12345678>bbb', 10, 'aaa…'],
    ['surrogates', '🔥🔥🔥', 4, '🔥…'],
    ['families', 'a👩‍👩‍👧b', 6, 'a…'],
    ['combining marks', 'e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
  ])('%s are kept whole', (_, text, max, expected) => {
    expect(truncate(text, max)).toBe(expected);
  });

  test('a code block that is cut is closed', () => {
    expect(truncate(`\`\`\`${'x'.repeat(50)}\`\`\``, 20)).toBe(`\`\`\`${'x'.repeat(12)}…\n\`\`\``);
  });

  test('never longer than asked, never half of anything', () => {
    const piece = fc.constantFrom(
      'a',
      '&amp;',
      '&lt;',
      '<@U123>',
      '<https://example.org|x>',
      '👩‍👩‍👧',
      '🔥',
      'é',
      '```',
      '`',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 8, max: 60 }), (pieces, max) => {
        const cut = truncate(pieces.join(''), max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Surrogate}|&(?!(?:amp|lt|gt);)/u);
        expect(cut.replace(/<[^<>]+>/g, '')).not.toMatch(/[<>]/);
        if (cut !== pieces.join('')) expect(cut.split('```').length % 2).toBe(1);
      }),
      { numRuns: 3000 },
    );
  });
});
