import { describe, expect, test } from 'vitest';
import { splitTime } from '../../src/time/split.ts';
import { brief, contextAt } from './reading.ts';

// A Wednesday, 18:00 in Berlin. The entry before was at 14:30 there.
const context = contextAt({
  now: '2025-09-24T16:00:00Z',
  zone: 'Europe/Berlin',
  previous: '2025-09-24T12:30Z',
  entries: { 12: '2025-09-24T12:00Z' },
});

const LINK = '<https://x.slack.com/archives/C1/p1758655193000200|said here>';

describe('a time in front', () => {
  test.each([
    ['14:05 failover', 'failover', '2025-09-24 12:05 UTC'],
    ['14:05: failover', 'failover', '2025-09-24 12:05 UTC'],
    ['14:05, failover', 'failover', '2025-09-24 12:05 UTC'],
    ['14:05 - failover', 'failover', '2025-09-24 12:05 UTC'],
    ['14:05 — failover', 'failover', '2025-09-24 12:05 UTC'],
    ['14:05 -5 pods', '-5 pods', '2025-09-24 12:05 UTC'],
    ['14:05 +10 pods', '+10 pods', '2025-09-24 12:05 UTC'],
    ['14:05\nfailover\nof two lines', 'failover\nof two lines', '2025-09-24 12:05 UTC'],
    ['14:05', '', '2025-09-24 12:05 UTC'],
    ['2pm failover', 'failover', '2025-09-24 12:00 UTC'],
    ['2 pm failover', 'failover', '2025-09-24 12:00 UTC'],
    ['10m ago failover', 'failover', '2025-09-24 15:50 UTC'],
    ['half an hour ago the pager fired', 'the pager fired', '2025-09-24 15:30 UTC'],
    ['yesterday 23:50 Berlin failover', 'failover', '2025-09-23 21:50 UTC'],
    ['at 2025-09-23 19:53 UTC failover', 'failover', '2025-09-23 19:53 UTC'],
    ['2025-09-23T19:53Z failover', 'failover', '2025-09-23 19:53 UTC'],
    ['Sep 24th 2:27am pods restarted', 'pods restarted', '2025-09-24 00:27 UTC'],
    ['24 Sep 2025 02:27 pods restarted', 'pods restarted', '2025-09-24 00:27 UTC'],
    ['Mon 9am deploy', 'deploy', '2025-09-22 07:00 UTC'],
    ['about 14:05 alarms', 'alarms', '2025-09-24 12:05 UTC'],
    ['by 14:05 all pods were up', 'all pods were up', '2025-09-24 12:05 UTC'],
    ['14:05 utc failover', 'failover', '2025-09-24 14:05 UTC'],
    ['14:05 CEST failover', 'failover', '2025-09-24 12:05 UTC'],
    ['09:05 New York: failover', 'failover', '2025-09-24 13:05 UTC'],
    ['14:05 on Monday deploy', 'deploy', '2025-09-22 12:05 UTC'],
    ['14:05 yesterday failover', 'failover', '2025-09-23 12:05 UTC'],
    [`${LINK} customers report errors`, 'customers report errors', '2025-09-23 19:19:53 UTC'],
    ['#12 + 5m failover', 'failover', '2025-09-24 12:05 UTC'],
    ['at #12 we failed over', 'we failed over', '2025-09-24 12:00 UTC'],
    ['now', '', '2025-09-24 16:00 UTC'],
    ['#12', '', '2025-09-24 12:00 UTC'],
    ['before noon', '', '2025-09-24 10:00 UTC'],
    ['now: failover', 'failover', '2025-09-24 16:00 UTC'],
    ['noon - traffic peak', 'traffic peak', '2025-09-24 10:00 UTC'],
    ['at noon traffic peaked', 'traffic peaked', '2025-09-24 10:00 UTC'],
    ['2.40 failover', 'failover', '2025-09-24 12:40 UTC'],
    ['at 3 failover', 'failover', '2025-09-24 13:00 UTC'],
    ['12.56 failover', 'failover', 'choice am-or-pm: 2025-09-23 22:56 UTC, 2025-09-24 10:56 UTC'],
    ['14:05 failover at 15:00', 'failover at 15:00', '2025-09-24 12:05 UTC'],
    ['１４：０５ フェイルオーバー', 'フェイルオーバー', '2025-09-24 12:05 UTC'],
  ])('%s', (text, rest, time) => {
    const split = splitTime(text, context);
    expect([split.rest, brief(split.time)]).toEqual([rest, time]);
  });
});

