import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/postmortem/text/clean.ts';
import { clip, code, escapeText, plain, quote, relink, safe } from '../../src/slack/mrkdwn.ts';
import { messageFaults } from '../support/slackLimits.ts';

/** Texts full of what Slack reads as more than text. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<!here|here>',
        '<!everyone>',
        '<!subteam^S012AB|@ops>',
        '<!subteam^S012AB>',
        '<!date^1392734382^{date}|then>',
        '<@U012AB>',
        '<@W012AB|ana>',
        '<#C012AB|general>',
        '<https://example.com/?a=1&amp;b=2|label>',
        '<mailto:a@b.example>',
        '<javascript:alert(1)|x>',
        '<',
        '>',
        '|',
        '&',
        '&amp;',
        '&lt;',
        '&gt;',
        '&nbsp;',
        '&#60;',
        '`',
        '```',
        '*',
        '\n',
        '\u202e',
        '\u200b',
        '👩‍👩‍👧',
        'é',
        ' ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

const faults = (text: string): string[] =>
  messageFaults({ text: text.trim() === '' ? 'x' : text, blocks: [{ type: 'divider' }] }).filter(
    (one) => !one.includes('escaped twice'),
  );

describe('safe', () => {
  it.each([
    ['<!channel> now', '@channel now'],
    ['<!here|here>', '@here'],
    ['<!everyone|everyone>', '@everyone'],
    ['<!subteam^S012AB|@ops>', '@ops'],
    ['<!subteam^S012AB>', '@group'],
    ['<@U012AB> in <#C012AB|general>', '<@U012AB> in <#C012AB|general>'],
    ['<https://example.com/?a=1&amp;b=2|label>', '<https://example.com/?a=1&amp;b=2|label>'],
    ['<mailto:ana@example.com|ana>', '<mailto:ana@example.com|ana>'],
    ['<!date^1392734382^{date}|then>', '<!date^1392734382^{date}|then>'],
    ['<javascript:alert(1)|x>', '&lt;javascript:alert(1)|x&gt;'],
    ['<data:text/html,x>', '&lt;data:text/html,x&gt;'],
    ['<@u012ab>', '&lt;@u012ab&gt;'],
    ['<!unknown>', '&lt;!unknown&gt;'],
    ['<https://a.example|<!channel>>', '&lt;https://a.example|@channel&gt;'],
    ['<<!channel>>', '&lt;@channel&gt;'],
    ['<!chan<!channel>nel>', '&lt;!chan@channelnel&gt;'],
    ['<@U012AB', '&lt;@U012AB'],
    ['a < b > c & d', 'a &lt; b &gt; c &amp; d'],
    ['R&amp;D &lt;b&gt;', 'R&amp;D &lt;b&gt;'],
    ['&amp;lt;', '&amp;lt;'],
    ['&nbsp;&#60;', '&amp;nbsp;&amp;#60;'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(safe(text)).toBe(expected);
  });

  it('is well formed, calls nobody and stays as it is when made safe again, for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const made = safe(text);
        expect(faults(made)).toEqual([]);
        expect(safe(made)).toBe(made);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves text without signs as it is', () => {
    const words = fc.stringMatching(/^[\p{L}\p{Nd} .,:;!?'"()@#*_~`+-]{0,60}$/u);
    fc.assert(fc.property(words, (text) => void expect(safe(text)).toBe(text)));
  });
});

describe('escapeText', () => {
  it('shows plain text letter by letter, whatever stands in it', () => {
    expect(escapeText('<!channel> &amp; R&D')).toBe('&lt;!channel&gt; &amp;amp; R&amp;D');
  });

  it('comes back from plain', () => {
    fc.assert(fc.property(hostile, (text) => void expect(plain(escapeText(text))).toBe(cleanText(text))));
  });
});

describe('plain', () => {
  it.each([
    ['<@U012AB|ana> and <@U99>', 'ana and <@U99>'],
    ['<#C012AB|general>', 'general'],
    ['<https://example.com|the page>', 'the page'],
    ['<https://example.com/x>', 'https://example.com/x'],
    ['<mailto:a@b.example|ana>', 'ana'],
    ['<!subteam^S1|@ops>', '@ops'],
    ['&lt;b&gt; R&amp;D', '<b> R&D'],
    ['&amp;lt;', '&lt;'],
  ])('%j becomes %j', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });
});

describe('clip', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['ab <@U012AB> cd', 8, 'ab …'],
    ['ab &amp; cd ef', 6, 'ab …'],
    ['ab😀cd', 4, 'ab…'],
    ['ab👩‍👩‍👧cd', 7, 'ab…'],
    ['e\u0301'.repeat(4), 6, 'e\u0301e\u0301…'],
    ['', 5, ''],
  ])('of %j at %i is %j', (text, longest, expected) => {
    expect(clip(text, longest)).toBe(expected);
  });

  it('is no longer than asked, a beginning of the text, and as well formed', () => {
    fc.assert(
      fc.property(hostile.map(safe), fc.integer({ min: 6, max: 60 }), (text, longest) => {
        const cut = clip(text, longest);
        expect(cut.length).toBeLessThanOrEqual(longest);
        if (text.length <= longest) expect(cut).toBe(text);
        else expect(text.startsWith(cut.replace(/…(?:\n```)?$/, ''))).toBe(true);
        expect(faults(cut)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not leave a code block open that was closed', () => {
    const cut = clip(`\`\`\`${'x'.repeat(100)}\`\`\` after`, 50);
    expect(cut).toMatch(/^```x+…\n```$/);
  });
});

describe('quote', () => {
  it('marks every line', () => {
    expect(quote('one\n\ntwo')).toBe('> one\n> \n> two');
    expect(quote('<!here> a < b')).toBe('> @here a &lt; b');
  });

  it('counts its marks: many short lines are not longer than asked', () => {
    expect(quote('a\n'.repeat(3000), 2500).length).toBeLessThanOrEqual(2500);
    fc.assert(
      fc.property(hostile, fc.integer({ min: 10, max: 80 }), (text, longest) => {
        const quoted = quote(text, longest);
        expect(quoted.length).toBeLessThanOrEqual(longest);
        expect(quoted.split('\n').every((line) => line.startsWith('>') || /^(?:…|```)$/.test(line))).toBe(
          true,
        );
      }),
    );
  });
});

describe('code', () => {
  it('is one line between backticks, whatever stands in it', () => {
    expect(code(' 14:05\n`x` R&amp;D ')).toBe("`14:05 'x' R&amp;D`");
    expect(code('<!channel>')).toBe('`@channel`');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(code(text, 40)).toMatch(/^`[^`\n]*`$/);
        expect(code(text, 40).length).toBeLessThanOrEqual(42);
      }),
    );
  });
});

describe('relink', () => {
  const before =
    'Asked <@U1|ana> about <https://x.test/?a=1&amp;b=2|the runbook> in <#C1|ops>, see <https://y.test>';

  it('gives back all of a text that did not change', () => {
    expect(relink(before, plain(before))).toBe(before);
  });

  it('keeps what still stands, in its order, and only where it is a word of its own', () => {
    expect(relink(before, 'Banana: told ana, the runbook (new) is wrong')).toBe(
      'Banana: told <@U1|ana>, <https://x.test/?a=1&amp;b=2|the runbook> (new) is wrong',
    );
    expect(relink(before, 'All is new')).toBe('All is new');
    expect(relink('<https://x.test/a(b)|a.b*> <@U1>', 'aXb, a.b* by <@U1>')).toBe(
      'aXb, <https://x.test/a(b)|a.b*> by <@U1>',
    );
  });
});
