import { describe, expect, it } from 'vitest';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { at, makeEntry, makeIncident, makeMark, makeRecord, makeTimeline, makeWindow } from './makers.ts';

const NOW = at('23:30');
const open = makeIncident({ status: 'monitoring', closedAt: null });

describe('lines of the timeline', () => {
  it('leave out retracted entries and bare system entries', () => {
    const record = makeRecord({
      entries: [
        makeEntry(1, '12:00', { source: 'system' }),
        makeEntry(2, '12:01', { source: 'system' }),
        makeEntry(3, '12:02', { retractedAt: NOW }),
        makeEntry(4, '12:03'),
      ],
      marks: [makeMark('incident_called', 1, { provenance: 'inferred' }), makeMark('detected', 3)],
    });
    const facts = computeFacts(record, NOW);
    expect(facts.lines.map((line) => line.entry.number)).toEqual([1, 4]);
    expect(facts.milestones.map((fact) => fact.milestone)).toEqual(['incident_called']);
  });

  it('keep the retired resolution that ends a window', () => {
    const record = makeRecord({
      incident: open,
      entries: [makeEntry(1, '12:00'), makeEntry(2, '13:00', { source: 'system' })],
      windows: [makeWindow(null, '13:00', { toEntryId: 'entry-2' }), makeWindow('14:00', null)],
    });
    const facts = computeFacts(record, NOW);
    expect(facts.lines.map((line) => line.entry.number)).toEqual([1, 2]);
    expect(facts.impact.windows[0]?.to).toMatchObject({ at: at('13:00'), entryNumber: 2 });
  });

  it('are in order of time, then of capture, with gaps of printed minutes', () => {
    const record = makeRecord({
      entries: [makeEntry(1, '12:05:59'), makeEntry(2, '12:01:01'), makeEntry(3, '12:05:59')],
    });
    const { lines } = computeFacts(record, NOW);
    expect(lines.map((line) => [line.entry.number, line.minutesSincePrevious])).toEqual([
      [2, null],
      [1, 4],
      [3, 0],
    ]);
  });
});

