import { describe, expect, test } from 'vitest';
import { readTime } from '../../src/time/read.ts';
import { contextAt, type Moment, reading } from './reading.ts';

const NEW_YORK = 'America/New_York';

/** Every row of the table "Typed times": [typed, when and by whom, what it is read as]. */
const ROWS: Record<string, [string, Moment, string][]> = {
  'skipped by the clocks: the reading with each of the two offsets': [
    [
      '2026-03-08 02:30',
      { now: '2026-03-10T12:00Z', zone: NEW_YORK },
      'choice skipped: 2026-03-08 06:30 UTC, 2026-03-08 07:30 UTC',
    ],
    [
      '2026-03-08 02:00',
      { now: '2026-03-10T12:00Z', zone: NEW_YORK },
      'choice skipped: 2026-03-08 06:00 UTC, 2026-03-08 07:00 UTC',
    ],
    ['2026-03-08 03:00', { now: '2026-03-10T12:00Z', zone: NEW_YORK }, '2026-03-08 07:00 UTC'],
    [
      '2026-03-29 01:30 London',
      { now: '2026-03-30T12:00Z' },
      'choice skipped: 2026-03-29 00:30 UTC, 2026-03-29 01:30 UTC',
    ],
    // Only what is past is offered: at 07:10Z the later neighbour (07:30Z) is to come.
    [
      '2026-03-08 02:30',
      { now: '2026-03-08T07:10Z', zone: NEW_YORK },
      'choice skipped: 2026-03-08 06:30 UTC, another time',
    ],
    ['2026-03-08 02:30', { now: '2026-03-07T12:00Z', zone: NEW_YORK }, 'refusal future'],
  ],
  'a skipped day (Samoa 2011-12-30): the same clock time on the days either side': [
    [
      '2011-12-30 12:00',
      { now: '2012-01-05T00:00Z', zone: 'Pacific/Apia' },
      'choice skipped-day: 2011-12-29 22:00 UTC, 2011-12-30 22:00 UTC',
    ],
    [
      '30 Dec 2011 09:15 Apia',
      { now: '2012-01-05T00:00Z' },
      'choice skipped-day: 2011-12-29 19:15 UTC, 2011-12-30 19:15 UTC',
    ],
  ],
  'occurs twice: choice of both, the past ones only if not both are past': [
    [
      '2026-11-01 01:30',
      { now: '2026-11-02T12:00Z', zone: NEW_YORK },
      'choice twice: 2026-11-01 05:30 UTC, 2026-11-01 06:30 UTC',
    ],
    [
      '01:30',
      { now: '2026-11-01T07:00Z', zone: NEW_YORK },
      'choice twice: 2026-11-01 05:30 UTC, 2026-11-01 06:30 UTC',
    ],
    [
      '2026-11-01 01:30',
      { now: '2026-11-01T05:45Z', zone: NEW_YORK },
      'choice twice: 2026-11-01 05:30 UTC, another time',
    ],
    ['2026-11-01 01:30', { now: '2026-11-01T05:00Z', zone: NEW_YORK }, 'refusal future'],
    ['2026-11-01 02:00', { now: '2026-11-02T12:00Z', zone: NEW_YORK }, '2026-11-01 07:00 UTC'],
    [
      '2026-10-25 01:30 London',
      { now: '2026-10-26T00:00Z' },
      'choice twice: 2026-10-25 00:30 UTC, 2026-10-25 01:30 UTC',
    ],
  ],
  'occurs twice, without a date and with one of them past: that one': [
    ['01:30', { now: '2026-11-01T05:45Z', zone: NEW_YORK }, '2026-11-01 05:30 UTC'],
  ],
  'no date: the latest such time not after now': [
    ['14:05', { now: '2025-09-23T15:00Z' }, '2025-09-23 14:05 UTC'],
    ['23:50', { now: '2025-09-23T00:10Z' }, '2025-09-22 23:50 UTC'],
    // Two minutes of tolerance for clocks that differ, also across midnight.
    ['14:05', { now: '2025-09-23T14:03Z' }, '2025-09-23 14:05 UTC'],
    ['00:00', { now: '2025-09-22T23:59Z' }, '2025-09-23 00:00 UTC'],
    ['14:05', { now: '2025-09-23T14:02:59Z' }, 'choice older-than-12h: 2025-09-22 14:05 UTC, another time'],
  ],
  'no date, latest past reading over 12 h ago: that reading, and another time': [
    ['16:00', { now: '2025-09-23T15:00Z' }, 'choice older-than-12h: 2025-09-22 16:00 UTC, another time'],
    ['03:00', { now: '2025-09-23T15:00Z' }, '2025-09-23 03:00 UTC'],
    ['02:59', { now: '2025-09-23T15:00Z' }, 'choice older-than-12h: 2025-09-23 02:59 UTC, another time'],
    [
      '01:30',
      { now: '2026-11-01T23:00Z', zone: NEW_YORK },
      'choice twice: 2026-11-01 05:30 UTC, 2026-11-01 06:30 UTC, another time',
    ],
  ],
  'no date, skipped today: choice of the two neighbours': [
    [
      '02:30',
      { now: '2026-03-08T12:00Z', zone: NEW_YORK },
      'choice skipped: 2026-03-08 06:30 UTC, 2026-03-08 07:30 UTC',
    ],
    [
      '2:30am',
      { now: '2026-03-08T08:00Z', zone: NEW_YORK },
      'choice skipped: 2026-03-08 06:30 UTC, 2026-03-08 07:30 UTC',
    ],
    // Before the change, 02:30 is yesterday's.
    [
      '02:30',
      { now: '2026-03-08T06:45Z', zone: NEW_YORK },
      'choice older-than-12h: 2026-03-07 07:30 UTC, another time',
    ],
  ],
  'a dated time after now; a link to a message from after now: refusal (two minutes of tolerance)': [
    ['2025-09-23 15:03', { now: '2025-09-23T15:00Z' }, 'refusal future'],
    ['2025-09-23 15:02', { now: '2025-09-23T15:00Z' }, '2025-09-23 15:02 UTC'],
    ['tomorrow 9am', { now: '2025-09-23T15:00Z' }, 'refusal future'],
    ['https://x.slack.com/archives/C1/p1758655193000200', { now: '2025-09-23T19:17:00Z' }, 'refusal future'],
    [
      'https://x.slack.com/archives/C1/p1758655193000200',
      { now: '2025-09-23T19:18:00Z' },
      '2025-09-23 19:19:53 UTC',
    ],
    ['#1 + 1h', { now: '2025-09-23T19:17:00Z', entries: { 1: '2025-09-23T19:00Z' } }, 'refusal future'],
  ],
  'retrospective, no date: the first such time not before the entry before': [
    [
      '00:10',
      { now: '2025-10-01T00:00Z', retrospective: true, previous: '2025-09-23T23:50Z' },
      '2025-09-24 00:10 UTC',
    ],
    [
      '23:55',
      { now: '2025-10-01T00:00Z', retrospective: true, previous: '2025-09-23T23:50Z' },
      '2025-09-23 23:55 UTC',
    ],
    // The same minute is the same minute.
    [
      '23:50',
      { now: '2025-10-01T00:00Z', retrospective: true, previous: '2025-09-23T23:50:40Z' },
      '2025-09-23 23:50 UTC',
    ],
    [
      '23:49',
      { now: '2025-10-01T00:00Z', retrospective: true, previous: '2025-09-23T23:50:40Z' },
      '2025-09-24 23:49 UTC',
    ],
    ['14:05', { now: '2025-10-01T00:00Z', retrospective: true }, 'refusal needs-date'],
    ['1.28', { now: '2025-10-01T00:00Z', retrospective: true }, 'refusal needs-date'],
    [
      '14:05',
      { now: '2025-09-24T09:00Z', retrospective: true, previous: '2025-09-23T23:50Z' },
      'refusal future',
    ],
    // The calendar of the zone that was named.
    [
      '00:10 Tokyo',
      { now: '2025-10-01T00:00Z', retrospective: true, previous: '2025-09-23T14:50Z' },
      '2025-09-23 15:10 UTC',
    ],
  ],
  'retrospective, no date, doubled: the one that follows': [
    [
      '01:30',
      { now: '2026-12-01T00:00Z', zone: NEW_YORK, retrospective: true, previous: '2026-11-01T05:45Z' },
      '2026-11-01 06:30 UTC',
    ],
    [
      '01:30',
      { now: '2026-12-01T00:00Z', zone: NEW_YORK, retrospective: true, previous: '2026-11-01T04:00Z' },
      '2026-11-01 05:30 UTC',
    ],
    [
      '02:30',
      { now: '2026-12-01T00:00Z', zone: NEW_YORK, retrospective: true, previous: '2026-03-08T05:00Z' },
      'choice skipped: 2026-03-08 06:30 UTC, 2026-03-08 07:30 UTC',
    ],
  ],
  'am or pm open (1.28, 9 after at), live: the reading that follows the entry before, within 24 h': [
    ['1.28', { now: '2025-09-23T14:00Z', previous: '2025-09-23T12:40Z' }, '2025-09-23 13:28 UTC'],
    ['at 9', { now: '2025-09-23T14:00Z', previous: '2025-09-23T08:00Z' }, '2025-09-23 09:00 UTC'],
    ['12.56', { now: '2025-09-23T14:00Z', previous: '2025-09-23T12:40Z' }, '2025-09-23 12:56 UTC'],
    ['12.56', { now: '2025-09-23T02:00Z', previous: '2025-09-22T23:40Z' }, '2025-09-23 00:56 UTC'],
    ['1.28', { now: '2025-09-23T14:00Z', previous: '2025-09-23T13:28:50Z' }, '2025-09-23 13:28 UTC'],
    ['today at 9', { now: '2025-09-23T23:00Z', previous: '2025-09-23T12:00Z' }, '2025-09-23 21:00 UTC'],
    ['2025-09-20 1.28', { now: '2025-09-23T23:00Z', previous: '2025-09-20T12:00Z' }, '2025-09-20 13:28 UTC'],
    // Both halves of that day follow, but not within a day.
    [
      '2025-09-22 1.28',
      { now: '2025-09-23T23:00Z', previous: '2025-09-20T12:00Z' },
      'choice am-or-pm: 2025-09-22 01:28 UTC, 2025-09-22 13:28 UTC',
    ],
    // The afternoon of a day given is still to come.
    ['today 1.28', { now: '2025-09-23T09:00Z' }, '2025-09-23 01:28 UTC'],
    ['today 1.28', { now: '2025-09-23T01:00Z' }, 'refusal future'],
    // Past noon and in leading zeroes there is no doubt.
    ['14.05', { now: '2025-09-23T15:00Z' }, '2025-09-23 14:05 UTC'],
    ['1.28pm', { now: '2025-09-23T15:00Z' }, '2025-09-23 13:28 UTC'],
    ['at 15', { now: '2025-09-23T15:00Z' }, '2025-09-23 15:00 UTC'],
  ],
  'am or pm open, live, both or none: choice of the latest am and pm': [
    [
      '1.28',
      { now: '2025-09-23T14:00Z', previous: '2025-09-23T00:30Z' },
      'choice am-or-pm: 2025-09-23 01:28 UTC, 2025-09-23 13:28 UTC',
    ],
    [
      '1.28',
      { now: '2025-09-23T14:00Z', previous: '2025-09-23T13:40Z' },
      'choice am-or-pm: 2025-09-23 01:28 UTC, 2025-09-23 13:28 UTC',
    ],
    ['1.28', { now: '2025-09-23T13:00Z' }, 'choice am-or-pm: 2025-09-22 13:28 UTC, 2025-09-23 01:28 UTC'],
    ['Mon at 9', { now: '2025-09-24T13:00Z' }, 'choice am-or-pm: 2025-09-22 09:00 UTC, 2025-09-22 21:00 UTC'],
    // The only reading that follows is one that the clocks skip: its neighbours are asked.
    [
      '2.30',
      { now: '2026-03-08T10:00Z', zone: NEW_YORK, previous: '2026-03-08T06:45Z' },
      'choice am-or-pm: 2026-03-07 19:30 UTC, 2026-03-08 06:30 UTC, 2026-03-08 07:30 UTC',
    ],
  ],
  'am or pm open, retrospective: choice, unless only one follows before now': [
    [
      '1.28',
      { now: '2025-10-01T00:00Z', retrospective: true, previous: '2025-09-23T12:40Z' },
      'choice am-or-pm: 2025-09-23 13:28 UTC, 2025-09-24 01:28 UTC',
    ],
    [
      '1.28',
      { now: '2025-09-23T15:00Z', retrospective: true, previous: '2025-09-23T12:40Z' },
      '2025-09-23 13:28 UTC',
    ],
    [
      '1.28',
      { now: '2025-09-23T13:00Z', retrospective: true, previous: '2025-09-23T12:40Z' },
      'refusal future',
    ],
    [
      '2025-09-23 1.28',
      { now: '2025-10-01T00:00Z', retrospective: true, previous: '2025-09-23T12:40Z' },
      '2025-09-23 13:28 UTC',
    ],
    [
      '2025-09-23 1.28',
      { now: '2025-10-01T00:00Z', retrospective: true },
      'choice am-or-pm: 2025-09-23 01:28 UTC, 2025-09-23 13:28 UTC',
    ],
  ],
  'weekday: the latest such day whose time is past, no further question': [
    ['Mon 9am', { now: '2025-09-24T10:00Z' }, '2025-09-22 09:00 UTC'],
    ['Wed 9am', { now: '2025-09-24T10:00Z' }, '2025-09-24 09:00 UTC'],
    ['Wed 11am', { now: '2025-09-24T10:00Z' }, '2025-09-17 11:00 UTC'],
    ['Thursday 23:00', { now: '2025-09-24T10:00Z' }, '2025-09-18 23:00 UTC'],
    ['9am on Mon', { now: '2025-09-24T10:00Z' }, '2025-09-22 09:00 UTC'],
    [
      'Sun 01:30',
      { now: '2026-11-02T12:00Z', zone: NEW_YORK },
      'choice twice: 2026-11-01 05:30 UTC, 2026-11-01 06:30 UTC',
    ],
    // Friday, 30 December 2011 was no day in Samoa.
    ['Fri 9am', { now: '2012-01-01T00:00Z', zone: 'Pacific/Apia' }, '2011-12-23 19:00 UTC'],
    [
      'Mon 9am',
      { now: '2025-10-24T10:00Z', retrospective: true, previous: '2025-09-22T00:00Z' },
      '2025-10-20 09:00 UTC',
    ],
  ],
  'month and day without a year: the latest not after now': [
    ['Sep 24th 2:27am', { now: '2025-09-24T10:00Z' }, '2025-09-24 02:27 UTC'],
    ['Sep 24th 2:27pm', { now: '2025-09-24T10:00Z' }, '2024-09-24 14:27 UTC'],
    ['31 Dec 23:00', { now: '2026-01-01T10:00Z' }, '2025-12-31 23:00 UTC'],
    ['Feb 29 09:00', { now: '2024-03-05T10:00Z' }, '2024-02-29 09:00 UTC'],
    ['Feb 29 09:00', { now: '2025-01-05T10:00Z' }, '2024-02-29 09:00 UTC'],
  ],
  '`Feb 29` where that year has none: refusal, asks for the year': [
    ['Feb 29 09:00', { now: '2025-03-05T10:00Z' }, 'refusal needs-year'],
    ['Feb 29 09:00', { now: '2026-01-05T10:00Z' }, 'refusal needs-year'],
    ['Feb 30 09:00', { now: '2026-01-05T10:00Z' }, 'refusal impossible'],
    ['29 Feb 2024 09:00', { now: '2026-01-05T10:00Z' }, '2024-02-29 09:00 UTC'],
  ],
  "today, yesterday with a named zone: that zone's calendar": [
    ['today 00:30 Berlin', { now: '2025-09-23T22:45Z' }, '2025-09-23 22:30 UTC'],
    ['yesterday 23:50 Berlin', { now: '2025-09-23T22:45Z' }, '2025-09-23 21:50 UTC'],
    ['yesterday 23:50', { now: '2025-09-23T22:45Z' }, '2025-09-22 23:50 UTC'],
    ['yesterday 23:50 PDT', { now: '2025-09-24T03:00Z' }, '2025-09-23 06:50 UTC'],
  ],
  'yesterday skipped (Samoa): the last day that existed': [
    ['yesterday 12:00', { now: '2011-12-31T00:00Z', zone: 'Pacific/Apia' }, '2011-12-29 22:00 UTC'],
    ['yesterday 12:00 Apia', { now: '2011-12-31T00:00Z' }, '2011-12-29 22:00 UTC'],
  ],
  '`10m ago`, `1d ago`: absolute, `1d` is 24 hours': [
    ['10m ago', { now: '2025-09-23T15:00Z' }, '2025-09-23 14:50 UTC'],
    ['1h 5m ago', { now: '2025-09-23T15:00Z' }, '2025-09-23 13:55 UTC'],
    ['1d ago', { now: '2026-11-01T12:00Z', zone: NEW_YORK }, '2026-10-31 12:00 UTC'],
  ],
  '`24:00`: with a date 00:00 of the next day, without 00:00': [
    ['2025-09-23 24:00', { now: '2025-09-24T15:00Z' }, '2025-09-24 00:00 UTC'],
    ['yesterday 24:00', { now: '2025-09-24T15:00Z' }, '2025-09-24 00:00 UTC'],
    ['Tue 24:00', { now: '2025-09-24T15:00Z' }, '2025-09-24 00:00 UTC'],
    ['Wed 24:00', { now: '2025-09-24T15:00Z' }, '2025-09-18 00:00 UTC'],
    ['24:00', { now: '2025-09-24T05:00Z' }, '2025-09-24 00:00 UTC'],
  ],
  '`25:61`, `13:05pm`, `0:05am`: refusal `impossible`': [
    ['25:61', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
    ['13:05pm', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
    ['0:05am', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
    ['24:01', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
    ['14:05:60', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
    ['yesterday 25:61 Berlin', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
    ['2025-02-29 10:00', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
    ['Tue 24 Sep 2025 10:00', { now: '2025-09-24T15:00Z' }, 'refusal impossible'],
  ],
  '`noon`, `midnight`, `now`: read': [
    ['noon', { now: '2025-09-24T15:00Z' }, '2025-09-24 12:00 UTC'],
    ['midnight', { now: '2025-09-24T05:00Z' }, '2025-09-24 00:00 UTC'],
    ['now', { now: '2025-09-24T05:00:07Z' }, '2025-09-24 05:00:07 UTC'],
    ['yesterday noon Berlin', { now: '2025-09-24T05:00Z' }, '2025-09-23 10:00 UTC'],
    ['2025-09-24 midnight', { now: '2025-09-24T05:00Z' }, '2025-09-24 00:00 UTC'],
  ],
  'digits of other scripts: normalised and read': [
    ['１４：０５', { now: '2025-09-24T15:00Z' }, '2025-09-24 14:05 UTC'],
    ['١٤:٠٥', { now: '2025-09-24T15:00Z' }, '2025-09-24 14:05 UTC'],
    ['१४:०५', { now: '2025-09-24T15:00Z' }, '2025-09-24 14:05 UTC'],
    ['𝟏𝟒:𝟎𝟓', { now: '2025-09-24T15:00Z' }, '2025-09-24 14:05 UTC'],
    ['۱۰ m ago', { now: '2025-09-24T15:00Z' }, '2025-09-24 14:50 UTC'],
    ['\u200e14:05\u200f', { now: '2025-09-24T15:00Z' }, '2025-09-24 14:05 UTC'],
  ],
  'cities: the last part of an IANA name, also with a space': [
    ['14:05 Berlin', { now: '2025-09-24T15:00Z' }, '2025-09-24 12:05 UTC'],
    ['14:05 Europe/Berlin', { now: '2025-09-24T15:00Z' }, '2025-09-24 12:05 UTC'],
    ['09:05 New York', { now: '2025-09-24T15:00Z' }, '2025-09-24 13:05 UTC'],
    ['09:05 new_york', { now: '2025-09-24T15:00Z' }, '2025-09-24 13:05 UTC'],
    ['09:05 America/New York', { now: '2025-09-24T15:00Z' }, '2025-09-24 13:05 UTC'],
    ['14:05 Kathmandu', { now: '2025-09-24T15:00Z' }, '2025-09-24 08:20 UTC'],
    ['14:05 Kyiv', { now: '2025-09-24T15:00Z' }, '2025-09-24 11:05 UTC'],
    ['14:05 São Paulo', { now: '2025-09-24T18:00Z' }, '2025-09-24 17:05 UTC'],
    ['14:05 St. Johns', { now: '2025-09-24T18:00Z' }, '2025-09-24 16:35 UTC'],
    ['14:05 US/Pacific', { now: '2025-09-24T23:00Z' }, '2025-09-24 21:05 UTC'],
    ['14:05 Berln', { now: '2025-09-24T15:00Z' }, 'refusal unknown-zone'],
    ['14:05 Atlantis', { now: '2025-09-24T15:00Z' }, 'refusal unknown-zone'],
    ['14:05 CDT', { now: '2025-09-24T15:00Z' }, 'refusal unknown-zone'],
  ],
  '`#12 + 5m`, `#12 - 90s`: from the instant of the entry': [
    [
      '#12 + 5m',
      { now: '2025-09-24T15:00Z', entries: { 12: '2025-09-24T12:00:30Z' } },
      '2025-09-24 12:05:30 UTC',
    ],
    [
      '#12 - 90s',
      { now: '2025-09-24T15:00Z', entries: { 12: '2025-09-24T12:00:30Z' } },
      '2025-09-24 11:59 UTC',
    ],
    ['#12+1h5m', { now: '2025-09-24T15:00Z', entries: { 12: '2025-09-24T12:00Z' } }, '2025-09-24 13:05 UTC'],
    ['#12', { now: '2025-09-24T15:00Z', entries: { 12: '2025-09-24T12:00:30Z' } }, '2025-09-24 12:00:30 UTC'],
    [
      '#13 + 5m',
      { now: '2025-09-24T15:00Z', entries: { 12: '2025-09-24T12:00:30Z' } },
      'refusal unknown-entry',
    ],
  ],
  'message link `p1758655193000200`: 2025-09-23T19:19:53.0002Z': [
    [
      'https://x.slack.com/archives/C1/p1758655193000200',
      { now: '2025-09-24T15:00Z' },
      '2025-09-23 19:19:53 UTC',
    ],
    [
      '<https://x.slack.com/archives/C1/p1758655193000200>',
      { now: '2025-09-24T15:00Z' },
      '2025-09-23 19:19:53 UTC',
    ],
    [
      '<https://x.slack.com/archives/C1/p1758655193000200|a b>',
      { now: '2025-09-24T15:00Z' },
      '2025-09-23 19:19:53 UTC',
    ],
    [
      'https://x.slack.com/archives/C1/p1758655193000200?thread_ts=1758655000.000100&cid=C1',
      { now: '2025-09-24T15:00Z' },
      '2025-09-23 19:19:53 UTC',
    ],
    ['https://x.slack.com/archives/C1', { now: '2025-09-24T15:00Z' }, 'refusal unreadable'],
  ],
  'a bare number (403, 15): no time': [
    ['403', { now: '2025-09-24T15:00Z' }, 'refusal unreadable'],
    ['15', { now: '2025-09-24T15:00Z' }, 'refusal unreadable'],
    ['9', { now: '2025-09-24T15:00Z' }, 'refusal unreadable'],
    ['at 403', { now: '2025-09-24T15:00Z' }, 'refusal unreadable'],
    ['yesterday 9', { now: '2025-09-24T15:00Z' }, 'refusal unreadable'],
    ['1405', { now: '2025-09-24T15:00Z' }, 'refusal unreadable'],
  ],
};

for (const [row, cases] of Object.entries(ROWS)) {
  describe(row, () => {
    test.each(cases)('%s, at %o: %s', (typed, moment, expected) => {
      expect(reading(typed, moment)).toBe(expected);
    });
  });
}

describe('abbreviations: fixed table', () => {
  const OFFSETS = `UTC+0 GMT+0 CET+1 CEST+2 EET+2 EEST+3 WET+0 WEST+1 MSK+3 EDT-4 EST-5 MDT-6 MST-7 PDT-7 PST-8 AKST-9
    AKDT-8 HST-10 JST+9 KST+9 SGT+8 HKT+8 NZST+12 NZDT+13 AEST+10 AEDT+11 ACST+9.5 ACDT+10.5 AWST+8`;
  test.each(
    OFFSETS.split(/\s+/).map(
      (pair) => [pair.replace(/[+-].*/, ''), Number(pair.replace(/^[A-Z]+/, ''))] as const,
    ),
  )('%s is always %d h from UTC', (name, hours) => {
    for (const day of ['2025-01-15', '2025-07-15']) {
      const result = readTime(
        `${day} 12:00 ${name}`,
        contextAt({ now: '2025-12-01T00:00Z', zone: NEW_YORK }),
      );
      if (result.kind !== 'one') throw new Error(`${name}: ${result.kind}`);
      expect(result.reading.instant).toBe(Date.parse(`${day}T12:00Z`) - hours * 3_600_000);
    }
  });

  test.each([
    ['BST', 'Europe/London', ['11:00', '06:00']],
    ['BST', 'Asia/Dhaka', ['06:00', '11:00']],
    ['IST', 'Asia/Kolkata', ['06:30', '10:00', '11:00']],
    ['IST', 'Asia/Jerusalem', ['10:00', '06:30', '11:00']],
    ['IST', 'Europe/Dublin', ['11:00', '06:30', '10:00']],
    ['CST', 'America/Chicago', ['18:00', '04:00', '17:00']],
    ['CST', 'Asia/Shanghai', ['04:00', '17:00', '18:00']],
    ['CST', 'America/Havana', ['17:00', '04:00', '18:00']],
    ['CST', 'Europe/Berlin', ['04:00', '17:00', '18:00']],
  ])('%s typed in %s: choice, their own first', (name, zone, clocks) => {
    for (const now of ['2025-01-20T20:00Z', '2025-07-20T20:00Z']) {
      const result = readTime(`2025-01-15 12:00 ${name}`, contextAt({ now, zone }));
      if (result.kind !== 'choice') throw new Error(`${name}: ${result.kind}`);
      expect(result.reason).toBe('abbreviation');
      expect(result.anotherTime).toBe(false);
      expect(result.readings.map(({ instant }) => new Date(instant).toISOString().slice(11, 16))).toEqual(
        clocks,
      );
    }
  });

  test('without a date each meaning is the latest not after now; those to come are not offered', () => {
    const moment = { now: '2025-09-24T10:00Z', zone: 'Asia/Kolkata' };
    expect(reading('12:00 IST', moment)).toBe(
      'choice abbreviation: 2025-09-24 06:30 UTC, 2025-09-23 11:00 UTC, 2025-09-24 10:00 UTC, another time',
    );
    expect(reading('2025-09-24 12:00 IST', { ...moment, now: '2025-09-24T07:00Z' })).toBe(
      'choice abbreviation: 2025-09-24 06:30 UTC, another time',
    );
    expect(reading('2025-09-24 12:00 IST', { ...moment, now: '2025-09-24T06:00Z' })).toBe('refusal future');
  });
});

test('an unknown zone is refused with the nearest names', () => {
  const message = (typed: string) => {
    const result = readTime(typed, contextAt({ now: '2025-09-24T15:00Z' }));
    return result.kind === 'refusal' ? result.message : '';
  };
  expect(message('14:05 Berln')).toBe('“Berln” is not a zone that I know. Did you mean Berlin?');
  expect(message('14:05 Los Angelos')).toContain('Los Angeles');
  expect(message('14:05 Atlantis')).toContain('Type a city');
  expect(message('14:05 CDT')).toContain('Chicago');
});

test('the precision of a message time is kept to the microsecond', () => {
  const result = readTime(
    'https://x.slack.com/archives/C1/p1758655193000200',
    contextAt({ now: '2025-09-24T15:00Z' }),
  );
  expect(result).toMatchObject({
    kind: 'one',
    reading: { instant: 1758655193000.2, zone: 'UTC', precision: 'exact' },
  });
});

describe('what a reply must say is in the notes', () => {
  const notes = (typed: string, moment: Moment) => {
    const result = readTime(typed, contextAt(moment));
    return result.kind === 'one' ? result.notes.join(' ') : result.kind;
  };
  test.each<[string, Moment, string]>([
    ['23:50', { now: '2025-09-23T00:10Z' }, 'That is Mon 22 Sep 23:50 UTC.'],
    ['14:05', { now: '2025-09-23T15:00Z' }, ''],
    ['Mon 9am', { now: '2025-09-24T10:00Z' }, 'That is Mon 22 Sep 09:00 UTC.'],
    ['Sep 24th 2:27pm', { now: '2025-09-24T10:00Z' }, 'That is Tue 24 Sep 2024 14:27 UTC.'],
    [
      '01:30',
      { now: '2026-11-01T05:45Z', zone: NEW_YORK },
      'It occurs twice that day; this is the one that is past. That is Sun 1 Nov 01:30 EDT.',
    ],
    ['2025-09-24 midnight', { now: '2025-09-24T10:00Z' }, 'Midnight is the start of the day named.'],
    ['1.28', { now: '2025-09-23T14:00Z', previous: '2025-09-23T12:40Z' }, 'That is Tue 23 Sep 13:28 UTC.'],
    ['9:00 EST', { now: '2025-07-23T15:00Z' }, 'EST is always UTC-05:00.'],
  ])('%s', (typed, moment, expected) => {
    expect(notes(typed, moment)).toBe(expected);
  });
});
