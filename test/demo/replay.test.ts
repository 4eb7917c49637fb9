import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/demo/replay.ts';
import { loadScenario, parseScenario } from '../../src/demo/scenario.ts';
import { useWorkspace } from '../support/workspace.ts';

const SCENARIOS = join(import.meta.dirname, '..', 'scenarios');
const names = readdirSync(SCENARIOS).filter((name) => name.endsWith('.json'));

const space = useWorkspace({ people: {} });
const log = () => {};

describe('replay', () => {
  test.each(names)('%s gives exactly the expected figures', async (name) => {
    const scenario = loadScenario(join(SCENARIOS, name));
    const { draft } = await replay({ scenario, gateway: space.gateway, log });
    const expected = JSON.parse(readFileSync(join(SCENARIOS, 'expected', name), 'utf8'));
    expect(JSON.parse(draft.json)).toMatchObject(expected);
    for (const entry of scenario.entries) expect(draft.markdown).toContain(entry.text);
    expect(draft.html).toContain('<!doctype html>');
  });

  test('clock changes, seconds and awkward texts survive all three ways', async () => {
    const long = `Long ${'lorem ipsum dolor '.repeat(500)}end of the long text`;
    const entry = (at: string, via: string, text: string, ...milestones: string[]) => ({
      at,
      via,
      text,
      milestones,
    });
    const scenario = parseScenario(
      'awkward.json',
      JSON.stringify({
        title: 'Private beta: "checkout" <fails> & logs out @everyone at 5pm',
        severity: 'SEV4',
        timezone: 'America/New_York',
        services: ['Billing, "EU"', 'API'],
        regions: ['USA, East', 'ישראל'],
        affectedCustomers: 'API: about 20 < 30 & rising',
        summary: 'First line.\n\n- a list\n- with `code` and *stars*\n> a quote @ana <@U1>',
        impact: [
          { from: '2025-11-02T01:30:00-04:00', to: '2025-11-02T01:30:00-05:00' },
          { from: '2025-11-02T03:00:00-05:00', to: '2025-11-02T03:10:30-05:00' },
        ],
        entries: [
          entry(
            '2025-11-02T01:30:00-04:00',
            'command',
            'UTC clocks drift, 14:05 seen',
            'impact_started',
            'detected',
          ),
          entry(
            '2025-11-02T01:30:20-04:00',
            'reaction',
            '5xx at 12:30: "quoted" <b> & @here :boom:',
            'first_report',
            'escalated',
          ),
          entry(
            '2025-11-02T01:30:40-04:00',
            'shortcut',
            'שרת נפל 🚀\nsecond line\n```code <x>```',
            'incident_called',
          ),
          entry(
            '2025-11-02T01:30:00-05:00',
            'command',
            '- starts like a list\n2nd line https://example.org/a?b=1&c=2',
          ),
          entry(
            '2025-11-02T01:30:00-05:00',
            'reaction',
            'The same minute, the second time around',
            'mitigated',
          ),
          entry('2025-11-02T01:45:10-05:00', 'shortcut', long, 'fix_released'),
          entry('2025-11-02T02:00:00-05:00', 'command', long.toUpperCase()),
          entry('2025-11-02T02:10:00-05:00', 'reaction', 'x'.repeat(3500)),
          entry(
            '2025-11-02T03:10:30-05:00',
            'command',
            '2025-01-01 00:00 is what the clock showed',
            'resolved',
          ),
        ],
        contributingFactors: ['INC-1 was the same', 'due 2025-10-01'],
        actionItems: ['"Quote" it, and 100% @bo tests'],
      }),
    );
    const { draft } = await replay({ scenario, gateway: space.gateway, log });
    const json = JSON.parse(draft.json);
    expect(json).toMatchObject({
      impactStart: '2025-11-02T05:30Z',
      impactEnd: '2025-11-02T08:10Z',
      impactMinutes: 70,
      timeline: [
        '2025-11-02T05:30Z',
        '2025-11-02T05:30Z',
        '2025-11-02T05:30Z',
        '2025-11-02T06:30Z',
        '2025-11-02T06:30Z',
        '2025-11-02T06:45Z',
        '2025-11-02T07:00Z',
        '2025-11-02T07:10Z',
        '2025-11-02T08:10Z',
      ],
      minutesSincePrevious: [null, 0, 0, 60, 0, 15, 15, 10, 60],
      milestones: {
        impact_started: { at: '2025-11-02T05:30Z', minutesFromStart: 0 },
        detected: { at: '2025-11-02T05:30Z', minutesFromStart: 0 },
        first_report: { at: '2025-11-02T05:30Z', minutesFromStart: 0 },
        escalated: { at: '2025-11-02T05:30Z', minutesFromStart: 0 },
        incident_called: { at: '2025-11-02T05:30Z', minutesFromStart: 0 },
        mitigated: { at: '2025-11-02T06:30Z', minutesFromStart: 60 },
        fix_released: { at: '2025-11-02T06:45Z', minutesFromStart: 75 },
        resolved: { at: '2025-11-02T08:10Z', minutesFromStart: 160 },
      },
    });
    const texts = json.lines.map(({ text }: { text: string }) => text);
    expect(texts).toEqual([
      'UTC clocks drift, 14:05 seen',
      '5xx at 12:30: "quoted" <b> & @here 💥',
      'שרת נפל 🚀\nsecond line\ncode <x>',
      '• starts like a list\n2nd line https://example.org/a?b=1&c=2',
      'The same minute, the second time around',
      long,
      long.toUpperCase(),
      'x'.repeat(3500),
      '2025-01-01 00:00 is what the clock showed',
    ]);
    expect(json).toMatchObject({
      title: 'Private beta: "checkout" <fails> & logs out @everyone at 5pm',
      severity: 'SEV4',
      services: ["Billing, 'EU'", 'API'],
      regions: ['USA, East', 'ישראל'],
    });
    for (const part of ['INC-1 was the same', 'due 2025-10-01', 'tests', 'about 20 \\< 30 & rising']) {
      expect(draft.markdown).toContain(part);
    }
  });
});
