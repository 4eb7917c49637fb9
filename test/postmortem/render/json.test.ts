import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { buildDraft } from '../../../src/postmortem/document.ts';
import type { Publication } from '../../../src/postmortem/document-types.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { buildPostmortem, postmortemJson } from '../../../src/postmortem/postmortem.ts';
import { toJson } from '../../../src/postmortem/render/json.ts';
import { publishedSchema } from '../../../src/postmortem/render/json-schema.ts';
import { contradictedFigures } from '../../../src/postmortem/support.ts';
import {
  at,
  makeIncident,
  makeRecord,
  makeTimeline,
  makeWindow,
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
      toJson({
        record,
        facts,
        draft,
        checks: [],
        contradictedFigures: figures,
        zone,
        publication,
        corrected: null,
      }),
    ),
  );
}

describe('the published schema', () => {
  const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
    publishedSchema(),
  );
  const faults = (json: object): string[] => {
    valid(JSON.parse(JSON.stringify(json)));
    return (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const full = () => {
    const { scenario } = readScenario('2025-09-24-admin-console');
    const record = recordOf(scenario);
    const entries = record.entries.map((one) => ({
      ...one,
      movedFrom: 'INC-7 #3',
      permalink: 'https://a.b/c',
    }));
    const facts = computeFacts(record, at('18:00'));
    const unfinished = [{ number: 2, text: 'Alert', ownerId: null, due: '2026-04-01' }];
    const said = { facts: computeFacts(makeRecord(), at('18:00')), sections: [] };
    const since = [{ section: null, by: 'U1', at: at('17:30') }];
    const publication = { at: at('17:00'), by: 'U1', unfinished, version: 3, frozen: said, since };
    const edit = { version: 1, facts, by: 'U1', at: at('17:00') };
    const edits = [{ ...edit, section: 'impact' as const, base: 'Was.', text: 'Is.' }];
    return postmortemJson(
      buildPostmortem(
        { record: { ...record, entries }, edits, dismissals: [], publication },
        at('18:00'),
        'https://debrief.example.com/postmortems/1',
      ),
    );
  };

  test.each(SCENARIO_NAMES)('%s follows it', (name) => {
    const record = recordOf(readScenario(name).scenario);
    const postmortem = buildPostmortem({ record, edits: [], dismissals: [] }, at('18:00'));
    expect(faults(postmortemJson(postmortem))).toEqual([]);
  });

  test('a published draft with edits, conflicts, checks and everything else follows it; an open one too', () => {
    const json = full();
    expect(json.checks).not.toEqual([]);
    expect(json.sections.find(({ key }) => key === 'impact')?.conflicts).not.toEqual([]);
    expect(faults(json)).toEqual([]);
    const open = makeRecord({
      incident: makeIncident({ status: 'investigating', tracker: 'https://t.example/7' }),
      ...makeTimeline(['12:00']),
    });
    expect(jsonOf(open).tracker).toBe('https://t.example/7');
    for (const record of [open, makeRecord()]) expect(faults(jsonOf(record))).toEqual([]);
  });

  test('a field that it does not describe is a fault, wherever it stands, and so is one that is missing', () => {
    const objects = (value: unknown): Record<string, unknown>[] => {
      if (typeof value !== 'object' || value === null) return [];
      const inner = Object.values(value).flatMap(objects);
      return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
    };
    const json = JSON.parse(JSON.stringify(full()));
    expect(objects(json).length).toBeGreaterThan(50);
    for (const one of objects(json)) {
      one.invented = 1;
      expect(faults(json)).not.toEqual([]);
      delete one.invented;
      const [first] = Object.keys(one);
      // A milestone may be absent.
      if (one === json.milestones || first === undefined) continue;
      const kept = one[first];
      delete one[first];
      expect(faults(json)).not.toEqual([]);
      one[first] = kept;
    }
    expect(faults(json)).toEqual([]);
  });
});

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
    const json = jsonOf(moved, 'UTC', {
      at: at('17:00'),
      by: 'U1',
      unfinished,
      version: 3,
      frozen: null,
      since: [],
    });
    expect(json.published).toEqual({
      version: 3,
      at: '2026-03-10T17:00Z',
      by: 'Ana',
      unfinished: [{ number: 2, text: 'Alert on <5xx>', owner: 'Ana', due: null }],
      corrected: { figures: [], by: [], sections: [] },
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
      from: { at: '2025-09-23T17:18Z', precision: 'exact', label: 'Impact started', line: 1 },
      to: { at: '2025-09-23T19:53Z', precision: 'exact', label: 'First report', line: 2 },
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

  test('"about" and "by" stay with every end, of windows that were given, too', () => {
    const record = makeRecord({
      ...makeTimeline(['12:00'], ['12:30', 'detected']),
      windows: [makeWindow('12:00', '13:00', { fromPrecision: 'about', toPrecision: 'by' })],
    });
    record.entries = record.entries.map((one) => ({ ...one, precision: 'about' as const }));
    const json = jsonOf(record);
    expect(json.impactWindows).toMatchObject([{ from: { precision: 'about' }, to: { precision: 'by' } }]);
    expect(json.durations).toMatchObject([{ name: 'time_to_detect', to: { precision: 'about' } }]);
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