describe('words of a sentence stay in it', () => {
  test.each([
    '403 errors',
    '15 pods down',
    '9 failovers',
    'at 403 errors/s the limiter kicks in',
    'now failing over',
    'Monday deploy caused it',
    'noon traffic peak',
    'midnight batch failed',
    'today we see errors again',
    'yesterday the deploy went out',
    '2025-09-23 backup is corrupt',
    'Sep 24th deploy was bad',
    'May 12 pods failed',
    '10m outage seen',
    '2 hours of errors',
    '1.28 released',
    '1.28 is slow',
    '1.30 GB used',
    '2.15 million requests',
    '0.30 errors/s',
    '1.75 GB used',
    '99.95 uptime lost',
    '1.28.3 rolled out',
    'v1.28 rolled out',
    '1.28GB used',
    '10.0.0.12 down',
    '10.0.0.12:8080 down',
    '16:9 video broken',
    '3:2 ratio of errors',
    '12:34:56:78:9a:bc seen twice',
    '14:05/s rate',
    '7:28 hours of outage',
    '36:49 h of outage',
    '1.2.30 rolled out',
    '3/4 pods down',
    '9a failover',
    'API 1.2.30 rolled out',
    '24/7 support called',
    '9/10 requests fail',
    '#12 was wrong',
    LINK,
    'about 10 pods down',
    'by Monday we need a fix',
    'Berlin is down',
    'EST is a zone',
    'at',
    'CPU at 90',
    'CPU at 90%',
    'queue at 2.5',
    'failing at 14:05 again',
    'look at Monday deploy',
    'at the time of writing',
    '',
  ])('%s', (text) => {
    expect(splitTime(text, context)).toEqual({ time: null, timeText: '', rest: text });
  });

  test.each([
    ['14:05 Monday deploy failed', 'Monday deploy failed'],
    ['14:05 Berlin is down', 'Berlin is down'],
    ['14:05, Berlin failed over', 'Berlin failed over'],
    ['14:05 Casey restarted it', 'Casey restarted it'],
    ['14:05 wake up call', 'wake up call'],
    ['14:05 west region down', 'west region down'],
    ['14:05 est. 5 users', 'est. 5 users'],
    ['14:05 reset', 'reset'],
    ['14:05 POST requests fail', 'POST requests fail'],
    ['14:05 in Berlin the DC failed', 'in Berlin the DC failed'],
    ['14:05 about half failed', 'about half failed'],
    ['14:05 3/4 pods down', '3/4 pods down'],
    ['14:05 1.2.30 rolled out', '1.2.30 rolled out'],
    ['14:05 12 pods down', '12 pods down'],
  ])('%s: behind the time too', (text, rest) => {
    const split = splitTime(text, context);
    expect([split.rest, brief(split.time)]).toEqual([rest, '2025-09-24 12:05 UTC']);
  });
});

