import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, escapeText, link, safe } from '../../../src/slack/mrkdwn.ts';

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
    expect(safe(text)).toBe(expected ?? text);
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
        expect(safe(pieces.join(''))).not.toMatch(/<!(?:here|channel|everyone|subteam)/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('pieces', () => {
  test('links', () => {
    expect(link('https://example.org/?a=1&b=2', 'a | <b>')).toBe(
      '<https://example.org/?a=1&amp;b=2|a ¦ &lt;b&gt;>',
    );
    expect(link('https://example.org', '')).toBe('<https://example.org/|https://example.org/>');
    expect(link('javascript:alert(1)', 'x')).toBe('x');
  });
});

describe('clip', () => {
  test('short text is itself', () => {
    expect(clip('abc', 3)).toBe('abc');
  });

  test.each([
    ['entities', 'aaa&amp;bbb', 6, 'aaa…'],
    ['references', 'aaa<@U12345678>bbb', 10, 'aaa…'],
    ['surrogates', '🔥🔥🔥', 4, '🔥…'],
    ['families', 'a👩‍👩‍👧b', 6, 'a…'],
    ['combining marks', 'e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
  ])('%s are kept whole', (_, text, max, expected) => {
    expect(clip(text, max)).toBe(expected);
  });

  test('a code block that is cut is closed', () => {
    expect(clip(`\`\`\`${'x'.repeat(50)}\`\`\``, 20)).toBe(`\`\`\`${'x'.repeat(12)}…\n\`\`\``);
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
        const cut = clip(pieces.join(''), max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Surrogate}|&(?!(?:amp|lt|gt);)/u);
        expect(cut.replace(/<[^<>]+>/g, '')).not.toMatch(/[<>]/);
        if (cut !== pieces.join('')) expect(cut.split('```').length % 2).toBe(1);
      }),
      { numRuns: 3000 },
    );
  });
});
