import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelName } from '../../src/incident/channelName.ts';

describe('channelName', () => {
  it.each([
    ['Provisioning invites fail', 'inc-42-provisioning-invites-fail'],
    ['  Größe & Çelik: 50% – «down»!  ', 'inc-42-gro-e-celik-50-down'],
    ['R&amp;D &lt;b&gt; x', 'inc-42-r-d-b-x'],
    ['ＡＰＩ ﬁx', 'inc-42-api-fix'],
    [
      '<@U12AB|ana> says <https://example.com/x|the page> and <!channel> are down',
      'inc-42-says-and-are-down',
    ],
    ['a < b > c', 'inc-42-a-b-c'],
    ['under_scores--and---hyphens', 'inc-42-under-scores-and-hyphens'],
    ['日本語のみ', 'inc-42'],
    ['🔥🔥🔥', 'inc-42'],
    ['\u202e\u200b', 'inc-42'],
    ['', 'inc-42'],
  ])('of %j is %s', (title, name) => {
    expect(channelName(42, title)).toBe(name);
  });

  it('gives a taken name a number of its own', () => {
    expect(channelName(42, 'Checkout', 0)).toBe('inc-42-checkout');
    expect(channelName(42, 'Checkout', 1)).toBe('inc-42-checkout-2');
    expect(channelName(42, '', 2)).toBe('inc-42-3');
  });

  it('is cut between its parts, with the number of the attempt whole', () => {
    const name = channelName(42, 'word '.repeat(50), 11);
    expect(name).toBe(`inc-42-${'word-'.repeat(11).slice(0, 53).replace(/-$/, '')}-12`);
  });

  it('is a name that Slack takes, for any title', () => {
    const title = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), title, fc.nat(9), (number, text, attempt) => {
        const name = channelName(number, text, attempt);
        expect(name).toMatch(/^inc-\d+(?:-[a-z0-9]+)*$/);
        expect(name.length).toBeLessThanOrEqual(80);
        expect(name.startsWith(`inc-${number}`)).toBe(true);
      }),
    );
  });

  it('differs between attempts and between incidents', () => {
    const title = fc.string({ unit: 'grapheme', maxLength: 100 });
    fc.assert(
      fc.property(title, title, fc.nat(9), fc.nat(9), (a, b, i, j) => {
        if (i !== j) expect(channelName(7, a, i)).not.toBe(channelName(7, a, j));
        // What tells them apart is the number, unless a title of digits says otherwise.
        if (!/^\D*\d/.test(b)) expect(channelName(7, a, 0)).not.toBe(channelName(8, b, 0));
      }),
    );
  });
});
