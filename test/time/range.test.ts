import { describe, expect, test } from 'vitest';
import { splitRange } from '../../src/time/range.ts';
import { brief, contextAt } from './reading.ts';

// 18:00 in Berlin.
const MOMENT = {
  now: '2025-09-24T16:00:00Z',
  zone: 'Europe/Berlin',
  entries: { 3: '2025-09-24T12:00Z', 9: '2025-09-24T13:00Z' },
};
const context = contextAt(MOMENT);

describe('from TIME to TIME', () => {
  test.each([
    ['from 14:05 to 15:30', '2025-09-24 12:05 UTC', '2025-09-24 13:30 UTC'],
    ['14:05 until 15:30', '2025-09-24 12:05 UTC', '2025-09-24 13:30 UTC'],
    ['from 14:05 - 15:30', '2025-09-24 12:05 UTC', '2025-09-24 13:30 UTC'],
    ['from 14:05-15:30', '2025-09-24 12:05 UTC', '2025-09-24 13:30 UTC'],
    ['from 14:05', '2025-09-24 12:05 UTC', 'none'],
    ['since 2025-09-23T09:05-05:00', '2025-09-23 14:05 UTC', 'none'],
    ['from yesterday 23:50 to 00:10', '2025-09-23 21:50 UTC', '2025-09-23 22:10 UTC'],
    ['from 2025-09-20 23:50 to 00:10', '2025-09-20 21:50 UTC', '2025-09-20 22:10 UTC'],
    ['from 14:05 to 14:05', '2025-09-24 12:05 UTC', '2025-09-24 12:05 UTC'],
    ['from #3 to #9', '2025-09-24 12:00 UTC', '2025-09-24 13:00 UTC'],
    ['from #3 - 5m to now', '2025-09-24 11:55 UTC', '2025-09-24 16:00 UTC'],
    ['from 2h ago to 1h ago', '2025-09-24 14:00 UTC', '2025-09-24 15:00 UTC'],
    [
      'from 2025-09-20 1.28 to 2.30',
      'choice am-or-pm: 2025-09-19 23:28 UTC, 2025-09-20 11:28 UTC',
      'choice am-or-pm: 2025-09-20 00:30 UTC, 2025-09-20 12:30 UTC',
    ],
    // A zone holds for both ends, whichever names it.
    ['from 12:05 to 13:30 UTC', '2025-09-24 12:05 UTC', '2025-09-24 13:30 UTC'],
    ['from 12:05 UTC to 13:30', '2025-09-24 12:05 UTC', '2025-09-24 13:30 UTC'],
    ['from 2025-09-20 12:05 UTC to 22:30', '2025-09-20 12:05 UTC', '2025-09-20 22:30 UTC'],
    ['from 12:05 UTC to 15:30 Berlin', '2025-09-24 12:05 UTC', '2025-09-24 13:30 UTC'],
    // So does a day that only the end names, as far as the start precedes it.
    ['from 14:05 to 16:00 on 20 Sep', '2025-09-20 12:05 UTC', '2025-09-20 14:00 UTC'],
    ['from 23:50 to 00:10 on 20 Sep', '2025-09-19 21:50 UTC', '2025-09-19 22:10 UTC'],
    ['from 16:00 to 16:00 yesterday', '2025-09-23 14:00 UTC', '2025-09-23 14:00 UTC'],
    ['from 16:05 to 05:00 yesterday', '2025-09-22 14:05 UTC', '2025-09-23 03:00 UTC'],
    // The end follows the reading that is asked about.
    [
      'from 20:00 to 21:00',
      'choice older-than-12h: 2025-09-23 18:00 UTC, another time',
      '2025-09-23 19:00 UTC',
    ],
    ['from 14:05 to 19:00', '2025-09-24 12:05 UTC', 'refusal future'],
    ['from 2025-09-23 14:05 to 2025-09-23 13:00', '2025-09-23 12:05 UTC', 'refusal impossible'],
    ['from here to there', 'refusal unreadable', 'refusal unreadable'],
    ['from 14:05 to there', '2025-09-24 12:05 UTC', 'refusal unreadable'],
    ['nonsense', 'refusal unreadable', 'none'],
  ])('%s', (text, from, to) => {
    const range = splitRange(text, context);
    expect([brief(range?.from ?? null), brief(range?.to ?? null)]).toEqual([from, to]);
  });

  test('an empty text is no range', () => {
    expect(splitRange('', context)).toBeNull();
    expect(splitRange(' from ', context)).toBeNull();
  });

  test('the end follows the start that was chosen', () => {
    const moment = contextAt({ now: '2026-11-02T12:00Z', zone: 'America/New_York' });
    const text = 'from 2026-11-01 01:30 to 01:45';
    const range = splitRange(text, moment);
    expect(brief(range?.from ?? null)).toBe('choice twice: 2026-11-01 05:30 UTC, 2026-11-01 06:30 UTC');
    const second = range?.from.kind === 'choice' ? range.from.readings[1] : undefined;
    expect(second?.instant).toBe(Date.parse('2026-11-01T06:30Z'));
    expect(splitRange(text, moment, second)).toMatchObject({
      from: { kind: 'one', reading: { instant: Date.parse('2026-11-01T06:30Z') } },
      to: { kind: 'one', reading: { instant: Date.parse('2026-11-01T06:45Z') } },
    });
  });

  test('across a change of clocks the end is the first such time on the wall', () => {
    const moment = contextAt({ now: '2026-12-01T00:00Z', zone: 'America/New_York' });
    const range = splitRange('from 2026-10-31 23:30 to 02:30', moment);
    expect(brief(range?.to ?? null)).toBe('2026-11-01 07:30 UTC');
  });
});