describe('impact by the rule', () => {
  it.each([
    [
      'impact_started',
      [
        ['12:00', 'detected'],
        ['12:30', 'impact_started'],
        ['14:00', 'resolved'],
      ],
      '12:30',
      '14:00',
    ],
    [
      'the earlier of detected',
      [['11:00'], ['12:00', 'detected'], ['12:30', 'first_report'], ['14:00', 'resolved']],
      '12:00',
      '14:00',
    ],
    [
      'and first report',
      [['11:00'], ['12:00', 'first_report'], ['12:30', 'detected'], ['14:00', 'resolved']],
      '12:00',
      '14:00',
    ],
    ['the first entry', [['11:00'], ['12:00', 'escalated'], ['14:00', 'resolved']], '11:00', '14:00'],
    [
      'resolved before other ends',
      [['11:00'], ['12:00', 'fix_released'], ['12:30', 'mitigated'], ['13:00', 'resolved'], ['14:00']],
      '11:00',
      '13:00',
    ],
    [
      'fix released before mitigated',
      [['11:00'], ['12:00', 'fix_released'], ['12:30', 'mitigated'], ['14:00']],
      '11:00',
      '12:00',
    ],
    ['mitigated', [['11:00'], ['12:30', 'mitigated'], ['14:00']], '11:00', '12:30'],
    ['the last entry', [['11:00'], ['12:30', 'fix_merged'], ['14:00']], '11:00', '14:00'],
  ] as const)('follows %s', (_, lines, from, to) => {
    const { impact } = computeFacts(makeRecord(makeTimeline(...lines)), NOW);
    expect([impact.start?.at, impact.end?.at, impact.open]).toEqual([at(from), at(to), false]);
  });

  it('is open and ticks until the incident is closed', () => {
    const record = makeRecord({
      incident: open,
      ...makeTimeline(['12:00', 'impact_started'], ['13:00', 'resolved']),
    });
    expect(computeFacts(record, at('13:30:40')).impact).toMatchObject({ end: null, open: true, minutes: 90 });
    expect(computeFacts(record, at('14:30')).impact.minutes).toBe(150);
  });

  it.each(['resolved', 'merged', 'canceled'] as const)('never ticks once %s', (status) => {
    const record = makeRecord({ incident: makeIncident({ status }), ...makeTimeline(['12:00'], ['13:00']) });
    expect(computeFacts(record, NOW)).toEqual(computeFacts(record, NOW + 3_600_000));
  });

  it('is not ended by an inferred mitigated, but by an inferred resolved', () => {
    const entries = [
      makeEntry(1, '12:00'),
      makeEntry(2, '13:00', { source: 'system' }),
      makeEntry(3, '14:00'),
    ];
    const inferred = { provenance: 'inferred' } as const;
    const mitigated = makeRecord({ entries, marks: [makeMark('mitigated', 2, inferred)] });
    expect(computeFacts(mitigated, NOW).impact.end?.at).toBe(at('14:00'));
    const resolved = makeRecord({ entries, marks: [makeMark('resolved', 2, inferred)] });
    expect(computeFacts(resolved, NOW).impact.end).toEqual({
      at: at('13:00'),
      label: 'Resolved',
      entryNumber: 2,
    });
  });

  it('says nothing of an incident without lines', () => {
    expect(computeFacts(makeRecord(), NOW).impact).toMatchObject({
      start: null,
      end: null,
      minutes: null,
      windows: [],
    });
  });

  it('counts no negative minutes when it ends before it starts, and keeps both ends', () => {
    const record = makeRecord(makeTimeline(['12:00', 'resolved'], ['13:00', 'impact_started']));
    expect(computeFacts(record, NOW).impact).toMatchObject({
      start: { at: at('13:00') },
      end: { at: at('12:00') },
      minutes: 0,
    });
  });
});

describe('impact windows', () => {
  const lines = makeTimeline(['10:00', 'impact_started'], ['11:00', 'fix_released'], ['16:00']);

  it('total their union; gaps between them are relapses', () => {
    const windows = [
      makeWindow('14:00', '15:00'),
      makeWindow('10:00', '11:00'),
      makeWindow('10:30', '12:00'),
    ];
    const { impact } = computeFacts(makeRecord({ ...lines, windows }), NOW);
    expect(impact.minutes).toBe(180);
    expect(impact.windows.map((window) => window.minutes)).toEqual([60, 90, 60]);
    expect(impact.relapses.map((gap) => [gap.from.at, gap.to?.at, gap.minutes])).toEqual([
      [at('12:00'), at('14:00'), 120],
    ]);
    expect([impact.start?.at, impact.end?.at]).toEqual([at('10:00'), at('15:00')]);
  });

  it('that touch within a minute are one', () => {
    const windows = [makeWindow('10:00:00', '11:00:10'), makeWindow('11:00:50', '12:00:00')];
    expect(computeFacts(makeRecord({ windows }), NOW).impact).toMatchObject({ minutes: 120, relapses: [] });
  });

  it('end by the rule where no end is given, and by what comes after their start', () => {
    const windows = [makeWindow(null, '11:00'), makeWindow('14:00', null)];
    const { impact } = computeFacts(makeRecord({ ...lines, windows }), NOW);
    expect(impact.windows.map((window) => [window.from.at, window.to?.at])).toEqual([
      [at('10:00'), at('11:00')],
      [at('14:00'), at('16:00')],
    ]);
  });

  it('without an end stay open in an open incident', () => {
    const windows = [makeWindow('10:00', '11:00'), makeWindow('14:00', null)];
    const { impact } = computeFacts(makeRecord({ incident: open, ...lines, windows }), at('14:30'));
    expect(impact).toMatchObject({
      open: true,
      end: null,
      minutes: 90,
      windows: [{ minutes: 60 }, { minutes: 30, to: null }],
    });
  });

  it('with nothing after their start show the end that the rule gives, and 0 minutes', () => {
    const windows = [makeWindow('18:00', null)];
    const { impact } = computeFacts(makeRecord({ ...lines, windows }), NOW);
    expect(impact).toMatchObject({ start: { at: at('18:00') }, end: { at: at('11:00') }, minutes: 0 });
  });

  it('follow the entries that prove their ends', () => {
    const window = makeWindow('09:00', null, { fromEntryId: 'entry-1', toEntryId: 'entry-2' });
    const { impact } = computeFacts(makeRecord({ ...lines, windows: [window] }), NOW);
    expect([impact.start, impact.end]).toMatchObject([
      { at: at('10:00'), entryNumber: 1 },
      { at: at('11:00'), entryNumber: 2 },
    ]);
    const entries = lines.entries.map((entry) => ({ ...entry, retractedAt: NOW }));
    const gone = computeFacts(makeRecord({ ...lines, entries, windows: [window] }), NOW).impact;
    expect(gone.start).toMatchObject({ at: at('09:00'), entryNumber: null });
  });
});

