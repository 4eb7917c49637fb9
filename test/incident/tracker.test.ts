import { describe, expect, it } from 'vitest';
import { parseTracker } from '../../src/incident/tracker.ts';

describe('what follows `tracker`', () => {
  it.each([
    ['https://jira.example.com/browse/OPS-7', 'https://jira.example.com/browse/OPS-7'],
    ['<https://jira.example.com/browse/OPS-7>', 'https://jira.example.com/browse/OPS-7'],
    ['<http://jira.example.com/OPS-7|jira.example.com/OPS-7>', 'http://jira.example.com/OPS-7'],
    [' <https://t.example/?a=1&amp;b=2#c|https://t.example/?a=1&amp;b=2#c> ', 'https://t.example/?a=1&b=2#c'],
    ['https://t.example/?a=1&amp;lt;b', 'https://t.example/?a=1&lt;b'],
    ['HTTPS://T.Example', 'https://t.example/'],
    ['https://t.example/a|b', 'https://t.example/a%7Cb'],
    ['https://t.example/\u202eü', 'https://t.example/%E2%80%AE%C3%BC'],
  ])('%s is an address', (typed, url) => {
    expect(parseTracker(typed)).toEqual({ kind: 'address', url });
  });

  it('may be nothing, or `none`', () => {
    expect(['', '  ', 'none', ' None '].map((typed) => parseTracker(typed).kind)).toEqual([
      'asked',
      'asked',
      'none',
      'none',
    ]);
  });

  it.each([
    'OPS-7',
    'jira.example.com/browse/OPS-7',
    'ftp://t.example/1',
    '<javascript:alert(1)|https://t.example>',
    '<mailto:ana@t.example|ana@t.example>',
    'https://',
    'https://t.example:port/',
    '<https://t.example/1> and <https://t.example/2>',
    'https://t.example/1 OPS-7',
    'see <https://t.example/1>',
    '<@U1ANA>',
  ])('%s is refused', (typed) => {
    expect(parseTracker(typed)).toEqual({ kind: 'refused', why: 'no-address' });
  });

  it.each(['<https://ana:secret@t.example/1>', 'https://ana@t.example', 'https://:secret@t.example'])(
    '%s holds who one is',
    (typed) => {
      expect(parseTracker(typed)).toEqual({ kind: 'refused', why: 'password' });
    },
  );

  it('has 2,000 characters at most', () => {
    const long = (length: number) => 'https://t.example/'.padEnd(length, 'a');
    expect(parseTracker(long(2000))).toEqual({ kind: 'address', url: long(2000) });
    expect(parseTracker(`<${long(2001)}>`)).toEqual({ kind: 'too-long', length: 2001 });
    expect(parseTracker(`${long(1999)}&amp;`)).toEqual({ kind: 'too-long', length: 2004 });
  });
});
