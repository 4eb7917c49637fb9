import { describe, expect, it } from 'vitest';
import { MOST_ITEMS } from '../../src/time/figures/scan.ts';
import { type Figure, findDates, findFigures } from '../../src/time/figures.ts';

const MIN = 60;
const HOUR = 3600;
const DAY = 86400;

const texts = (prose: string) => findFigures(prose).map((figure) => figure.text);
const only = (prose: string): Figure => {
  const [figure, ...rest] = findFigures(prose);
  if (!figure || rest.length > 0)
    throw new Error(`Not one figure in “${prose}”: ${texts(prose).join(' | ')}`);
  return figure;
};

describe('durations', () => {
  it.each([
    ['For 7 hours and 28 minutes it failed', '7 hours and 28 minutes', 448 * MIN, MIN],
    ['merged 1 hour, 30 minutes after', '1 hour, 30 minutes', 90 * MIN, MIN],
    ['1 hour, and 30 minutes', '1 hour, and 30 minutes', 90 * MIN, MIN],
    ['1 hr & 30 mins', '1 hr & 30 mins', 90 * MIN, MIN],
    ['down for 43 hrs after', '43 hrs', 43 * HOUR, HOUR],
    ['43 hrs.', '43 hrs', 43 * HOUR, HOUR],
    ['43 hr', '43 hr', 43 * HOUR, HOUR],
    ['43h', '43h', 43 * HOUR, HOUR],
    ['61 min', '61 min', 61 * MIN, MIN],
    ['61min.', '61min', 61 * MIN, MIN],
    ['61 mins', '61 mins', 61 * MIN, MIN],
    ['ninety minutes', 'ninety minutes', 90 * MIN, MIN],
    ['Ninety-five minutes', 'Ninety-five minutes', 95 * MIN, MIN],
    ['forty three hours', 'forty three hours', 43 * HOUR, HOUR],
    ['a hundred and twenty minutes', 'a hundred and twenty minutes', 120 * MIN, MIN],
    ['one hundred and thirty-five minutes', 'one hundred and thirty-five minutes', 135 * MIN, MIN],
    ['two hundred minutes', 'two hundred minutes', 200 * MIN, MIN],
    ['7h 28m', '7h 28m', 448 * MIN, MIN],
    ['7h28m', '7h28m', 448 * MIN, MIN],
    ['7 h 28 min', '7 h 28 min', 448 * MIN, MIN],
    ['7hrs 28mins', '7hrs 28mins', 448 * MIN, MIN],
    ['Impact lasted 2 hrs. 32 min.', '2 hrs. 32 min', 152 * MIN, MIN],
    ['2 hr. 32 mins. 5 sec. in all', '2 hr. 32 mins. 5 sec', 152 * MIN + 5, 1],
    ['7H 28M', '7H 28M', 448 * MIN, MIN],
    ['30h15', '30h15', 1815 * MIN, MIN],
    ['1 day 14:49', '1 day 14:49', DAY + 14 * HOUR + 49 * MIN, MIN],
    ['1 day, 14:49:00', '1 day, 14:49:00', DAY + 14 * HOUR + 49 * MIN, 1],
    ['1h 0m', '1h 0m', HOUR, MIN],
    ['2 hours 0 minutes', '2 hours 0 minutes', 2 * HOUR, MIN],
    ['0 minutes', '0 minutes', 0, MIN],
    ['1h 2m 3s', '1h 2m 3s', 3723, 1],
    ['2 days and 3 hours', '2 days and 3 hours', 51 * HOUR, HOUR],
    ['2 days, 3 hours and 5 minutes', '2 days, 3 hours and 5 minutes', 51 * HOUR + 5 * MIN, MIN],
    ['1d 19h 50m', '1d 19h 50m', 43 * HOUR + 50 * MIN, MIN],
    ['three days', 'three days', 3 * DAY, DAY],
    ['lasted a day', 'a day', DAY, DAY],
    ['a 13-minute outage', '13-minute', 13 * MIN, MIN],
    ['the 13 minute outage', '13 minute', 13 * MIN, MIN],
    ['a two-hour window', 'two-hour', 2 * HOUR, HOUR],
    ['a 1-hour-30-minute outage', '1-hour-30-minute', 90 * MIN, MIN],
    ['an hour', 'an hour', HOUR, HOUR],
    ['took a minute.', 'a minute', MIN, MIN],
    ['an hour-long outage', 'an hour', HOUR, HOUR],
    ['an hour and 20 minutes', 'an hour and 20 minutes', 80 * MIN, MIN],
    ['An hour and twenty minutes', 'An hour and twenty minutes', 80 * MIN, MIN],
    ['half an hour', 'half an hour', 30 * MIN, 30 * MIN],
    ['half-an-hour', 'half-an-hour', 30 * MIN, 30 * MIN],
    ['a half-hour outage', 'half-hour', 30 * MIN, 30 * MIN],
    ['half a day', 'half a day', 12 * HOUR, 12 * HOUR],
    ['half a minute', 'half a minute', 30, 30],
    ['a quarter of an hour', 'quarter of an hour', 15 * MIN, 15 * MIN],
    ['three quarters of an hour', 'three quarters of an hour', 45 * MIN, 15 * MIN],
    ['an hour and a half', 'an hour and a half', 90 * MIN, 30 * MIN],
    ['two hours and a half', 'two hours and a half', 150 * MIN, 30 * MIN],
    ['a day and a half', 'a day and a half', 36 * HOUR, 12 * HOUR],
    ['one and a half hours', 'one and a half hours', 90 * MIN, 30 * MIN],
    ['two and a half hours', 'two and a half hours', 150 * MIN, 30 * MIN],
    ['a two-and-a-half-hour outage', 'two-and-a-half-hour', 150 * MIN, 30 * MIN],
    ['2 and a half hours', '2 and a half hours', 150 * MIN, 30 * MIN],
    ['2.5 hours', '2.5 hours', 150 * MIN, 30 * MIN],
    ['2,5 hours', '2,5 hours', 150 * MIN, 30 * MIN],
    ['2½ hours', '2½ hours', 150 * MIN, 30 * MIN],
    ['2 ½ hours', '2 ½ hours', 150 * MIN, 30 * MIN],
    ['2 1/2 hours', '2 1/2 hours', 150 * MIN, 30 * MIN],
    ['½ hour', '½ hour', 30 * MIN, 30 * MIN],
    ['1¼ hours', '1¼ hours', 75 * MIN, 15 * MIN],
    ['2.3 hours', '2.3 hours', 138 * MIN, 6 * MIN],
    ['2.0 hours', '2.0 hours', 2 * HOUR, 6 * MIN],
    ['1.5 days', '1.5 days', 36 * HOUR, 12 * HOUR],
    ['2.5 minutes', '2.5 minutes', 150, 30],
    ['1,440 minutes', '1,440 minutes', 1440 * MIN, MIN],
    ['30 seconds', '30 seconds', 30, 1],
    ['45s', '45s', 45, 1],
    ['90 sec', '90 sec', 90, 1],
    ['240s', '240s', 240, 1],
    ['took 300s', '300s', 300, 1],
    ['took about 503s to recover', '503s', 503, 1],
    ['lasted 500s', '500s', 500, 1],
    ['recovered in 300s.', '300s', 300, 1],
    ['after 300s the queue drained', '300s', 300, 1],
    ['a delay of 300s', '300s', 300, 1],
    ['duration: 300s', '300s', 300, 1],
    ['300s later', '300s', 300, 1],
    ['failed for 9s', '9s', 9, 1],
    ['5m9s', '5m9s', 309, 1],
    ['5 minutes and 9s', '5 minutes and 9s', 309, 1],
    ['36:49', '36:49', 36 * HOUR + 49 * MIN, MIN],
    ['100:15', '100:15', 100 * HOUR + 15 * MIN, MIN],
    ['36:49 on Wednesday', '36:49', 36 * HOUR + 49 * MIN, MIN],
    ['36:49:12', '36:49:12', 36 * HOUR + 49 * MIN + 12, 1],
    ['1:30 hours', '1:30 hours', 90 * MIN, MIN],
    ['12:30 minutes', '12:30 minutes', 750, 1],
    ['two hours’ downtime', 'two hours', 2 * HOUR, HOUR],
    ["an hour's delay", 'an hour', HOUR, HOUR],
    ['13\u00a0minutes', '13\u00a0minutes', 13 * MIN, MIN],
    ['13\u202fmin', '13\u202fmin', 13 * MIN, MIN],
    ['13\nminutes', '13\nminutes', 13 * MIN, MIN],
    ['１３ minutes', '１３ minutes', 13 * MIN, MIN],
    ['١٣ minutes', '١٣ minutes', 13 * MIN, MIN],
    ['13\u2011minute outage', '13\u2011minute', 13 * MIN, MIN],
    ['outage—13 minutes—was', '13 minutes', 13 * MIN, MIN],
    ['(13 minutes)', '13 minutes', 13 * MIN, MIN],
    ['duration:13m', '13m', 13 * MIN, MIN],
    ['T+13 minutes', '13 minutes', 13 * MIN, MIN],
    ['**13** minutes', '13** minutes', 13 * MIN, MIN],
    ['*13 minutes*', '13 minutes', 13 * MIN, MIN],
    ['_13 minutes_', '13 minutes', 13 * MIN, MIN],
    ['~~13 minutes~~', '13 minutes', 13 * MIN, MIN],
    ['<b>13 minutes</b>', '13 minutes', 13 * MIN, MIN],
    ['> 13 minutes', '13 minutes', 13 * MIN, MIN],
    ['36\\:49', '36\\:49', 36 * HOUR + 49 * MIN, MIN],
    ['\\~13\\-minute', '13\\-minute', 13 * MIN, MIN],
    ['a 1\u200b3\u200b minutes\u200f.', '1\u200b3\u200b minutes', 13 * MIN, MIN],
  ])('reads %j', (prose, text, seconds, precision) => {
    const { index, ...figure } = only(prose);
    expect(figure).toEqual({ text, duration: { seconds, upTo: null, precision, bound: null }, clock: null });
    expect(prose.slice(index, index + text.length)).toBe(text);
  });

  it.each([
    ['13–15 minutes', '13–15 minutes', 13 * MIN, 15 * MIN, MIN],
    ['13-15 minutes', '13-15 minutes', 13 * MIN, 15 * MIN, MIN],
    ['13 - 15 min', '13 - 15 min', 13 * MIN, 15 * MIN, MIN],
    ['a 13-15-minute outage', '13-15-minute', 13 * MIN, 15 * MIN, MIN],
    ['2-3 hours', '2-3 hours', 2 * HOUR, 3 * HOUR, HOUR],
    ['two to three hours', 'two to three hours', 2 * HOUR, 3 * HOUR, HOUR],
    ['between 13 and 15 minutes', '13 and 15 minutes', 13 * MIN, 15 * MIN, MIN],
    ['5 or 10 minutes', '5 or 10 minutes', 5 * MIN, 10 * MIN, MIN],
    ['took 100-200s', '100-200s', 100, 200, 1],
    ['an hour or two', 'an hour or two', HOUR, 2 * HOUR, HOUR],
    ['1.5–2 hours', '1.5–2 hours', 90 * MIN, 2 * HOUR, 30 * MIN],
    ['1h–2h', '1h–2h', HOUR, 2 * HOUR, HOUR],
    ['30 minutes to 1 hour', '30 minutes to 1 hour', 30 * MIN, HOUR, MIN],
    ['between 1 hour and 90 minutes', '1 hour and 90 minutes', HOUR, 90 * MIN, MIN],
  ])('reads the range %j as one figure', (prose, text, seconds, upTo, precision) => {
    expect(only(prose)).toMatchObject({ text, duration: { seconds, upTo, precision, bound: null } });
  });

  it.each([
    ['from 15 minutes to 10 minutes', ['15 minutes', '10 minutes']],
    ['40 minutes of 500s', ['40 minutes']],
    ['30 min of 503s and 504s for 9 min', ['30 min', '9 min']],
    ['2 hours and 13 minutes respectively', ['2 hours', '13 minutes']],
    ['2.5 hours, 13 minutes', ['2.5 hours', '13 minutes']],
    ['After 2 hours, 13-minute gaps', ['2 hours', '13-minute']],
    ['13 minutes, 13 minutes', ['13 minutes', '13 minutes']],
    ['13 minutes and 2 hours', ['13 minutes', '2 hours']],
    ['Phase 2 – 30 minutes', ['30 minutes']],
    ['Sep 23 - 30 minutes later', ['30 minutes']],
    ['after 1 day, 14:49 UTC', ['1 day', '14:49']],
    ['17:18Z/19:18 CEST', ['17:18', '19:18']],
    ['17:18/19:18', ['17:18', '19:18']],
    ['It took 2 hrs. Then 5 min.', ['2 hrs', '5 min']],
    ['It took 5 min. 2 hrs later', ['5 min', '2 hrs']],
    ['It took 2 hrs. 403 errors', ['2 hrs']],
    ['took 2 hours\n\n30 minutes later', ['2 hours', '30 minutes']],
  ])('keeps apart what %j says', (prose, expected) => {
    expect(texts(prose)).toEqual(expected);
  });
});

