import { describe, expect, test } from 'vitest';
import { readTime } from '../../src/time/read.ts';
import { contextAt, reading } from './reading.ts';

// A Wednesday. The typer is in Berlin, at UTC+2.
const MOMENT = { now: '2025-09-24T16:00:00Z', zone: 'Europe/Berlin', entries: { 12: '2025-09-24T12:00Z' } };

describe('every form of a typed time', () => {
  test.each([
    ['14:05', '2025-09-24 12:05 UTC'],
    ['9:05', '2025-09-24 07:05 UTC'],
    ['14:05:07', '2025-09-24 12:05:07 UTC'],
    ['2:05pm', '2025-09-24 12:05 UTC'],
    ['2:05 PM', '2025-09-24 12:05 UTC'],
    ['2:05 p.m.', '2025-09-24 12:05 UTC'],
    ['Mon. 9am', '2025-09-22 07:00 UTC'],
    ['Sept. 24, 2025, 2:27am', '2025-09-24 00:27 UTC'],
    ['9am', '2025-09-24 07:00 UTC'],
    ['9 a.m. UTC', '2025-09-24 09:00 UTC'],
    ['12pm', '2025-09-24 10:00 UTC'],
    ['9.30am', '2025-09-24 07:30 UTC'],
    ['at 14:05', '2025-09-24 12:05 UTC'],
    ['@14:05', '2025-09-24 12:05 UTC'],
    ['14:05.', '2025-09-24 12:05 UTC'],
    ['90 seconds ago', '2025-09-24 15:58:30 UTC'],
    ['1h5m ago', '2025-09-24 14:55 UTC'],
    ['1 hour and 5 minutes ago', '2025-09-24 14:55 UTC'],
    ['an hour ago', '2025-09-24 15:00 UTC'],
    ['half an hour ago', '2025-09-24 15:30 UTC'],
    ['1.5h ago', '2025-09-24 14:30 UTC'],
    ['2 weeks ago', '2025-09-10 16:00 UTC'],
    ['yesterday 23:50', '2025-09-23 21:50 UTC'],
    ['yesterday at 11pm', '2025-09-23 21:00 UTC'],
    ['23:50 yesterday', '2025-09-23 21:50 UTC'],
    ['today, 14:05', '2025-09-24 12:05 UTC'],
    ['Mon 9am', '2025-09-22 07:00 UTC'],
    ['on Monday at 09:00', '2025-09-22 07:00 UTC'],
    ['thurs 9am', '2025-09-18 07:00 UTC'],
    ['2025-09-23 19:53', '2025-09-23 17:53 UTC'],
    ['2025-09-23 19:53:07', '2025-09-23 17:53:07 UTC'],
    ['2025/09/23 19:53', '2025-09-23 17:53 UTC'],
    ['2025-9-3 7:53pm', '2025-09-03 17:53 UTC'],
    ['19:53 2025-09-23', '2025-09-23 17:53 UTC'],
    ['Sep 24th 2:27am', '2025-09-24 00:27 UTC'],
    ['September 24th, 2025 at 2:27am', '2025-09-24 00:27 UTC'],
    ['24 Sep 2025 14:05', '2025-09-24 12:05 UTC'],
    ['24th of September 14:05', '2025-09-24 12:05 UTC'],
    ['14:05 on 24 Sept', '2025-09-24 12:05 UTC'],
    ['Tue 23 Sep 2025 19:53', '2025-09-23 17:53 UTC'],
    ['Tue, 23 Sep 2025 19:53:07 GMT', '2025-09-23 19:53:07 UTC'],
    ['2025-09-23T19:53Z', '2025-09-23 19:53 UTC'],
    ['2025-09-23t19:53:07z', '2025-09-23 19:53:07 UTC'],
    ['2025-09-23T19:53:07.250Z', '2025-09-23 19:53:07 UTC'],
    ['2025-09-23T19:53+05:30', '2025-09-23 14:23 UTC'],
    ['2025-09-23T19:53:07-0500', '2025-09-24 00:53:07 UTC'],
    ['2025-09-23T19:53', '2025-09-23 17:53 UTC'],
    ['2025-09-23 19:53 +02', '2025-09-23 17:53 UTC'],
    ['14:05 UTC', '2025-09-24 14:05 UTC'],
    ['14:05 utc', '2025-09-24 14:05 UTC'],
    ['14:05UTC', '2025-09-24 14:05 UTC'],
    ['14:05Z', '2025-09-24 14:05 UTC'],
    ['14:05 UTC+2', '2025-09-24 12:05 UTC'],
    ['14:05 GMT-03:30', 'choice older-than-12h: 2025-09-23 17:35 UTC, another time'],
    ['14:05 CEST', '2025-09-24 12:05 UTC'],
    ['14:05+02:00', '2025-09-24 12:05 UTC'],
    ['14:05 −02:00', 'choice older-than-12h: 2025-09-23 16:05 UTC, another time'],
    ['14:05 in Berlin', '2025-09-24 12:05 UTC'],
    ['14:05 Berlin time', '2025-09-24 12:05 UTC'],
    ['14:05 UTC, 23 Sep', '2025-09-23 14:05 UTC'],
    ['14:05 Europe/Berlin on 23 Sep 2025', '2025-09-23 12:05 UTC'],
    ['14:05 Etc/GMT+1', '2025-09-24 15:05 UTC'],
    ['<https://acme.enterprise.slack.com/archives/G1/p1758655193000200>', '2025-09-23 19:19:53 UTC'],
    ['at #12', '2025-09-24 12:00 UTC'],
    ['#12 + 1h and 5 min', '2025-09-24 13:05 UTC'],
  ])('%s', (typed, expected) => {
    expect(reading(typed, MOMENT)).toBe(expected);
  });
});