describe('durations', () => {
  const names = (record: Parameters<typeof computeFacts>[0]) =>
    Object.fromEntries(computeFacts(record, NOW).durations.map((fact) => [fact.name, fact.minutes]));

  it('run from the impact’s start, and between the steps of the fix', () => {
    const record = makeRecord(
      makeTimeline(
        ['10:00', 'impact_started'],
        ['10:05', 'detected'],
        ['10:07', 'first_report'],
        ['10:20', 'escalated', 'incident_called'],
        ['11:00', 'root_cause_identified'],
        ['11:30', 'fix_created'],
        ['12:00', 'fix_merged', 'mitigated'],
        ['12:45', 'fix_released'],
        ['13:00', 'resolved'],
      ),
    );
    expect(names(record)).toEqual({
      time_to_detect: 5,
      time_to_report: 7,
      time_to_escalate: 20,
      time_to_call: 20,
      time_to_root_cause: 60,
      time_to_mitigate: 120,
      time_to_fix: 165,
      time_to_resolve: 180,
      fix_created_to_merged: 30,
      fix_merged_to_released: 45,
    });
  });

  it('leave out what nobody marked, what precedes the start, and a start that is the same mark', () => {
    expect(names(makeRecord(makeTimeline(['10:00', 'detected'], ['11:00', 'resolved'])))).toEqual({
      time_to_resolve: 60,
    });
    expect(names(makeRecord(makeTimeline(['10:00', 'detected'], ['11:00', 'impact_started'])))).toEqual({});
  });

  it('name an inferred end as such', () => {
    const record = makeRecord({
      ...makeTimeline(['10:00', 'impact_started'], ['11:00']),
      marks: [makeMark('impact_started', 1), makeMark('mitigated', 2, { provenance: 'inferred' })],
    });
    expect(computeFacts(record, NOW).durations).toMatchObject([
      { to: { label: 'Mitigated (inferred)' }, minutes: 60 },
    ]);
  });
});

describe('elapsed time', () => {
  it.each([
    ['midnight', '2026-03-10T23:50:00Z', '2026-03-11T00:10:00Z', 20],
    ['a leap day', '2028-02-28T23:00:00Z', '2028-03-01T01:00:00Z', 26 * 60],
    ['a change of clocks', '2026-03-08T01:30:00-05:00', '2026-03-08T03:30:00-04:00', 60],
    ['the clocks going back', '2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00', 60],
  ])('is absolute across %s', (_, from, to, minutes) => {
    const record = makeRecord({ entries: [makeEntry(1, from), makeEntry(2, to)] });
    expect(computeFacts(record, at('2030-01-01T00:00:00Z')).impact.minutes).toBe(minutes);
  });
});
