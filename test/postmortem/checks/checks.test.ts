import { describe, expect, it } from 'vitest';
import type { IncidentRecord } from '../../../src/incident/types.ts';
import { MOST_CHECKS, runChecks } from '../../../src/postmortem/checks/run.ts';
import { CHECK_SEVERITIES, type Check, type CheckName } from '../../../src/postmortem/checks/types.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import {
  at,
  makeAction,
  makeEntry,
  makeIncident,
  makeMark,
  makeRecord,
  makeTimeline,
  makeWindow,
  readScenario,
  recordOf,
  SCENARIO_NAMES,
} from '../makers.ts';

const NOW = at('2026-04-01T00:00:00Z');

const run = (record: IncidentRecord, text = '', zone = 'UTC'): Check[] =>
  runChecks(record, computeFacts(record, NOW), [{ section: 'summary', text }], NOW, zone);
const named = (name: CheckName, record: IncidentRecord, text = '', zone = 'UTC') =>
  run(record, text, zone).filter((check) => check.name === name);

/** Nothing to complain of. */
const sound = makeRecord({
  ...makeTimeline(
    ['10:00', 'impact_started'],
    ['10:05', 'detected', 'incident_called'],
    ['11:00', 'root_cause_identified'],
    ['12:00', 'fix_released'],
    ['12:30', 'resolved'],
  ),
  customers: [{ service: null, text: '515 (approximate)' }],
  actions: [makeAction(1, { ownerId: 'U1', due: '2026-04-30' })],
});

describe('a sound draft', () => {
  it('has no checks', () => {
    expect(run(sound, 'Impact lasted 2 h 30 min, from 10:00 to 12:30 UTC on Mar 10.')).toEqual([]);
  });
});

describe('figure', () => {
  it('names the nearest interval, with both ends and their lines', () => {
    expect(named('figure', sound, 'A restart took 57 minutes.')).toEqual([
      {
        name: 'figure',
        severity: 'error',
        message:
          '“57 minutes”: no two moments of the timeline are that far apart. Nearest: 55 min, from detected (2026-03-10 10:05 UTC, #2) to root cause identified (2026-03-10 11:00 UTC, #3).',
        entryNumbers: [2, 3],
        section: 'summary',
        excerpt: '57 minutes',
        index: 15,
        key: 'figure:summary:57 minutes',
      },
    ]);
  });

  it('says to what the figure is rounded', () => {
    expect(named('figure', sound, 'A restart took 9 hours.')).toMatchObject([
      { message: expect.stringContaining('that far apart, rounded to an hour.') },
    ]);
  });

  it.each([
    ['over 9 hours', '9 h to 10 h apart.'],
    ['within 9 hours', '8 h to 9 h apart.'],
    ['9–10 hours', '9 h to 10 h apart.'],
  ])('says what was looked for in %j', (prose, words) => {
    expect(named('figure', sound, `It took ${prose}.`)[0]?.message).toContain(words);
  });

  it('names the nearest clock time, and a right time on a wrong date', () => {
    expect(named('figure', sound, 'A restart ended at 11:03.', 'Europe/Berlin')).toMatchObject([
      {
        message:
          '“11:03”: no line and no end of the impact shows that time in UTC or Europe/Berlin, nor are two moments that far apart. Nearest: detected (2026-03-10 10:05 UTC, #2), which is Tue 10 Mar 2026 11:05 CET.',
        entryNumbers: [2],
      },
    ]);
    expect(named('figure', sound, 'A restart on Mar 11 at 11:00 UTC.')).toMatchObject([
      {
        message: expect.stringContaining(
          'on that date in UTC. That time is root cause identified (2026-03-10 11:00',
        ),
      },
    ]);
  });

  it('has nothing near in an empty timeline', () => {
    const checks = named('figure', makeRecord(), 'It took 5 minutes, to 14:05.');
    expect(checks.map(({ entryNumbers }) => entryNumbers)).toEqual([[], []]);
  });

  it('gives way to a claim about the same words, which is then an error', () => {
    const checks = run(sound, 'Sign-in was down for 7 hours');
    expect(checks.map(({ name, severity }) => [name, severity])).toEqual([['claim', 'error']]);
  });

  it('has a key for each repeat that stays when other words change', () => {
    const keys = named('figure', sound, 'First 57 minutes, then 57 minutes.').map(({ key }) => key);
    expect(keys).toEqual(['figure:summary:57 minutes', 'figure:summary:57 minutes:2']);
    expect(named('figure', sound, 'At last 57 minutes.')[0]?.key).toBe('figure:summary:57 minutes');
  });

  it.each(SCENARIO_NAMES)('or claim marks exactly the contradicted figures of %s', (name) => {
    const { scenario, expected } = readScenario(name);
    const checks = run(recordOf(scenario), scenario.summary, scenario.timezone);
    const marked = checks.filter((check) => check.name === 'figure' || check.name === 'claim');
    expect(marked.map(({ excerpt }) => excerpt)).toEqual(expected.contradictedFigures);
  });
});