describe('bounds', () => {
  it.each([
    ['over 2 hours', 'over'],
    ['more than 2 hours', 'over'],
    ['at least 2 hours', 'over'],
    ['just over 2 hours', 'over'],
    ['longer than 2 hours', 'over'],
    ['no less than 2 hours', 'over'],
    ['> 2 hours down'.replace('>', 'took >'), 'over'],
    ['took &gt; 2 hours', 'over'],
    ['2+ hours', 'over'],
    ['2 hours or more', 'over'],
    ['well over two hours', 'over'],
    ['exceeded 2 hours', 'over'],
    ['just short of 2 hours', 'under'],
    ['over **2 hours**', 'over'],
    ['under 2 hours', 'under'],
    ['less than 2 hours', 'under'],
    ['nearly 2 hours', 'under'],
    ['almost 2 hours', 'under'],
    ['up to 2 hours', 'under'],
    ['within 2 hours', 'under'],
    ['within just 2 hours', 'under'],
    ['no more than 2 hours', 'under'],
    ['not more than 2 hours', 'under'],
    ['took <2 hours', 'under'],
    ['2 hours at most', 'under'],
    ['about 2 hours', null],
    ['~2 hours', null],
    ['~ 2 hours', null],
    ['around 2 hours', null],
    ['roughly 2 hours', null],
    ['approximately 2 hours', null],
    ['over the next 2 hours', null],
    ['moved over. 2 hours later', null],
    ['2 hours', null],
  ])('of %j', (prose, bound) => {
    expect(only(prose).duration?.bound).toBe(bound);
  });

  it('stand before articles too, which belong to the figure', () => {
    expect(only('less than an hour')).toMatchObject({ text: 'an hour', duration: { bound: 'under' } });
    expect(only('more than half an hour')).toMatchObject({
      text: 'half an hour',
      duration: { bound: 'over' },
    });
  });
});