describe('precision', () => {
  test.each([
    ['about 14:05', 'about'],
    ['~14:05', 'about'],
    ['~ 10m ago', 'about'],
    ['around 2pm Berlin', 'about'],
    ['at about 14:05', 'about'],
    ['yesterday about 14:05', 'about'],
    ['by 14:05', 'by'],
    ['before 14:05', 'by'],
    ['by #12', 'by'],
    ['14:05', 'exact'],
  ])('%s: %s', (typed, precision) => {
    expect(readTime(typed, contextAt(MOMENT))).toMatchObject({ kind: 'one', reading: { precision } });
  });

  test('of every reading that is offered', () => {
    const result = readTime('about 17:59 Chicago', contextAt(MOMENT));
    expect(result).toMatchObject({
      kind: 'choice',
      readings: [{ precision: 'about', zone: 'America/Chicago' }],
    });
  });
});

describe('what is refused, and what the message says', () => {
  test.each([
    ['25:61', 'impossible', '25:61 is not a time of day. Type for example 14:05 or 2025-09-23 14:05 UTC.'],
    ['', 'unreadable', 'No time was typed.'],
    ['   \u200b', 'unreadable', 'No time was typed.'],
    ['soon', 'unreadable', '“soon” is not a time that I can read.'],
    ['9', 'unreadable', '“9” is a number, not a time. Type for example 9:00, 9am or at 9.'],
    ['yesterday', 'unreadable', '“yesterday” is a day without a time. Add it, for example yesterday 14:05.'],
    ['2025-09-23', 'unreadable', 'is a day without a time'],
    [
      '9/24 14:05',
      'unreadable',
      '9/24 can be read as two dates. Type the year first, for example 2025-09-24.',
    ],
    ['24.09.2025 14:05', 'unreadable', 'can be read as two dates'],
    ['14:05-14:20', 'unreadable', 'Those are two times, and one is wanted.'],
    ['14:05 – 14:20', 'unreadable', 'Those are two times, and one is wanted.'],
    ['14:05 UTC - 14:20 UTC', 'unreadable', 'Those are two times'],
    ['14:05-05:00', 'unreadable', 'Those are two times, and one is wanted.'],
    ['14:05 +19:00', 'impossible', 'not an offset from UTC'],
    ['Mon 23 Sep 2025 14:05', 'impossible', '23 Sep 2025 is a Tue, not a Mon.'],
    ['0225-09-23 14:05', 'impossible', 'before 1970'],
    ['99999999999 weeks ago', 'impossible', 'before 1970'],
    ['2025-02-30 14:05', 'impossible', 'There is no such date as 2025-02-30.'],
    ['2025-09-23 14:05 and then some', 'unknown-zone', 'not a zone that I know'],
    ['14:05 14:06', 'unreadable', 'is not a time that I can read'],
    ['1.75', 'impossible', '1.75 is not a time of day'],
    ['today 23:00', 'future', 'today 23:00 is still to come.'],
  ])('%s', (typed, reason, message) => {
    const result = readTime(typed, contextAt(MOMENT));
    expect(result).toMatchObject({ kind: 'refusal', reason });
    expect(result.kind === 'refusal' && result.message).toContain(message);
  });

  test('a typer whose zone is not known is asked for one, unless the time needs none', () => {
    const context = contextAt({ ...MOMENT, zone: 'Mars/Base' });
    expect(readTime('14:05', context)).toMatchObject({ kind: 'refusal', reason: 'unknown-zone' });
    expect(readTime('14:05 UTC', context)).toMatchObject({ kind: 'one' });
    expect(readTime('10m ago', context)).toMatchObject({ kind: 'one', reading: { zone: 'UTC' } });
  });

  test('what is quoted is short', () => {
    const result = readTime('x'.repeat(4000), contextAt(MOMENT));
    expect(result.kind === 'refusal' && result.message.length).toBeLessThan(200);
  });
});