describe('date', () => {
  it.each([
    'It began on March 11th.',
    'On 2026-03-09 it began.',
    'It was 10 March 2025.',
    'Deployed on Wednesday, March 10.',
  ])('complains of %j', (prose) => {
    expect(named('date', sound, prose)).toMatchObject([{ severity: 'warning', section: 'summary' }]);
  });

  it.each([
    'It began on March 10th.',
    'On Tue, 10 March 2026 it began.',
    'It began on 10 March at 10:00.',
    'A wrong time on 10 March at 10:01 is a figure.',
    'We shall deploy on April 30.',
    'We shall deploy on 2026-12-01.',
    'In March 2024 the code was written.',
  ])('has nothing against %j', (prose) => {
    expect(named('date', sound, prose)).toEqual([]);
  });

  it('counts the days between the ends of a long impact, and the dates of the incident’s zone', () => {
    const long = makeRecord({ windows: [makeWindow('2026-03-10T23:30:00Z', '2026-03-14T12:00:00Z')] });
    expect(named('date', long, 'Still down on March 12 and on March 15.')).toMatchObject([
      { excerpt: 'March 15' },
    ]);
    const night = makeRecord(makeTimeline(['23:30'], ['23:50']));
    expect(named('date', night, 'On March 11', 'Europe/Berlin')).toEqual([]);
    expect(named('date', night, 'On March 11')).toHaveLength(1);
  });
});

describe('end-before-start', () => {
  it('names both ends of a window by the rule, and mends the end’s line', () => {
    const record = makeRecord(makeTimeline(['12:00', 'resolved'], ['13:00', 'impact_started']));
    expect(named('end-before-start', record)).toMatchObject([
      {
        severity: 'error',
        message:
          'The impact ends before it starts: from impact started (2026-03-10 13:00 UTC, #2) to resolved (2026-03-10 12:00 UTC, #1). It counts 0 minutes until one of them is corrected.',
        entryNumbers: [2, 1],
        fix: { kind: 'set-time', entryNumber: 1 },
      },
    ]);
  });

  it('names a window given by hand', () => {
    const windows = [makeWindow('10:00', '11:00'), makeWindow('13:00', '12:00', { id: 'w2' })];
    expect(named('end-before-start', makeRecord({ windows }))).toMatchObject([
      { entryNumbers: [], fix: { kind: 'edit-window', windowId: 'w2' }, key: 'end-before-start:w2' },
    ]);
  });

  it('names a resolution before the last window', () => {
    const windows = [makeWindow('10:00', '12:30'), makeWindow('14:00', '15:00')];
    expect(named('end-before-start', { ...sound, windows })).toMatchObject([
      {
        severity: 'warning',
        message: expect.stringContaining('An impact starts after the incident was resolved'),
      },
    ]);
  });
});

describe('milestone-order', () => {
  it('names what stands the wrong way round, once for each pair', () => {
    const record = makeRecord(
      makeTimeline(
        ['10:00', 'detected'],
        ['10:30', 'impact_started'],
        ['11:00', 'fix_merged'],
        ['11:30', 'fix_created'],
      ),
    );
    expect(named('milestone-order', record).map(({ key, entryNumbers }) => [key, entryNumbers])).toEqual([
      ['milestone-order:impact_started:detected', [1, 2]],
      ['milestone-order:fix_created:fix_merged', [3, 4]],
    ]);
    expect(named('milestone-order', record)[0]?.message).toBe(
      'Detected stands before impact started, which usually comes first: detected (2026-03-10 10:00 UTC, #1), impact started (2026-03-10 10:30 UTC, #2).',
    );
  });

  it('has nothing against one moment for several, nor against mitigation before the fix', () => {
    const record = makeRecord(
      makeTimeline(
        ['10:00', 'impact_started', 'detected'],
        ['10:30', 'mitigated'],
        ['11:00', 'fix_created', 'fix_released'],
      ),
    );
    expect(named('milestone-order', record)).toEqual([]);
  });
});

