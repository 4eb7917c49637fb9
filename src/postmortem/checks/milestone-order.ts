import { inSentence, type Milestone } from '../../incident/milestones.ts';
import { toMoment } from '../durations.ts';
import type { MilestoneFact } from '../types.ts';
import type { Check, CheckInput } from './types.ts';
import { momentWords } from './words.ts';

/** What usually comes before what. Mitigation may come at any point of the fix, escalation before a root cause or after. */
const USUAL: readonly (readonly [Milestone, Milestone])[] = [
  ['impact_started', 'detected'],
  ['impact_started', 'first_report'],
  ['impact_started', 'escalated'],
  ['impact_started', 'incident_called'],
  ['impact_started', 'mitigated'],
  ['root_cause_identified', 'fix_created'],
  ['fix_created', 'fix_merged'],
  ['fix_created', 'fix_released'],
  ['fix_merged', 'fix_released'],
  ['impact_started', 'resolved'],
  ['detected', 'resolved'],
  ['first_report', 'resolved'],
  ['mitigated', 'resolved'],
  ['fix_released', 'resolved'],
];

/** Milestones that stand the other way round than usual: often a wrong date, or am for pm. */
export function milestoneOrder({ facts }: CheckInput): Check[] {
  const byKey = new Map(facts.milestones.map((fact) => [fact.milestone, fact]));
  return USUAL.flatMap(([before, after]): Check[] => {
    const [first, second] = [byKey.get(before), byKey.get(after)];
    if (!first || !second || second.at >= first.at) return [];
    // The middle one says it already.
    if (before === 'fix_created' && after === 'fix_released' && byKey.has('fix_merged')) return [];
    return [orderCheck(first, second)];
  });
}

function orderCheck(usuallyFirst: MilestoneFact, usuallySecond: MilestoneFact): Check {
  return {
    name: 'milestone-order',
    severity: 'warning',
    message: `${usuallySecond.label} stands before ${inSentence(usuallyFirst.label)}, which usually comes first: ${momentWords(toMoment(usuallySecond))}, ${momentWords(toMoment(usuallyFirst))}.`,
    entryNumbers: [usuallySecond.entryNumber, usuallyFirst.entryNumber],
    section: 'milestones',
    fix: { kind: 'set-time', entryNumber: usuallySecond.entryNumber },
    key: `milestone-order:${usuallyFirst.milestone}:${usuallySecond.milestone}`,
  };
}
