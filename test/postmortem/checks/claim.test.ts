import { describe, expect, it } from 'vitest';
import type { IncidentRecord } from '../../../src/incident/types.ts';
import { claims } from '../../../src/postmortem/checks/claim.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { at, makeIncident, makeMark, makeRecord, makeTimeline, makeWindow } from '../makers.ts';

const NOW = at('2026-04-01T00:00:00Z');

// Impact 10:00–13:32 (212 min). Detected +5, reported +20, escalated +30, called +32, cause +80, fix created +120,
// merged +150, released +190, mitigated +60.
const record = makeRecord({
  incident: makeIncident({ services: ['Sign-in', 'Admin console'] }),
  ...makeTimeline(
    ['10:00', 'impact_started'],
    ['10:05', 'detected'],
    ['10:20', 'first_report'],
    ['10:30', 'escalated'],
    ['10:32', 'incident_called'],
    ['11:00', 'mitigated'],
    ['11:20', 'root_cause_identified'],
    ['12:00', 'fix_created'],
    ['12:30', 'fix_merged'],
    ['13:10', 'fix_released'],
    ['13:32', 'resolved'],
  ),
});

const claimsOf = (text: string, of: IncidentRecord = record, section = 'summary', zone = 'UTC') => {
  const facts = computeFacts(of, NOW);
  return claims({ record: of, facts, texts: [{ section, text }], now: NOW, zone });
};