describe('resolved without', () => {
  const bare = makeRecord(makeTimeline(['10:00', 'impact_started'], ['11:00', 'resolved']));

  it('a root cause or a fix', () => {
    expect(named('resolved-without-root-cause', bare)).toHaveLength(1);
    expect(named('resolved-without-fix', bare)).toHaveLength(1);
    const described = { ...bare, sections: { 'root-cause': 'A bad setting.' } };
    expect(named('resolved-without-root-cause', described)[0]?.message).toContain('no line is marked');
  });

  it.each(['monitoring', 'merged', 'canceled'] as const)('is no matter while it is %s', (status) => {
    const record = { ...bare, incident: makeIncident({ status }) };
    expect(run(record).filter(({ name }) => name.startsWith('resolved-without'))).toEqual([]);
  });
});

describe('far-outside-impact', () => {
  it('names each line half a day off', () => {
    const entries = [
      ...sound.entries,
      makeEntry(8, '2026-03-09T22:00:00Z'),
      makeEntry(9, '2026-03-11T00:29:00Z'),
    ];
    expect(named('far-outside-impact', { ...sound, entries })).toMatchObject([
      {
        message:
          '#8 “Entry 8” at 2026-03-09 22:00 UTC is 12 h before impact started (2026-03-10 10:00 UTC, #1). Is its date right?',
        fix: { kind: 'set-time', entryNumber: 8 },
      },
    ]);
  });

  it('makes one of many', () => {
    const late = Array.from({ length: 20 }, (_, index) => makeEntry(50 + index, '2026-03-20T00:00:00Z'));
    const checks = named('far-outside-impact', { ...sound, entries: [...sound.entries, ...late] });
    expect(checks).toMatchObject([{ key: 'far-outside-impact:after' }]);
    expect(checks[0]?.entryNumbers).toHaveLength(20);
  });
});

describe('silent-gap', () => {
  it('is a long time without a line while the impact lasts and somebody knows', () => {
    const record = makeRecord(
      makeTimeline(
        ['08:00', 'impact_started'],
        ['11:00', 'detected'],
        ['12:59'],
        ['14:59'],
        ['15:00', 'resolved'],
        ['20:00'],
      ),
    );
    expect(named('silent-gap', record)).toMatchObject([
      {
        message:
          'Nothing is recorded for 2 h, from #3 (2026-03-10 12:59 UTC) to #4 (2026-03-10 14:59 UTC). What happened in between?',
        entryNumbers: [3, 4],
      },
    ]);
  });

  it('is shorter the graver the incident', () => {
    const gaps = (severity: 'SEV1' | 'SEV4') =>
      named(
        'silent-gap',
        makeRecord({
          incident: makeIncident({ severity }),
          ...makeTimeline(['10:00'], ['11:00'], ['18:59']),
        }),
      );
    expect(gaps('SEV1')).toHaveLength(2);
    expect(gaps('SEV4')).toHaveLength(0);
  });
});

describe('same-moment-twice', () => {
  const twice = (a: string, b: string, second = '10:01') =>
    named(
      'same-moment-twice',
      makeRecord({ entries: [makeEntry(1, '10:00', { text: a }), makeEntry(2, second, { text: b })] }),
    );

  it('finds nearly the same words within two minutes, and offers to retract the later', () => {
    expect(twice('Traffic service restarted', 'traffic service was restarted')).toMatchObject([
      {
        message:
          '#1 “Traffic service restarted” (2026-03-10 10:00 UTC) and #2 “traffic service was restarted” (2026-03-10 10:01 UTC) look like the same moment recorded twice.',
        entryNumbers: [1, 2],
        fix: { kind: 'retract-entry', entryNumber: 2 },
      },
    ]);
    expect(twice(':boom:', ':boom:')).toHaveLength(1);
  });

  it('leaves alone other words and other times', () => {
    expect(twice('Traffic service restarted', 'Database restarted')).toEqual([]);
    expect(twice('Restarted', 'Restarted', '10:03')).toEqual([]);
    expect(twice('', '')).toHaveLength(1);
  });
});

