import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario, parseScenario, ScenarioError } from '../../src/demo/scenario.ts';

const SCENARIOS = join(import.meta.dirname, '..', 'scenarios');

const good = () => ({
  title: 'Checkout fails',
  severity: 'SEV2',
  timezone: 'Europe/Berlin',
  services: ['Checkout'],
  regions: [],
  affectedCustomers: null,
  entries: [
    { at: '2025-09-23T19:18:00+02:00', text: 'Release', milestones: ['impact_started'], via: 'command' },
    { at: '2025-09-23T19:18:30+02:00', text: 'Seen', milestones: [], via: 'reaction' },
  ],
  contributingFactors: [],
  actionItems: ['Test it'],
});

// biome-ignore lint/suspicious/noExplicitAny: each test breaks what it likes
function faults(change: (scenario: any) => unknown): string {
  const scenario = good();
  change(scenario);
  try {
    parseScenario('x.json', JSON.stringify(scenario));
  } catch (error) {
    expect(error).toBeInstanceOf(ScenarioError);
    return (error as Error).message;
  }
  return 'no fault';
}

describe('loadScenario', () => {
  test.each(readdirSync(SCENARIOS).filter((name) => name.endsWith('.json')))('reads %s', (name) => {
    const scenario = loadScenario(join(SCENARIOS, name));
    expect(scenario.entries.length).toBeGreaterThan(3);
    expect(scenario.title).not.toBe('');
  });

  test('a file that is not there, and one that is no JSON', () => {
    expect(() => loadScenario('/nowhere/x.json')).toThrow(
      /^\/nowhere\/x\.json is no scenario.*\n {2}- it cannot be read: ENOENT/,
    );
    expect(() => parseScenario('x.json', '{"title": ')).toThrow(/it is not JSON/);
    expect(() => parseScenario('x.json', '[]')).toThrow(/\(file\): /);
  });

  test('times are instants, whatever their offset; unknown fields are ignored; lists may be left out', () => {
    const { regions: _, ...scenario } = {
      ...good(),
      note: 'extra',
      entries: [{ ...good().entries[0], extra: 1 }],
    };
    const read = parseScenario('x.json', JSON.stringify(scenario));
    expect(read.entries[0]).toEqual({
      at: Date.UTC(2025, 8, 23, 17, 18),
      text: 'Release',
      milestones: ['impact_started'],
      via: 'command',
    });
    expect(read).toMatchObject({ regions: [], impact: [] });
    expect(read).not.toHaveProperty('note');
  });
});

describe('a malformed scenario is refused with place and reason', () => {
  test.each<[string, (scenario: ReturnType<typeof good> & Record<string, unknown>) => unknown, string]>([
    [
      'time without offset',
      (s) => (s.entries[1] = { ...s.entries[1], at: '2025-09-23T19:18:30' } as never),
      'entries[1].at: must be a time with its UTC offset',
    ],
    [
      'day that does not exist',
      (s) => (s.entries[1] = { ...s.entries[1], at: '2025-02-30T10:00:00Z' } as never),
      'entries[1].at: is no time that exists',
    ],
    ['out of order', (s) => s.entries.reverse(), 'entries[1].at: is earlier than the entry before'],
    [
      'unknown milestone',
      (s) => s.entries[0]?.milestones.push('panicked'),
      'entries[0].milestones[1]: must be one of impact_started',
    ],
    [
      'milestone twice',
      (s) => s.entries[1]?.milestones.push('impact_started' as never),
      'entries[1].milestones: impact_started stands at entries[0] already',
    ],
    ['bad zone', (s) => (s.timezone = 'Mars/Base'), 'timezone: must be an IANA zone'],
    ['bad severity', (s) => (s.severity = 'high'), 'severity: must be one of SEV1'],
    [
      'bad via',
      (s) => (s.entries[0] = { ...s.entries[0], via: 'telepathy' } as never),
      'entries[0].via: must be command, reaction or shortcut',
    ],
    ['no entries', (s) => (s.entries = []), 'entries: must have at least one entry'],
    [
      'empty text',
      (s) => (s.entries[0] = { ...s.entries[0], text: ' ' } as never),
      'entries[0].text: must not be empty',
    ],
    [
      'impact that ends first',
      (s) => (s.impact = [{ from: '2025-09-23T19:00:00Z', to: '2025-09-23T18:00:00Z' }]),
      'impact[0].to: must not end before it begins',
    ],
    ['title missing', (s) => delete (s as Record<string, unknown>).title, 'title: '],
  ])('%s', (_, change, expected) => {
    const message = faults(change);
    expect(message).toContain('x.json is no scenario that can be replayed:');
    expect(message).toContain(`  - ${expected}`);
  });

  test('all faults at once', () => {
    const message = faults((scenario) => {
      scenario.timezone = 'x';
      scenario.severity = 'y';
      scenario.entries[0].at = 'z';
    });
    expect(message.match(/^ {2}- /gm)).toHaveLength(3);
  });
});
