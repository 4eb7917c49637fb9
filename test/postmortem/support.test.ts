import { describe, expect, it } from 'vitest';
import type { Milestone } from '../../src/incident/milestones.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { contradictedFigures } from '../../src/postmortem/support.ts';
import { at, makeEntry, makeIncident, makeRecord, makeTimeline, makeWindow } from './makers.ts';

type Line = readonly [time: string, ...milestones: Milestone[]];

const NOW = at('2026-04-01T00:00:00Z');
const contradicted = (prose: string, lines: readonly Line[], zone = 'UTC') =>
  contradictedFigures(prose, computeFacts(makeRecord(makeTimeline(...lines)), NOW), zone);

describe('a duration', () => {
  const apart = (minutes: number): Line[] => [
    ['2026-03-10T00:00:00Z'],
    [new Date(at('2026-03-10T00:00:00Z') + minutes * 60_000).toISOString()],
  ];

  it.each([
    ['1 hour', [30, 63, 89], [29, 90]],
    ['43 hrs', [43 * 60 + 29, 42 * 60 + 30], [43 * 60 + 50, 43 * 60 + 30]],
    ['2 days', [36 * 60, 59 * 60], [36 * 60 - 1, 60 * 60]],
    ['a day', [1439, 12 * 60], [12 * 60 - 1, 36 * 60]],
    ['1 hour, 30 minutes', [90], [89, 91, 80]],
    ['90 minutes', [90], [89, 91]],
    ['7h 28m', [448], [447, 449]],
    ['1h 0m', [60], [63]],
    ['2 days and 3 hours', [51 * 60 + 29], [51 * 60 + 30]],
    ['two and a half hours', [135, 150, 164], [134, 165]],
    ['2½ hours', [135, 164], [134, 165]],
    ['2.5 hours', [135, 164], [134, 165]],
    ['half an hour', [15, 30, 44], [14, 45]],
    ['2.3 hours', [135, 138, 140], [134, 141]],
    ['2.0 hours', [117, 122], [116, 123]],
    ['2.25 hours', [135, 140], [134, 141]],
    ['three quarters of an hour', [38, 45, 52], [37, 53]],
    ['36:49', [36 * 60 + 49], [38 * 60 + 49]],
    ['over 2 hours', [120, 179], [119, 180]],
    ['more than 2 hours', [120, 179], [119, 180]],
    ['at least 90 minutes', [90], [89, 91]],
    ['over 2.5 hours', [150, 179], [149, 180]],
    ['under 2 hours', [61, 120], [60, 121]],
    ['nearly 2 hours', [61, 120], [60, 121]],
    ['within 13 minutes', [13], [12, 14]],
    ['up to an hour', [1, 60], [0, 61]],
    ['about 2 hours', [90, 149], [89, 150]],
    ['~13 minutes', [13], [12, 14]],
    ['13–15 minutes', [13, 14, 15], [12, 16]],
    ['2-3 hours', [90, 209], [89, 210]],
    ['0 minutes', [0], [1]],
  ])('%j', (prose, right, wrong) => {
    for (const minutes of right)
      expect([minutes, contradicted(prose, apart(minutes))]).toEqual([minutes, []]);
    for (const minutes of wrong)
      expect([minutes, contradicted(prose, apart(minutes))]).not.toEqual([minutes, []]);
  });

  it('may be any interval, not of neighbours only', () => {
    const lines: Line[] = [['10:00'], ['10:13'], ['10:50'], ['12:00']];
    expect(contradicted('13 minutes, 37 minutes, 50 minutes, 107 minutes, 2 hours', lines)).toEqual([]);
    expect(contradicted('14 minutes, 51 minutes, 121 minutes', lines)).toEqual([
      '14 minutes',
      '51 minutes',
      '121 minutes',
    ]);
  });

  it('is compared with instants cut to the minute, at seconds with their seconds', () => {
    const lines: Line[] = [['10:00:50'], ['10:02:10']];
    expect(contradicted('2 minutes', lines)).toEqual([]);
    expect(contradicted('1 minute', lines)).toEqual(['1 minute']);
    expect(contradicted('80 seconds and 1m 20s', lines)).toEqual([]);
    expect(contradicted('120 seconds', lines)).toEqual(['120 seconds']);
    expect(contradicted('1.5 minutes', lines)).toEqual([]);
  });

  it('needs two instants: one line is no interval, and an end that a line proves is that line', () => {
    expect(contradicted('0 minutes', [['10:00', 'impact_started', 'resolved']])).toEqual(['0 minutes']);
    expect(contradicted('0 minutes', [['10:00:05'], ['10:00:50']])).toEqual([]);
    expect(contradicted('5 minutes', [])).toEqual(['5 minutes']);
  });

  it('may reach to the ends of the impact, of every window, and be their total', () => {
    const windows = [makeWindow('10:00', '10:40'), makeWindow('11:00', '11:25')];
    const facts = computeFacts(makeRecord({ entries: [makeEntry(1, '10:07')], windows }), NOW);
    expect(contradictedFigures('33 minutes, 20 minutes, 85 minutes', facts, 'UTC')).toEqual([]);
    expect(contradictedFigures('65 minutes in total', facts, 'UTC')).toEqual([]);
    expect(contradictedFigures('66 minutes, at 10:40', facts, 'UTC')).toEqual(['66 minutes']);
  });

  it('has no end of an open impact to reach to', () => {
    const windows = [makeWindow('10:00', null)];
    const incident = makeIncident({ status: 'monitoring' });
    const facts = computeFacts(
      makeRecord({ incident, entries: [makeEntry(1, '10:07')], windows }),
      at('11:00'),
    );
    expect(contradictedFigures('1 hour; 7 minutes', facts, 'UTC')).toEqual(['1 hour']);
  });

  it('keeps repeats, in order of appearance', () => {
    expect(contradicted('5 min, then 4 min, then 5 min', apart(10))).toEqual(['5 min', '4 min', '5 min']);
  });
});

