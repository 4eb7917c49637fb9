import { describe, expect, test } from 'vitest';
import { buildDraft } from '../../../src/postmortem/document.ts';
import type { Publication } from '../../../src/postmortem/document-types.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { toJson } from '../../../src/postmortem/render/json.ts';
import { contradictedFigures } from '../../../src/postmortem/support.ts';
import {
  at,
  makeIncident,
  makeRecord,
  makeTimeline,
  readScenario,
  recordOf,
  SCENARIO_NAMES,
} from '../makers.ts';

function jsonOf(
  record: Parameters<typeof computeFacts>[0],
  zone = 'UTC',
  publication: Publication | null = null,
) {
  const facts = computeFacts(record, at('18:00'));
  const draft = buildDraft(record, facts, { zone });
  const figures = contradictedFigures(record.incident.summary, facts, zone);
  return JSON.parse(
    JSON.stringify(
      toJson({ record, facts, draft, checks: [], contradictedFigures: figures, zone, publication }),
    ),
  );
}

describe('toJson', () => {
  test.each(SCENARIO_NAMES)('%s gives every expected field', (name) => {
    const { scenario, expected } = readScenario(name);
    const json = jsonOf(recordOf(scenario));
    const milestones = Object.entries(
      json.milestones as Record<string, { at: string; minutesFromStart: number }>,
    );
    expect({
      impactStart: json.impactStart,
      impactEnd: json.impactEnd,
      impactMinutes: json.impactMinutes,
      timeline: json.timeline,
      minutesSincePrevious: json.minutesSincePrevious,
      milestones: Object.fromEntries(
        milestones.map(([key, { at: when, minutesFromStart }]) => [key, { at: when, minutesFromStart }]),
      ),
      contradictedFigures: json.contradictedFigures,
    }).toEqual(expected);
  });

  test('says when it was published and what was unfinished then, and where a moved line came from', () => {
    const record = makeRecord({ ...makeTimeline(['12:00', 'detected']), people: { U1: 'Ana' } });
    const moved = { ...record, entries: record.entries.map((one) => ({ ...one, movedFrom: 'INC-7 #3' })) };
    const unfinished = [{ number: 2, text: 'Alert on &lt;5xx&gt;', ownerId: 'U1', due: null }];
    const json = jsonOf(moved, 'UTC', { at: at('17:00'), by: 'U1', unfinished });
    expect(json.published).toEqual({
      at: '2026-03-10T17:00Z',
      by: 'Ana',
      unfinished: [{ number: 2, text: 'Alert on <5xx>', owner: 'Ana', due: null }],
    });
    expect(json.lines[0].movedFrom).toBe('INC-7 #3');
    expect(jsonOf(record).published).toBeNull();
  });

  test('names the ends of durations and the proof of lines', () => {
    const json = jsonOf(recordOf(readScenario('2025-09-23-provisioning-invites').scenario));
    expect(json.durations[0]).toEqual({
      name: 'time_to_report',
      label: 'Time to first report',
      minutes: 155,
      from: { at: '2025-09-23T17:18Z', label: 'Impact started', line: 1 },
      to: { at: '2025-09-23T19:53Z', label: 'First report', line: 2 },
    });
    expect(json.lines[1]).toMatchObject({
      number: 2,
      at: '2025-09-23T19:53Z',
      text: 'First customer report',
      source: 'reaction',
      precision: 'exact',
    });
    expect(json.sections).toHaveLength(14);
  });

  test('an open impact has no end', () => {
    const record = makeRecord({
      incident: makeIncident({ status: 'investigating' }),
      ...makeTimeline(['12:00', 'impact_started']),
    });
    expect(jsonOf(record)).toMatchObject({
      impactStart: '2026-03-10T12:00Z',
      impactEnd: null,
      impactMinutes: 360,
    });
  });

  test('an incident without anything has nulls and empty lists', () => {
    expect(jsonOf(makeRecord())).toMatchObject({
      impactStart: null,
      impactEnd: null,
      impactMinutes: null,
      timeline: [],
      milestones: {},
      durations: [],
    });
  });
});