describe('clock times', () => {
  it.each([
    ['at 5:03pm', '5:03pm', 17, 3],
    ['at 5:03 pm.', '5:03 pm', 17, 3],
    ['at 5:03 PM', '5:03 PM', 17, 3],
    ['at 5:03 p.m. it', '5:03 p.m.', 17, 3],
    ['at 5.03pm', '5.03pm', 17, 3],
    ['at 5pm', '5pm', 17, 0],
    ['at 12am', '12am', 0, 0],
    ['at 12:30 am', '12:30 am', 0, 30],
    ['at 12pm', '12pm', 12, 0],
    ['by 11 AM', '11 AM', 11, 0],
  ])('reads %j', (prose, text, hour, minute) => {
    const clock = { hours: [hour], minute, second: null, zones: null, dates: null };
    expect(only(prose)).toMatchObject({ text, duration: null, clock });
  });

  it('reads H:MM below 24 hours both ways', () => {
    expect(only('at 14:05')).toEqual({
      text: '14:05',
      index: 3,
      duration: { seconds: 14 * HOUR + 5 * MIN, upTo: null, precision: MIN, bound: null },
      clock: { hours: [14], minute: 5, second: null, zones: null, dates: null },
    });
    expect(only('at 14:05:07')).toMatchObject({
      text: '14:05:07',
      duration: { seconds: 50707, precision: 1 },
      clock: { hours: [14], minute: 5, second: 7 },
    });
    expect(only('at 14h05')).toMatchObject({
      text: '14h05',
      duration: { seconds: 50700 },
      clock: { hours: [14] },
    });
    expect(only('lasted 7h28.')).toMatchObject({
      text: '7h28',
      duration: { seconds: 448 * MIN, precision: MIN },
    });
    for (const text of ['12:00 hrs', '12:00 hr', '12:00 hours', '9:05 hrs'])
      expect(only(`at ${text}.`)).toMatchObject({
        text,
        duration: { precision: MIN },
        clock: { hours: [Number.parseInt(text, 10)], zones: null },
      });
    expect(only('at 36:49 hrs')).toMatchObject({ text: '36:49 hrs', clock: null });
    expect(only('Sep 24 at 12:00 hrs')).toMatchObject({
      duration: null,
      clock: { dates: [{ month: 9, day: 24 }] },
    });
    expect(only('at 9:05')).toMatchObject({ text: '9:05', clock: { hours: [9], minute: 5 } });
    expect(only('24:00')).toMatchObject({ duration: { seconds: DAY }, clock: null });
  });

  it.each([
    ['15:53 UTC', '15:53', ['UTC']],
    ['15:53 utc', '15:53', ['UTC']],
    ['15:53UTC', '15:53', ['UTC']],
    ['15:53Z', '15:53', ['UTC']],
    ['15:53 (UTC)', '15:53', ['UTC']],
    ['UTC 15:53', '15:53', ['UTC']],
    ['15:53 GMT', '15:53', ['UTC']],
    ['15:53 CEST', '15:53', ['UTC+02:00']],
    ['5:53pm EDT', '5:53pm', ['UTC-04:00']],
    ['5:53 pm ET', '5:53 pm', ['America/New_York']],
    ['5:53 pm Pacific time', '5:53 pm', ['America/Los_Angeles']],
    ['15:53 IST', '15:53', ['UTC+05:30', 'UTC+02:00', 'UTC+01:00']],
    ['15:53 UTC+2', '15:53', ['UTC+02:00']],
    ['15:53 UTC+05:30', '15:53', ['UTC+05:30']],
    ['15:53+02:00', '15:53', ['UTC+02:00']],
    ['15:53 Europe/Berlin', '15:53', ['Europe/Berlin']],
    ['15:53 America/New_York', '15:53', ['America/New_York']],
    ['15:53 Berlin time', '15:53', ['Europe/Berlin']],
    ['15:53 in New York'.replace('in ', ''), '15:53', ['America/New_York']],
    ['15:53 local time', '15:53', ['local']],
    ['15:53 hrs UTC', '15:53 hrs', ['UTC']],
    ['15:53 h CEST', '15:53 h', ['UTC+02:00']],
    ['5:53 hours (UTC)', '5:53 hours', ['UTC']],
  ])('takes the zone beside %j, and leaves it out of the substring', (prose, text, zones) => {
    expect(only(prose)).toMatchObject({ text, duration: null, clock: { zones } });
  });

  it('takes no zone from words that only look like one', () => {
    expect(only('at 14:05 London users reported')).toMatchObject({ clock: { zones: null } });
    expect(only('at 14:05 we met')).toMatchObject({ clock: { zones: null } });
    expect(only('at 14:05 Is it down?')).toMatchObject({ clock: { zones: null } });
  });

  it('lets a range share its zone, and am or pm', () => {
    const zonesOf = (prose: string) => findFigures(prose).map(({ clock }) => clock?.zones);
    expect(texts('14:05–15:30 UTC')).toEqual(['14:05', '15:30']);
    expect(zonesOf('14:05–15:30 UTC')).toEqual([['UTC'], ['UTC']]);
    expect(zonesOf('from 14:05 to 15:30 CEST')).toEqual([['UTC+02:00'], ['UTC+02:00']]);
    expect(zonesOf('between 14:05 and 15:30 UTC')).toEqual([['UTC'], ['UTC']]);
    expect(zonesOf('14:05 UTC–15:30 UTC')).toEqual([['UTC'], ['UTC']]);
    expect(zonesOf('10:05 UTC–11:30 UTC')).toEqual([['UTC'], ['UTC']]);
    expect(zonesOf('14:05 CEST, 15:30')).toEqual([['UTC+02:00'], null]);
    expect(findFigures('2:05–3:30pm').map(({ clock }) => clock?.hours)).toEqual([[2, 14], [15]]);
  });

  it.each([
    ['Sep 24th 5:03pm', '5:03pm', [{ month: 9, day: 24 }]],
    ['on Sep 24th, at 17:03', '17:03', [{ month: 9, day: 24 }]],
    ['on Sept. 24, 2025, 17:03 UTC', '17:03', [{ year: 2025, month: 9, day: 24 }]],
    ['24 September 17:03', '17:03', [{ month: 9, day: 24 }]],
    ['24th of September at 17:03', '17:03', [{ month: 9, day: 24 }]],
    ['2025-09-24 17:03', '17:03', [{ year: 2025, month: 9, day: 24 }]],
    ['2025-09-24T17:03Z', '17:03', [{ year: 2025, month: 9, day: 24 }]],
    ['2025-09-24T17:03-04:00', '17:03', [{ year: 2025, month: 9, day: 24 }]],
    ['24.09.2025 17:03', '17:03', [{ year: 2025, month: 9, day: 24 }]],
    [
      '9/10 17:03',
      '17:03',
      [
        { month: 9, day: 10 },
        { month: 10, day: 9 },
      ],
    ],
    ['Wednesday 17:03', '17:03', [{ weekday: 3 }]],
    ['Wed, Sep 24 at 17:03', '17:03', [{ weekday: 3, month: 9, day: 24 }]],
    ['the 24th at 17:03', '17:03', [{ day: 24 }]],
    ['17:03 on Sep 24th', '17:03', [{ month: 9, day: 24 }]],
    ['17:03 UTC (24 September)', '17:03', [{ month: 9, day: 24 }]],
  ])('takes the date of %j', (prose, text, dates) => {
    expect(only(prose)).toMatchObject({ text, duration: null, clock: { dates } });
  });

  it('is not glued to the next paragraph by a sign at its end', () => {
    const texts = findFigures('Down from 14:05:07/\n\nIt took 13 minutes.').map(({ text }) => text);
    expect(texts).toEqual(['14:05:07', '13 minutes']);
  });

  it('leaves H:MM a length too behind a date and a comma', () => {
    expect(only('On Sep 24, 2:35 after the release')).toMatchObject({
      duration: { seconds: 155 * MIN },
      clock: { dates: [{ month: 9, day: 24 }] },
    });
    expect(only('On Sep 24, at 2:35')).toMatchObject({ duration: null });
  });

  it('gives a date to the clock time that follows it', () => {
    const figures = findFigures('at 14:05, Sep 24 15:00');
    expect(figures.map(({ clock }) => clock?.dates)).toEqual([null, [{ month: 9, day: 24 }]]);
  });
});

