import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import type { IncidentRecord } from '../../src/incident/types.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { narrative } from '../../src/postmortem/narrative.ts';
import { at, makeEntry, makeMark, makeRecord, makeTimeline, readScenario, recordOf } from './makers.ts';

const tell = (record: IncidentRecord) => narrative(record, computeFacts(record, at('23:30')));
const sentences = (record: IncidentRecord) => tell(record).map(({ nodes }) => textOf(nodes));

describe('narrative', () => {
  test('the sentences of a real incident, each with the line that proves it', () => {
    const { scenario } = readScenario('2025-09-23-provisioning-invites');
    const starters = tell(recordOf(scenario));
    expect(starters.map(({ nodes }) => textOf(nodes))).toEqual([
      'Impact started at 17:18 UTC on 23 September 2025: “Release with the defect” (#1).',
      'First reported at 19:53 UTC, 2 h 35 min after impact started: “First customer report” (#2).',
      'Escalated at 20:49 UTC, 3 h 31 min after impact started: “Escalated to developer teams” (#3).',
      'Incident called at 21:01 UTC, 3 h 43 min after impact started (#4).',
      'Root cause identified at 22:02 UTC, 4 h 44 min after impact started (#5).',
      'Fix created at 22:29 UTC, 5 h 11 min after impact started: “Fix created, testing started” (#6).',
      'Fix merged at 23:49 UTC, 6 h 31 min after impact started (#7).',
      'Fix released at 00:46 UTC on 24 September 2025, 7 h 28 min after impact started: “Fix released, service restored” (#8).',
    ]);
    expect(starters.map(({ entryNumbers }) => entryNumbers)).toEqual([
      [1],
      [2],
      [3],
      [4],
      [5],
      [6],
      [7],
      [8],
    ]);
  });

  test('a sign before the impact is said to be before it', () => {
    const { scenario } = readScenario('2025-08-05-sign-in');
    expect(sentences(recordOf(scenario))[0]).toContain(
      'Detected at 18:20 UTC on 5 August 2025, 1 h 57 min before impact started',
    );
  });

  test('two milestones of one line are one sentence, and the start by rule says what it is', () => {
    const { scenario } = readScenario('2025-07-22-activity-log');
    expect(sentences(recordOf(scenario))[0]).toContain(
      'Detected and root cause identified at 10:40 UTC on 22 July 2025, from which the impact is counted',
    );
  });

  test('a person is named where the marked message is the report itself, and nowhere else', () => {
    const people = { U1: 'Ana', U2: 'Bo' };
    const entries = [makeEntry(1, '12:00'), makeEntry(2, '12:30', { authorId: 'U2', text: 'It is down' })];
    const marks = (provenance: 'observed' | 'asserted') => [
      makeMark('impact_started', 1),
      makeMark('first_report', 2, { provenance }),
    ];
    expect(sentences(makeRecord({ people, entries, marks: marks('observed') }))[1]).toBe(
      'First reported by Bo at 12:30 UTC, 30 min after impact started: “It is down” (#2).',
    );
    expect(sentences(makeRecord({ people, entries, marks: marks('asserted') }))[1]).toMatch(
      /^First reported at 12:30/,
    );
  });

  test('what is inferred or imprecise says so', () => {
    const entries = [
      makeEntry(1, '12:00', { precision: 'about' }),
      makeEntry(2, '12:30', { precision: 'by', text: '' }),
    ];
    const marks = [makeMark('impact_started', 1), makeMark('mitigated', 2, { provenance: 'inferred' })];
    expect(sentences(makeRecord({ entries, marks }))).toEqual([
      'Impact started at about 12:00 UTC on 10 March 2026: “Entry 1” (#1).',
      'Mitigated by 12:30 UTC, 30 min after impact started (inferred, not confirmed) (#2).',
    ]);
  });

  test('long words are shortened, references read as names', () => {
    const [first] = sentences(
      makeRecord({
        people: { U1: 'Ana' },
        entries: [makeEntry(1, '12:00', { text: `<@U1> ${'saw it '.repeat(60)}` })],
        marks: [makeMark('detected', 1)],
      }),
    );
    expect(first).toMatch(/“Ana saw it .*…” \(#1\)\.$/);
    expect(first?.length).toBeLessThan(300);
  });

  test('lines without milestones tell nothing, nor does an empty incident', () => {
    expect(tell(makeRecord(makeTimeline(['12:00'], ['13:00'])))).toEqual([]);
    expect(tell(makeRecord())).toEqual([]);
  });
});
