import { describe, expect, it } from 'vitest';
import { expectations, type Watched } from '../../src/incident/reminders.ts';
import { DEFAULT_SETTINGS, type Policy } from '../../src/incident/settings.ts';
import { instantOf } from '../support/clock.ts';

const from = instantOf('2026-03-10T14:00:00Z');
const minute = (n: number): number => from + n * 60_000;
const sev1: Policy = DEFAULT_SETTINGS.severities.SEV1.policy;
const open: Watched = {
  status: 'investigating',
  leadId: null,
  retrospective: false,
  from,
  updatedAt: null,
  nextUpdateBy: null,
};
const expected = (over: Partial<Watched>, now = from, marks: Parameters<typeof expectations>[2] = []) =>
  Object.fromEntries(expectations(sev1, { ...open, ...over }, marks, now).map((one) => [one.key, one.dueAt]));

describe('what is expected of a SEV1', () => {
  it('counts from where it is watched, the earliest first', () => {
    expect(expectations(sev1, open, [], minute(30))).toEqual([
      { key: 'lead', dueAt: minute(5), late: true },
      { key: 'update', dueAt: minute(30), late: true },
      { key: 'root_cause_identified', dueAt: minute(60), late: false },
      { key: 'mitigated', dueAt: minute(120), late: false },
    ]);
  });

  it('is late at its very minute and not a millisecond before', () => {
    const lead = (now: number) => expectations(sev1, open, [], now)[0]?.late;
    expect([lead(minute(5) - 1), lead(minute(5))]).toEqual([false, true]);
  });

  it('leaves out what is there: a lead, a milestone', () => {
    const keys = Object.keys(expected({ leadId: 'U1' }, from, [{ milestone: 'root_cause_identified' }]));
    expect(keys).toEqual(['update', 'mitigated']);
  });

  it('counts the next update from the last one, or to when it was promised', () => {
    expect(expected({ updatedAt: minute(10) }).update).toBe(minute(40));
    expect(expected({ updatedAt: minute(10), nextUpdateBy: minute(100) }).update).toBe(minute(100));
    expect(expected({ updatedAt: minute(-90), nextUpdateBy: minute(-30) }).update).toBe(minute(30));
  });

  it.each(['resolved', 'canceled', 'merged'] as const)('is nothing when it is %s', (status) => {
    expect(expected({ status })).toEqual({});
  });

  it('is nothing in a retrospective', () => {
    expect(expected({ retrospective: true })).toEqual({});
  });
});

it('without a policy only a promised update is expected', () => {
  const { policy } = DEFAULT_SETTINGS.severities.SEV4;
  expect(expectations(policy, open, [], minute(9999))).toEqual([]);
  const promised = { ...open, updatedAt: from, nextUpdateBy: minute(15) };
  expect(expectations(policy, promised, [], from)).toEqual([
    { key: 'update', dueAt: minute(15), late: false },
  ]);
});