describe('what has the form of a time and is none is refused, not taken for text', () => {
  test.each([
    ['25:61 failover', 'refusal impossible'],
    ['13:05pm failover', 'refusal impossible'],
    ['today 23:59 failover', 'refusal future'],
    ['2025-09-31 10:00 failover', 'refusal impossible'],
    ['Feb 29 10:00 failover', 'refusal needs-year'],
    ['9/24 10:00 failover', 'refusal unreadable'],
    ['14:05-14:20 errors', 'refusal unreadable'],
    ['14:05 – 14:20 errors', 'refusal unreadable'],
    ['14:05 CDT failover', 'refusal unknown-zone'],
    ['2pm PT failover', 'refusal unknown-zone'],
    ['#99 + 5m failover', 'refusal unknown-entry'],
    ['14:05 UTC - 14:20 UTC errors', 'refusal unreadable'],
    ['failover at 25:61', 'refusal impossible'],
    ['failover at 2025-09-24 23:00', 'refusal future'],
  ])('%s', (text, time) => {
    const split = splitTime(text, context);
    expect(brief(split.time)).toBe(time);
    expect(split.rest).toMatch(/^(failover|errors)$/);
  });
});

describe('a time behind, after at', () => {
  test.each([
    ['failover at 14:05', 'failover', 'at 14:05', '2025-09-24 12:05 UTC'],
    ['failover at 14:05.', 'failover', 'at 14:05', '2025-09-24 12:05 UTC'],
    ['failover @14:05', 'failover', '@14:05', '2025-09-24 12:05 UTC'],
    ['Checkout down, at 14:05 utc', 'Checkout down', 'at 14:05 utc', '2025-09-24 14:05 UTC'],
    ['Checkout down - at 09:05 new york', 'Checkout down', 'at 09:05 new york', '2025-09-24 13:05 UTC'],
    ['failover at about 2pm', 'failover', 'at about 2pm', '2025-09-24 12:00 UTC'],
    ['failover at 3', 'failover', 'at 3', '2025-09-24 13:00 UTC'],
    ['failover at 2.40', 'failover', 'at 2.40', '2025-09-24 12:40 UTC'],
    ['failover at noon', 'failover', 'at noon', '2025-09-24 10:00 UTC'],
    ['failover at 14:05 on 23 Sep', 'failover', 'at 14:05 on 23 Sep', '2025-09-23 12:05 UTC'],
    ['failing since yesterday at 9am', 'failing since', 'yesterday at 9am', '2025-09-23 07:00 UTC'],
    ['failed on Mon at 9am', 'failed', 'on Mon at 9am', '2025-09-22 07:00 UTC'],
    ['failover at #12 + 5m', 'failover', 'at #12 + 5m', '2025-09-24 12:05 UTC'],
    [`failover at ${LINK}`, 'failover', `at ${LINK}`, '2025-09-23 19:19:53 UTC'],
    ['met at the office at 14:05', 'met at the office', 'at 14:05', '2025-09-24 12:05 UTC'],
    ['rolled out 1.2.30 at 14:05', 'rolled out 1.2.30', 'at 14:05', '2025-09-24 12:05 UTC'],
    ['3/4 pods down at 14:05', '3/4 pods down', 'at 14:05', '2025-09-24 12:05 UTC'],
    ['complaints about Monday at 9am', 'complaints about', 'Monday at 9am', '2025-09-22 07:00 UTC'],
    ['at 14:05', '', 'at 14:05', '2025-09-24 12:05 UTC'],
  ])('%s', (text, rest, timeText, time) => {
    for (const position of ['trailing', 'either'] as const) {
      const split = splitTime(text, context, { position });
      expect([split.rest, split.timeText, brief(split.time)]).toEqual([rest, timeText, time]);
    }
  });

  test('a title keeps what stands in front', () => {
    expect(splitTime('14:05 batch fails', context, { position: 'trailing' })).toEqual({
      time: null,
      timeText: '',
      rest: '14:05 batch fails',
    });
    expect(splitTime('failover at 14:05', context, { position: 'leading' }).time).toBeNull();
  });

  test('is found at the end of a long text, of which nothing is lost', () => {
    const words = 'word '.repeat(5000);
    expect(splitTime(`${words}at 14:05`, context)).toMatchObject({
      rest: words.trim(),
      timeText: 'at 14:05',
    });
    expect(splitTime(`14:05 ${words}`, context)).toMatchObject({ rest: words.trim(), timeText: '14:05' });
    expect(splitTime(words, context)).toMatchObject({ rest: words.trim(), time: null });
  });
});