describe('a clock time', () => {
  // 14:05 UTC is 15:05 in Berlin, 10:05 in New York.
  const lines: Line[] = [['14:05'], ['16:30:07']];

  it.each([
    ['14:05', 'UTC', true],
    ['2:05pm', 'UTC', true],
    ['2:05', 'UTC', false],
    ['14:06', 'UTC', false],
    ['15:05', 'UTC', false],
    ['15:05', 'Europe/Berlin', true],
    ['14:05', 'Europe/Berlin', true],
    ['3:05 p.m.', 'Europe/Berlin', true],
    ['14:05 UTC', 'Europe/Berlin', true],
    ['15:05 UTC', 'Europe/Berlin', false],
    ['15:05 CET', 'America/New_York', true],
    ['15:05 CEST', 'America/New_York', false],
    ['16:05 CEST', 'UTC', true],
    ['10:05 ET', 'UTC', true],
    ['15:05 Berlin time', 'UTC', true],
    ['15:05 local time', 'Europe/Berlin', true],
    ['14:05 local time', 'Europe/Berlin', false],
    ['19:35 IST', 'UTC', true],
    ['16:05 IST', 'UTC', true],
    ['17:05 IST', 'UTC', false],
    ['16:30', 'UTC', true],
    ['16:30:07', 'UTC', true],
    ['16:30:08', 'UTC', false],
    ['5pm', 'UTC', false],
    ['Mar 10 14:05', 'UTC', true],
    ['Mar 11 14:05', 'UTC', false],
    ['March 10th, 2026, at 2:05pm', 'UTC', true],
    ['March 10th, 2025, at 2:05pm', 'UTC', false],
    ['Tuesday 14:05', 'UTC', true],
    ['Wed 14:05', 'UTC', false],
    ['14:05 on 11 March', 'UTC', false],
    ['2026-03-10T14:05Z', 'UTC', true],
    ['2026-03-10T14:05+01:00', 'UTC', false],
    ['14:05–16:30 UTC', 'UTC', true],
    ['2:05–4:30pm', 'UTC', true],
    ['2:05–4:30am', 'UTC', false],
  ])('%j in an incident of %s: %s', (prose, zone, supported) => {
    expect(contradicted(prose, lines, zone).length === 0).toBe(supported);
  });

  it('needs its date on the wall that shows the time', () => {
    const night: Line[] = [['2026-03-10T23:30:00Z']];
    expect(contradicted('Mar 11 00:30', night, 'Europe/Berlin')).toEqual([]);
    expect(contradicted('Mar 10 23:30', night, 'Europe/Berlin')).toEqual([]);
    expect(contradicted('Mar 10 00:30, Mar 11 23:30', night, 'Europe/Berlin')).toEqual(['00:30', '23:30']);
  });

  it('may be shown by either reading of H:MM', () => {
    expect(contradicted('2:25', lines)).toEqual([]);
    expect(contradicted('2:25 UTC', lines)).toEqual(['2:25']);
    expect(contradicted('2:26', lines)).toEqual(['2:26']);
  });

  it('may be that of an end of impact', () => {
    const windows = [makeWindow('10:00', '11:00')];
    const facts = computeFacts(makeRecord({ ...makeTimeline(['12:00']), windows }), NOW);
    expect(contradictedFigures('from 10:00 to 11:00 UTC', facts, 'UTC')).toEqual([]);
  });
});
