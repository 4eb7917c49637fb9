import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { stripText, timelineStrip } from '../../../src/web/page/strip.ts';
import { placeLabels } from '../../../src/web/page/strip-labels.ts';
import { axisTicks, timeScale } from '../../../src/web/page/strip-scale.ts';
import {
  at,
  makeEntry,
  makeIncident,
  makeMark,
  makeRecord,
  makeTimeline,
  makeWindow,
  readScenario,
  recordOf,
} from '../makers.ts';

const HOUR = 3_600_000;

describe('timeScale', () => {
  test('is to scale within half a day', () => {
    const scale = timeScale([at('12:00'), at('13:00'), at('22:00')], 0, 1000);
    expect(scale.x(at('12:00'))).toBe(0);
    expect(scale.x(at('13:00'))).toBeCloseTo(100);
    expect(scale.x(at('17:00'))).toBeCloseTo(500);
    expect(scale.x(at('22:00'))).toBeCloseTo(1000);
    expect(scale.breaks).toEqual([]);
  });

  test('shortens a silence that would press the rest together, and says how long it is', () => {
    const points = [0, 1, 3, 44].map((hours) => hours * HOUR);
    const scale = timeScale(points, 0, 1000);
    expect(scale.breaks).toEqual([{ from: 3 * HOUR, to: 44 * HOUR, minutes: 41 * 60 }]);
    expect(scale.x(3 * HOUR)).toBeGreaterThan(500);
  });

  test('keeps order and stays within its ends, whatever the instants', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10 * 24 * 60 }), { minLength: 1, maxLength: 20 }),
        (minutes) => {
          const points = minutes.map((each) => each * 60_000).sort((a, b) => a - b);
          const scale = timeScale(points, 8, 900);
          const drawn = points.map((each) => scale.x(each));
          for (const [index, x] of drawn.entries()) {
            expect(x).toBeGreaterThanOrEqual(8 - 1e-6);
            expect(x).toBeLessThanOrEqual(900 + 1e-6);
            if (index > 0) expect(x).toBeGreaterThanOrEqual((drawn[index - 1] ?? 0) - 1e-6);
          }
        },
      ),
    );
  });

  test('ticks are round UTC times, apart, and not in a shortened silence', () => {
    const points = [at('09:40'), at('10:00'), at('12:38'), at('12:38') + 41 * HOUR];
    const scale = timeScale(points, 0, 1000);
    const ticks = axisTicks(scale, points[0] ?? 0, points.at(-1) ?? 0, 70);
    expect(ticks.length).toBeGreaterThan(2);
    for (const [index, tick] of ticks.entries()) {
      expect(tick % 60_000).toBe(0);
      expect(tick > at('12:38') && tick < at('12:38') + 41 * HOUR).toBe(false);
      if (index > 0) expect(scale.x(tick) - scale.x(ticks[index - 1] ?? 0)).toBeGreaterThanOrEqual(70);
    }
  });

  test('a year of silence makes no million ticks', () => {
    const scale = timeScale([0, 60_000, 365 * 24 * HOUR], 0, 300);
    expect(axisTicks(scale, 0, 365 * 24 * HOUR, 70).length).toBeLessThan(10);
  });
});