describe('no figure', () => {
  it.each([
    'every 90 days',
    'every ~5 minutes',
    'each 5 minutes',
    'per 10 minutes',
    'per minute',
    '30-day retention',
    '30 days retention',
    '30 days’ retention',
    'every 14:05',
    'a 4-hour SLA',
    '4 hour response SLA',
    'a 30-second timeout',
    'a 5-minute connection timeout',
    'a timeout of 30 seconds',
    '60 second TTL',
    'TTL of 60s',
    'retention period of 90 days',
    '200 ms',
    '200ms',
    '250 milliseconds',
    '2 weeks',
    '3 months',
    '12.56',
    'at 12.56 it',
    '25:61',
    '14:5',
    '13:05pm',
    '0:05am',
    '13pm',
    'v1.2.3',
    'version 14.05',
    '10.0.0.1:8080',
    '10.0.0.1:80',
    'localhost:8080',
    'port 8080',
    '::1',
    'fe80::12:30',
    'fe80:12:30',
    '2001:db8:12:34:56:78:9a:bc',
    '12:34:56:78:9a:bc',
    'ab:12:34',
    'we won 3:2',
    'a ratio of 16:10',
    'a 60:40 split',
    '403 errors',
    'HTTP 503',
    '500 requests a minute',
    '20 failed logins an hour',
    'twice a day',
    '10 times an hour',
    '24 hours a day',
    '5 minutes per run',
    '24/7',
    '$5m',
    '5M users',
    '5m requests',
    '10s of thousands',
    'in the 1990s',
    'Customers saw 500s and 502s.',
    'HTTP 500s–504s',
    '429s in EU',
    'a spike in 500s',
    'it resulted in 500s and 502s',
    'after 500s appeared',
    'after 500s, 502s and 504s',
    'alerts for 500s',
    'after 502s',
    'Five 9s of availability',
    'three 9s',
    '50%',
    '1 in 5',
    'p99',
    'k8s',
    'INC-42',
    '#4',
    'Q3 2H 2025',
    'a second failure',
    'a minute-by-minute account',
    '5 second-line engineers',
    'commit 3d4f5a',
    '7h28x',
    '550e8400-e29b-41d4-a716-446655440000',
    'v2-5 minutes',
    'Sep 24th',
    '2025-09-24',
    '2025',
    '24-hour clock',
    'minutes of the meeting',
    'the constructor hours',
    'valueOf minutes',
    'a few minutes',
    'for hours',
    'us-east-1',
    '/api/v1/12:30/5m',
    'example.com/13min',
    'path\\5m',
    'in 5 working days',
  ])('in %j', (prose) => {
    expect(texts(prose)).toEqual([]);
  });
});

