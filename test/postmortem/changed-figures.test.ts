import { describe, expect, test } from 'vitest';
import { changedFigures } from '../../src/postmortem/changed-figures.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import {
  at,
  makeEntry,
  makeIncident,
  makeRecord,
  makeTimeline,
  makeWindow,
  readScenario,
  recordOf,
} from './makers.ts';

const now = at('23:30');
const record = () =>
  makeRecord(
    makeTimeline(
      ['12:00', 'impact_started'],
      ['12:30', 'detected'],
      ['13:00'],
      ['14:00', 'fix_created'],
      ['15:00', 'resolved'],
    ),
  );

/** The record with the entry's time corrected. */
function retimed(number: number, time: string) {
  const { entries, ...rest } = record();
  return {
    ...rest,
    entries: entries.map((entry) => (entry.number === number ? { ...entry, occurredAt: at(time) } : entry)),
  };
}

const change = (after: ReturnType<typeof record>) =>
  changedFigures(computeFacts(record(), now), computeFacts(after, now));
const said = (after: ReturnType<typeof record>) =>
  change(after).map(({ label, from, to }) => `${label}: ${from} → ${to}`);

describe('changedFigures', () => {
  test('nothing changed, nothing said', () => {
    expect(change(record())).toEqual([]);
  });

  test('a correction in the middle moves that time and the gaps beside it, no more', () => {
    expect(said(retimed(3, '13:10'))).toEqual([
      'Line #3: 2026-03-10 13:00 UTC → 2026-03-10 13:10 UTC',
      'Gap before #3: 30 min → 40 min',
      'Gap before #4: 1 h → 50 min',
    ]);
  });

  test('what was "about" a time and is that time now is a change, and the other way round', () => {
    const { entries, ...rest } = record();
    const vague = entries.map((one) => (one.number > 1 ? one : { ...one, precision: 'about' as const }));
    expect(said({ ...rest, entries: vague })).toEqual([
      'Impact start: 2026-03-10 12:00 UTC → about 2026-03-10 12:00 UTC',
      'Impact started: 2026-03-10 12:00 UTC → about 2026-03-10 12:00 UTC',
    ]);
    const given = (fromPrecision: 'about' | 'exact') =>
      computeFacts({ ...record(), windows: [makeWindow('12:00', '13:00', { fromPrecision })] }, now);
    expect(changedFigures(given('about'), given('exact'))).toMatchObject([{ name: 'impact_start' }]);
  });

  test('a correction of a milestone moves what is measured to it', () => {
    expect(said(retimed(2, '12:40'))).toEqual([
      'Time to detect: 30 min → 40 min',
      'Detected: 2026-03-10 12:30 UTC → 2026-03-10 12:40 UTC',
      'Gap before #2: 30 min → 40 min',
      'Gap before #3: 30 min → 20 min',
    ]);
  });

  test('a correction of the end moves the impact', () => {
    expect(said(retimed(5, '15:20'))).toEqual([
      'Impact end: 2026-03-10 15:00 UTC → 2026-03-10 15:20 UTC',
      'Impact duration: 3 h → 3 h 20 min',
      'Time to resolve: 3 h → 3 h 20 min',
      'Resolved: 2026-03-10 15:00 UTC → 2026-03-10 15:20 UTC',
      'Gap before #5: 1 h → 1 h 20 min',
    ]);
  });

  test('a correction of the start moves every figure counted from it, each named once', () => {
    const figures = change(retimed(1, '11:50'));
    expect(figures.map(({ name }) => name)).toEqual([
      'impact_start',
      'impact',
      'time_to_detect',
      'time_to_resolve',
      'impact_started',
      'fix_created_from_start',
      'gap_2',
    ]);
  });

  test('a correction within the minute changes nothing that is printed', () => {
    expect(change(retimed(3, '13:00:40'))).toEqual([]);
  });

  test('a late entry is new, and parts a gap in two', () => {
    const late = { ...record(), entries: [...record().entries, makeEntry(6, '13:20')] };
    expect(said(late)).toEqual([
      'Line #6: null → 2026-03-10 13:20 UTC',
      'Gap before #6: null → 20 min',
      'Gap before #4: 1 h → 40 min',
    ]);
  });

  test('a retracted line is gone', () => {
    const { entries, ...rest } = record();
    const without = {
      ...rest,
      entries: entries.map((entry) => (entry.number === 3 ? { ...entry, retractedAt: now } : entry)),
    };
    expect(said(without)).toEqual([
      'Gap before #4: 1 h → 1 h 30 min',
      'Line #3: 2026-03-10 13:00 UTC → null',
      'Gap before #3: 30 min → null',
    ]);
  });

  test('time passing is no change, while it runs', () => {
    const open = {
      ...record(),
      incident: makeIncident({ status: 'monitoring' }),
      windows: [makeWindow('12:00', null)],
    };
    expect(changedFigures(computeFacts(open, at('16:00')), computeFacts(open, at('17:00')))).toEqual([]);
  });

  test('windows and what lies between them are named each', () => {
    const two = { ...record(), windows: [makeWindow('12:00', '12:30'), makeWindow('14:00', '15:00')] };
    const moved = { ...record(), windows: [makeWindow('12:00', '12:40'), makeWindow('14:00', '15:00')] };
    expect(
      changedFigures(computeFacts(two, now), computeFacts(moved, now)).map(({ name, to }) => `${name} ${to}`),
    ).toEqual(['impact 1 h 40 min', 'impact_window_1 40 min', 'relapse_1 1 h 20 min']);
  });

  test('a late correction of the longest scenario names exactly what moved', () => {
    const { scenario } = readScenario('2025-09-24-admin-console');
    const before = recordOf(scenario);
    const after = {
      ...before,
      entries: before.entries.map((entry) =>
        entry.number === 4 ? { ...entry, occurredAt: at('2025-09-24T22:33:00Z') } : entry,
      ),
    };
    expect(
      changedFigures(computeFacts(before, now), computeFacts(after, now)).map(({ label, from, to }) => [
        label,
        from,
        to,
      ]),
    ).toEqual([
      ['Fix merged to released', '19 h', '18 h 30 min'],
      ['Fix merged', '2025-09-24 22:03 UTC', '2025-09-24 22:33 UTC'],
      ['Fix merged, from impact start', '19 h 36 min', '20 h 6 min'],
      ['Gap before #4', '18 h', '18 h 30 min'],
      ['Gap before #5', '19 h', '18 h 30 min'],
    ]);
  });
});