describe('placeLabels', () => {
  const label = fc.record({ x: fc.integer({ min: 8, max: 350 }), width: fc.integer({ min: 20, max: 170 }) });

  test('no two labels overlap, and none leaves the picture that fits in it', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 12 }), (labels) => {
        const sorted = labels.sort((a, b) => a.x - b.x);
        const boxes = placeLabels(sorted, 358).map(({ lane, anchor }, index) => {
          const { x, width } = sorted[index] ?? { x: 0, width: 0 };
          return {
            lane,
            from: anchor === 'start' ? x : x - width,
            to: anchor === 'start' ? x + width : x,
            x,
            width,
          };
        });
        for (const [index, box] of boxes.entries()) {
          if (box.x + box.width <= 358 || box.x >= box.width) {
            expect(box.from).toBeGreaterThanOrEqual(0);
            expect(box.to).toBeLessThanOrEqual(358);
          }
          for (const other of boxes.slice(index + 1)) {
            expect(box.lane !== other.lane || other.from >= box.to || box.from >= other.to).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('where they have room, they share the first lane', () => {
    expect(
      placeLabels(
        [
          { x: 10, width: 50 },
          { x: 100, width: 50 },
          { x: 345, width: 50 },
        ],
        358,
      ).map(({ lane }) => lane),
    ).toEqual([0, 0, 0]);
  });
});

describe('timelineStrip', () => {
  const svgOf = (record: Parameters<typeof computeFacts>[0], now = at('18:00'), zone = 'UTC') =>
    timelineStrip(computeFacts(record, now), zone, now, 900, 'wide')?.markup ?? '';

  test('a band for each window, a tick for each line, a dot for each moment', () => {
    const svg = svgOf(
      makeRecord({
        ...makeTimeline(['12:00', 'detected'], ['13:00'], ['15:00', 'fix_released']),
        windows: [makeWindow('12:00', '12:30'), makeWindow('14:00', '15:00')],
      }),
    );
    expect(svg.match(/<rect class="impact"/g)).toHaveLength(2);
    expect(svg.match(/<line class="tick"/g)).toHaveLength(3);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    expect(svg).not.toMatch(/style=|NaN|undefined/);
  });

  test('an open impact is drawn to now; an inferred mark is drawn as such', () => {
    const record = makeRecord({
      incident: makeIncident({ status: 'monitoring' }),
      ...makeTimeline(['12:00', 'impact_started'], ['13:00', 'mitigated']),
    });
    record.marks = [...record.marks.slice(0, 1), makeMark('mitigated', 2, { provenance: 'inferred' })];
    const svg = svgOf(record, at('14:00'));
    expect(svg).toMatch(/<rect class="impact open" x="8\.0" y="\d+" width="884\.0"/);
    expect(svg).toContain('class="dot inferred"');
  });

  test('two moments of one minute share a dot and a label', () => {
    const svg = svgOf(recordOf(readScenario('2025-07-22-activity-log').scenario));
    expect(svg).toContain('Detected, root cause identified <tspan class="at">10:40</tspan>');
    expect(svg).toContain('40 h 52 min');
    expect(svg).toContain('Fix released <tspan class="at">24 Jul 06:30</tspan>');
  });

  test('one moment alone, and none at all', () => {
    expect(svgOf(makeRecord(makeTimeline(['12:00', 'detected'])))).toContain('Detected');
    expect(
      timelineStrip(computeFacts(makeRecord(), at('18:00')), 'UTC', at('18:00'), 900, 'wide'),
    ).toBeNull();
  });

  test('the same in words', () => {
    const facts = computeFacts(recordOf(readScenario('2025-09-24-admin-console').scenario), at('18:00'));
    expect(stripText(facts, 'UTC')).toBe(
      'Detected: 2025-09-24 02:27 UTC. Root cause identified: 03:00 UTC. Fix merged: 22:03 UTC. Fix released: 2025-09-25 17:03 UTC. Impact end: 17:16 UTC',
    );
  });

  test('the clock of a zone, with dates of its own, in the picture and in words', () => {
    const record = recordOf(readScenario('2025-09-24-admin-console').scenario);
    const svg = svgOf(record, at('18:00'), 'America/New_York');
    const rows = [...svg.matchAll(/<text class="axis" x="[\d.]+" y="(\d+)"[^>]*>([^<]*)/g)];
    const [utc, local] = ['14', '28'].map((y) =>
      rows.filter(([, at]) => at === y).map(([, , label]) => label),
    );
    expect(utc?.slice(0, 4)).toEqual(['24 Sep 02:30', '03:00', '03:30', '04:00']);
    expect(local?.slice(0, 4)).toEqual(['23 Sep 22:30', '23:00', '23:30', '24 Sep 00:00']);
    expect(stripText(computeFacts(record, at('18:00')), 'America/New_York')).toContain(
      'Detected: 2025-09-24 02:27 UTC (23 Sep 22:27 EDT). Root cause identified: 03:00 UTC (23 Sep 23:00 EDT).',
    );
  });

  test('labels that would touch are left out, and a changed clock is named', () => {
    const svg = (record: Parameters<typeof computeFacts>[0], zone: string) =>
      timelineStrip(computeFacts(record, now), zone, now, 358, 'narrow')?.markup ?? '';
    const now = at('18:00');
    const night = svg(makeRecord(makeTimeline(['14:30', 'detected'], ['16:35', 'mitigated'])), 'Asia/Tokyo');
    const boxes = [
      ...night.matchAll(/<text class="axis" x="([\d.]+)" y="28" text-anchor="(\w+)">([^<]*)/g),
    ].map(([, x, anchor, label = '']) => {
      const length = label.length * 6;
      const from = Number(x) - (anchor === 'start' ? 0 : anchor === 'end' ? length : length / 2);
      return { from, to: from + length };
    });
    expect(boxes.length).toBeGreaterThan(1);
    for (const [index, box] of boxes.entries()) expect(box.from).toBeGreaterThan(boxes[index - 1]?.to ?? -1);
    const autumn = makeRecord({
      entries: [0, 1, 2, 3].map((hour) =>
        makeEntry(hour + 1, '12:00', { occurredAt: Date.parse('2026-10-25T00:00Z') + hour * 3_600_000 }),
      ),
    });
    expect(timelineStrip(computeFacts(autumn, now), 'Europe/Berlin', now, 900, 'wide')?.markup).toMatch(
      />25 Oct 02:00<[\s\S]*>02:00 CET</,
    );
  });

  test('a zone whose clock shows UTC all along has no row of its own', () => {
    const record = makeRecord(makeTimeline(['12:00', 'detected'], ['13:00', 'mitigated']));
    const rowsOf = (zone: string) =>
      new Set(
        svgOf(record, at('18:00'), zone)
          .match(/class="axis" x="[\d.]+" y="\d+"/g)
          ?.map((row) => row.slice(-3)),
      );
    expect(rowsOf('Africa/Accra').size).toBe(1);
    expect(rowsOf('Asia/Tokyo').size).toBe(2);
  });
});