describe('milestones', () => {
  it('that were inferred are to be confirmed', () => {
    const marks = [...sound.marks, makeMark('mitigated', 3, { provenance: 'inferred' })];
    expect(named('unconfirmed-milestone', { ...sound, marks })).toMatchObject([
      {
        message:
          'Mitigated at 2026-03-10 11:00 UTC (#3) was inferred from a command. Confirm it, or mark the line where it happened.',
        fix: { kind: 'confirm-milestone', milestone: 'mitigated', entryNumber: 3 },
      },
    ]);
  });

  it('that nobody marked are named together', () => {
    const record = makeRecord(makeTimeline(['10:00'], ['11:00']));
    expect(named('missing-milestones', record)).toMatchObject([
      {
        message:
          'Nobody marked: impact started, detected, incident called, resolved. Figures that need them follow from other lines or are left out.',
        fix: { kind: 'mark-milestone', milestone: 'impact_started' },
      },
    ]);
    const given = { ...record, windows: [makeWindow('10:00', '11:00')] };
    expect(named('missing-milestones', given)[0]?.message).toContain(
      'Nobody marked: detected, incident called.',
    );
  });
});

describe('people', () => {
  it.each([
    [[], 1],
    [['some customers'], 1],
    [['515 (approximate)'], 0],
    [['All of them'], 0],
    [['none'], 0],
    [['a lot', '20% of requests'], 0],
  ])('a count of customers: %j', (customers, count) => {
    const record = { ...sound, customers: customers.map((text) => ({ service: null, text })) };
    expect(named('missing-customer-count', record)).toHaveLength(count);
  });

  it('an action item without owner or date', () => {
    const actions = [
      makeAction(1, { text: 'Audit' }),
      makeAction(2, { ownerId: 'U1' }),
      makeAction(3, { due: '2026-04-30' }),
      makeAction(4, { ownerId: 'U1', due: '2026-04-30' }),
      makeAction(5, { doneAt: NOW }),
    ];
    expect(
      named('incomplete-action', { ...sound, actions }).map(({ message, fix }) => [message, fix]),
    ).toEqual([
      [
        'Action item 1 “Audit” has no owner and no due date.',
        { kind: 'complete-action', actionNumber: 1, missing: ['owner', 'due'] },
      ],
      [
        'Action item 2 “Action 2” has no due date.',
        { kind: 'complete-action', actionNumber: 2, missing: ['due'] },
      ],
      [
        'Action item 3 “Action 3” has no owner.',
        { kind: 'complete-action', actionNumber: 3, missing: ['owner'] },
      ],
    ]);
  });
});

describe('all checks', () => {
  it('are no more than somebody can go through, the gravest first', () => {
    const many = run(makeRecord({}), 'At 03:17 it began. '.repeat(600));
    expect(many).toHaveLength(MOST_CHECKS);
    expect(new Set(many.map(({ severity }) => severity))).toEqual(new Set(['error']));
  });

  it('come with errors first, and each with a key of its own', () => {
    for (const name of SCENARIO_NAMES) {
      const { scenario } = readScenario(name);
      const checks = run(recordOf(scenario), `${scenario.summary} On Mar 3 it took 9 days, 9 days.`);
      const order = checks.map(({ severity }) => CHECK_SEVERITIES.indexOf(severity));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(new Set(checks.map(({ key }) => key)).size).toBe(checks.length);
    }
  });

  it('look at thousands of lines and a long text', () => {
    const entries = Array.from({ length: 5000 }, (_, index) =>
      makeEntry(index + 1, at('10:00') + index * 61_000),
    );
    const text = 'The outage lasted 3.7 hours; it was detected within 12 minutes, at 14:05. '.repeat(130);
    expect(run(makeRecord({ entries }), text).length).toBeGreaterThan(0);
  });
});