describe('code, URLs and links', () => {
  it.each([
    ['`13 minutes` and 14 minutes', ['14 minutes']],
    ['``13 ` minutes`` and 14 minutes', ['14 minutes']],
    ['\\`13 minutes\\`', ['13 minutes']],
    ['a lone ` tick and 14 minutes', ['14 minutes']],
    ['a lone ` tick\n\n14 minutes ` here', ['14 minutes']],
    ['```\n13 minutes\n```\n14 minutes', ['14 minutes']],
    ['Slack ```13 minutes``` 14 minutes', ['14 minutes']],
    ['```\n13 minutes', []],
    ['~~~\n13 minutes\n~~~\n14 minutes', ['14 minutes']],
    ['Log:\n\n    13 minutes\n\n14 minutes', ['14 minutes']],
    ['- item\n\n    14 minutes', ['14 minutes']],
    ['took 2 `x` hours', []],
    ['https://x.example/12:30/5m 14 minutes', ['14 minutes']],
    ['(https://x.example/a?t=5 minutes)', []],
    ['www.x.example/5m', []],
    ['[14:05](https://x.example/15:05)', ['14:05']],
    ['[took 14 minutes](https://x.example/5m "15 minutes")', ['14 minutes']],
    ['[a](x(y)z) 14 minutes', ['14 minutes']],
    ['[14 minutes][13 minutes]\n\n[13 minutes]: https://x.example', ['14 minutes']],
    ['<https://x.example/13:00|took 14 minutes>', ['14 minutes']],
    ['<https://x.example/13:00>', []],
    ['<https://x.example/13:00|https://x.example/13:00>', []],
    ['<!date^1758655193^{date} at {time}|14:05>', []],
    ['took <an hour, then >2 hours', ['an hour', '2 hours']],
    ['<@U13> 14 minutes <#C5|13m>', ['14 minutes']],
    ['![14 minutes](a.png)', ['14 minutes']],
  ])('in %j', (prose, expected) => {
    expect(texts(prose)).toEqual(expected);
  });
});