describe('a claim', () => {
  it.each([
    // The impact.
    ['The outage lasted 3 h 32 min', 'The outage lasted 3 h 31 min'],
    ['Impact lasted about 4 hours', 'Impact lasted about 3 hours'],
    ['Impact lasted 3:32', 'Impact lasted 3:33'],
    ['It lasted more than 3 hours', 'It lasted more than 4 hours'],
    ['An outage of 212 minutes', 'An outage of 190 minutes'],
    ['Impact duration: 212 min', 'Impact duration: 213 min'],
    ['The total downtime was 212 minutes', 'The total downtime was 30 minutes'],
    ['The duration of the outage was 212 minutes', 'The duration of the outage was 30 minutes'],
    ['A 212-minute outage', 'A 30-minute outage'],
    ['A 4-hour service outage', 'A 2-hour service outage'],
    ['212 minutes of downtime', '30 minutes of downtime'],
    ['Sign-in was unavailable for 212 minutes', 'Sign-in was unavailable for 80 minutes'],
    ['Customers were affected for 4 hours', 'Customers were affected for 2 hours'],
    ['For 212 minutes customers were unable to sign in', 'For 80 minutes customers were unable to sign in'],
    // Times to …
    ['It was detected within 5 minutes', 'It was detected within 10 minutes'],
    ['Detected after 5 minutes', 'Detected after 30 minutes'],
    ['It took 5 minutes to detect', 'It took 10 minutes to detect'],
    ['Time to detect: 5 min', 'Time to detect: 10 min'],
    ['It went undetected for 5 minutes', 'It went undetected for 20 minutes'],
    ['It took 80 minutes to find the root cause', 'It took 60 minutes to find the root cause'],
    ['The root cause was identified after 80 minutes', 'The root cause was identified after 75 minutes'],
    ['It was mitigated in an hour', 'It was mitigated in 2 hours'],
    ['Time to resolution was 212 minutes', 'Time to resolution was 190 minutes'],
    // X after Y.
    [
      'The fix was merged 30 minutes after it was created',
      'The fix was merged 40 minutes after it was created',
    ],
    [
      'The fix was released 40 minutes after it was merged',
      'The fix was released 30 minutes after it was merged',
    ],
    [
      'The incident was called 2 minutes after escalation',
      'The incident was called 12 minutes after escalation',
    ],
    [
      'First reported 20 minutes after the impact started',
      'First reported 5 minutes after the impact started',
    ],
    ['It was detected within 5 minutes of impact', 'It was detected within 20 minutes of impact'],
    ['Detected 5 minutes into the outage', 'Detected 2 minutes into the outage'],
    [
      '2 minutes after escalation the incident was called',
      '5 minutes after escalation the incident was called',
    ],
    [
      'Escalated 2 minutes before the incident was called',
      'Escalated 5 minutes before the incident was called',
    ],
    [
      '15 minutes passed between detection and the first report',
      '20 minutes passed between detection and the first report',
    ],
    // Moments.
    ['Resolved at 13:32', 'Resolved at 13:10'],
    ['The impact started at 10:00 UTC', 'The impact started at 10:05 UTC'],
    ['The root cause was identified at 11:20', 'The root cause was identified at 12:00'],
    ['The fix was merged on Mar 10 at 12:30pm', 'The fix was merged on Mar 11 at 12:30pm'],
    ['Mitigated (11:00)', 'Mitigated (11:20)'],
    ['At 13:10 UTC, the fix was released', 'At 13:32 UTC, the fix was released'],
    ['Impact from 10:00 to 13:32 UTC', 'Impact from 10:05 to 13:32 UTC'],
    ['Impact: Mar 10 10:00 – Mar 10 13:32 UTC', 'Impact: Mar 10 10:00 – Mar 10 13:40 UTC'],
    ['The outage ran from 10:00 a.m. to 1:32 p.m. UTC', 'The outage ran from 10:00 a.m. to 1:40 p.m. UTC'],
    ['Impact began at 10:00 and ended at 13:32', 'Impact began at 10:00 and ended at 13:40'],
    ['Fix merged 30 min. after it was created', 'Fix merged 40 min. after it was created'],
    ['The outage ran from 10:00 to 13:32', 'The outage ran from 10:00 to 13:10'],
    // Of the incident, in whichever words.
    ['The issue was resolved at 13:32', 'The issue was finally resolved at 13:31'],
    [
      'Mitigated at 11:00, then it was resolved at 13:32',
      'Mitigated at 11:00, then it was resolved at 13:31',
    ],
    ['It was detected at 10:05 and escalated at 10:30', 'It was detected at 10:05 and escalated at 10:31'],
    ['- Detected: 10:05', '- Detected: 10:06'],
    ['We noticed at 10:05 UTC', 'We noticed at 10:06 UTC'],
    [
      'It took 80 minutes to find the root cause of the outage',
      'It took 60 minutes to find the root cause of the outage.',
    ],
    [
      '5 minutes to detect it, and 212 minutes to resolve',
      '6 minutes to detect it, and 212 minutes to resolve',
    ],
    ['Impact lasted 212 minutes for all customers', 'Impact lasted 30 minutes for all customers'],
  ])('%j holds, %j does not', (right, wrong) => {
    expect(claimsOf(right)).toEqual([]);
    expect(claimsOf(wrong)).toMatchObject([{ name: 'claim', section: 'summary' }]);
  });

  it.each([
    'The rollout lasted 20 minutes',
    'Errors were seen for 20 minutes',
    'The replica was down for 4 minutes',
    'The first 20 minutes of the outage',
    'After another 20 minutes of downtime',
    'within 25 minutes of the outage review',
    'The fix was merged 25 minutes later',
    'Detected 25 minutes after the deployment',
    'A backup, and 25 minutes after that, a restart',
    'The fix was ready and 25 minutes of tests began',
    'Detected by a customer, who waited 25 minutes',
    'A call at 10:07 with the vendor',
    'Detected by Anna. At 10:07 she called',
    'The patch was tested until 12:10',
    '`Impact lasted 5 minutes`',
    'Resolved by 13:40',
    'Customers in Europe were down for 80 minutes',
    'Some customers were down for 80 minutes',
    'Customers were down for 80 minutes, others not at all',
    '20% of requests failed for 80 minutes',
  ])('is not made by %j', (prose) => {
    expect(claimsOf(prose)).toEqual([]);
  });

  // Of another thing than the incident, or of a part of it; with plain lines at 12:40, 12:50, 13:15, 14:40.
  it.each([
    'A rollback was deployed at 13:15, which did not help.',
    'A patch was deployed at 13:16, which did not help.',
    'The first fix was deployed at 13:16 and did not help.',
    'The first fix was deployed at 13:15 and did not help.',
    'Another hotfix was released 10 minutes after detection.',
    'The revert was merged at 13:15 but the fix was merged at 13:55.',
    'The ticket was resolved at 14:40.',
    'The ticket was resolved at 14:41.',
    'A ticket was opened and resolved at 14:41.',
    'The ticket for the outage was resolved at 14:41.',
    'A second incident was resolved at 14:41.',
    'A second customer noticed at 12:50.',
    'A second customer noticed at 12:51.',
    'The DNS resolution: 12:50 first failures.',
    'The DNS resolution: 12:51 first failures.',
    '20 minutes after the ticket was resolved, it was escalated.',
    'The merge conflict was resolved within 20 minutes.',
    'At 12:51 resolution of names failed.',
    'The incident review lasted 40 minutes.',
    'The incident call lasted 40 minutes.',
    'The incident follow-up meeting lasted 40 minutes.',
    'In the previous incident, impact lasted 40 minutes.',
    'A similar outage of 40 minutes was seen in May.',
    'A 40-minute outage for EU.',
    'Downtime was 40 minutes for EU and 2 h 32 min for US.',
    'It took 40 minutes to resolve the merge conflict.',
    'It took 15 minutes to fix the failing test.',
    'It took 20 minutes to call the vendor.',
    'It took 20 minutes to detect and resolve.',
    'It took the vendor 20 minutes to fix it.',
    'Mean time to resolution was 20 minutes.',
    'The root cause was identified at 12:40.',
  ])('of something else is not made by %j', (prose) => {
    const mixed = makeRecord(
      makeTimeline(
        ['12:00', 'impact_started'],
        ['12:20', 'detected'],
        ['12:30', 'escalated'],
        ['12:40'],
        ['12:50'],
        ['13:10', 'root_cause_identified'],
        ['13:15'],
        ['13:55', 'fix_merged'],
        ['14:10', 'mitigated'],
        ['14:20', 'fix_released'],
        ['14:32', 'resolved'],
        ['14:40'],
      ),
    );
    expect(claimsOf(prose, mixed)).toEqual([]);
  });

  it('is answered by both figures, both ends and their lines', () => {
    expect(claimsOf('Then it settled. The outage lasted 2 h, we think.')).toEqual([
      {
        name: 'claim',
        severity: 'error',
        message:
          'The draft says “outage lasted 2 h”; timeline: 3 h 32 min, from impact started (2026-03-10 10:00 UTC, #1) to resolved (2026-03-10 13:32 UTC, #11).',
        entryNumbers: [1, 11],
        section: 'summary',
        excerpt: '2 h',
        index: 35,
        fix: { kind: 'replace-text', section: 'summary', index: 35, from: '2 h', to: '3 h 32 min' },
        key: 'claim:summary:2 h=212',
      },
    ]);
  });

  it.each([
    ['Impact lasted 2:00', '3:32'],
    ['Impact lasted 2 hours', '3 hours and 32 minutes'],
    ['Impact lasted 2h', '3 h 32 min'],
    ['A 2-hour outage', undefined],
    ['Impact lasted over 5 hours', undefined],
    ['Resolved at 13:10', '13:32'],
    ['Resolved at 1:10pm', '1:32 pm'],
    ['Resolved at 14:10 CET', '14:32'],
    ['Resolved at Mar 9 13:32', undefined],
  ])('%j is replaced by %j', (prose, to) => {
    const [check] = claimsOf(prose);
    expect(check?.fix?.kind === 'replace-text' ? check.fix.to : undefined).toBe(to);
    expect(check?.name).toBe('claim');
  });

  it('compares an impact of several windows with its total and with each', () => {
    const several = { ...record, windows: [makeWindow('10:00', '10:40'), makeWindow('12:00', '12:20')] };
    for (const prose of ['Impact lasted 1 hour', 'an outage of 40 minutes', 'a 20-minute outage']) {
      expect(claimsOf(prose, several)).toEqual([]);
    }
    expect(claimsOf('Impact lasted 140 minutes', several)).toMatchObject([
      { message: expect.stringContaining('1 h in 2 windows, from impact start') },
    ]);
  });

  it('is not made of an open impact, a reversed one, nor of what nobody or only a rule marked', () => {
    const open = { ...record, incident: makeIncident({ status: 'monitoring' }) };
    expect(claimsOf('Impact lasted 2 hours', open)).toEqual([]);
    const reversed = { ...record, windows: [makeWindow('12:00', '10:00')] };
    expect(claimsOf('Impact lasted 2 hours', reversed)).toEqual([]);
    const bare = makeRecord(makeTimeline(['10:00', 'impact_started'], ['11:00', 'resolved']));
    expect(claimsOf('Mitigated at 10:30, detected within 10 minutes', bare)).toEqual([]);
    const marks = [makeMark('impact_started', 1), makeMark('mitigated', 2, { provenance: 'inferred' })];
    expect(claimsOf('Mitigated at 10:30', { ...bare, marks })).toEqual([]);
  });

  it('says so when the order is the other way round', () => {
    const early = makeRecord(
      makeTimeline(['09:00', 'detected'], ['10:00', 'impact_started'], ['11:00', 'resolved']),
    );
    expect(claimsOf('Detected 5 minutes after the impact started', early)).toMatchObject([
      { message: expect.stringContaining('detected (2026-03-10 09:00 UTC, #1) comes before impact started') },
    ]);
  });

  it('of a part is left alone outside the summary', () => {
    const prose = 'Sign-in was unavailable for 80 minutes';
    expect(claimsOf(prose, record, 'what-happened')).toEqual([]);
    expect(claimsOf('The outage lasted 80 minutes', record, 'what-happened')).toHaveLength(1);
  });

  it('reads clock times in the incident’s zone too', () => {
    expect(claimsOf('Resolved at 14:32', record, 'summary', 'Europe/Berlin')).toEqual([]);
    expect(claimsOf('Resolved at 14:32 UTC', record, 'summary', 'Europe/Berlin')).toHaveLength(1);
  });

  it('has another key once the facts are others, and the same while they are not', () => {
    const later = (line: number, to: string): IncidentRecord => ({
      ...record,
      entries: record.entries.map((entry) =>
        entry.number === line ? { ...entry, occurredAt: at(to) } : entry,
      ),
    });
    const keysOf = (prose: string, of: IncidentRecord) => claimsOf(prose, of).map(({ key }) => key);
    for (const prose of ['The outage lasted 2 h.', 'Resolved at 13:10.', 'Time to resolution: 2 h']) {
      expect(keysOf(prose, record)).toHaveLength(1);
      expect(keysOf(prose, later(11, '17:00'))).toHaveLength(1);
      expect(keysOf(prose, later(11, '17:00'))).not.toEqual(keysOf(prose, record));
      expect(keysOf(prose, later(3, '10:21'))).toEqual(keysOf(prose, record));
    }
  });

  it('has a key of its own for each repeat', () => {
    const keys = claimsOf('Impact lasted 2 h. The outage lasted 2 h.').map(({ key }) => key);
    expect(keys).toEqual(['claim:summary:2 h=212', 'claim:summary:2 h:2=212']);
  });
});