describe('dates', () => {
  it('are found alone and beside a clock time', () => {
    const brief = (prose: string) => findDates(prose).map(({ text, dates, clock }) => [text, dates, clock]);
    expect(brief('On Sep 24th it broke; 2025-09-25 17:03 it ended.')).toEqual([
      ['Sep 24th', [{ month: 9, day: 24 }], false],
      ['2025-09-25', [{ year: 2025, month: 9, day: 25 }], true],
    ]);
    expect(brief('23–24 September')).toEqual([
      ['23–24 September', [{ month: 9, day: 23 }], false],
      ['23–24 September', [{ month: 9, day: 24 }], false],
    ]);
    expect(brief('September 23-24, 2025')).toMatchObject([
      ['September 23-24, 2025', [{ year: 2025, month: 9, day: 23 }], false],
      ['September 23-24, 2025', [{ year: 2025, month: 9, day: 24 }], false],
    ]);
  });

  it.each([
    'May 5 minutes',
    'may 24',
    'sat 3',
    'the 24th customer',
    '9/24',
    'March 2025',
    'September 31st'.replace('31', '32'),
  ])('are not in %j', (prose) => {
    expect(findDates(prose)).toEqual([]);
  });
});

it('reads no more figures than a timeline of thousands of lines has', () => {
  expect(findFigures('14:05, '.repeat(MOST_ITEMS + 500))).toHaveLength(MOST_ITEMS);
});
