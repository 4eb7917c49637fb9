import type { Milestone } from '../../incident/milestones.ts';
import type { Check, CheckInput } from './types.ts';

const FIXES: readonly Milestone[] = ['fix_created', 'fix_merged', 'fix_released', 'mitigated'];

/** A resolved incident that nobody says the cause of, or what ended it. Merged and canceled ones need neither. */
export function resolvedWithout({ record, facts }: CheckInput): Check[] {
  if (record.incident.status !== 'resolved') return [];
  const has = (milestone: Milestone) => facts.milestones.some((fact) => fact.milestone === milestone);
  const checks: Check[] = [];
  if (!has('root_cause_identified')) {
    checks.push({
      name: 'resolved-without-root-cause',
      severity: 'warning',
      message: record.sections['root-cause']
        ? 'The root cause is described, but no line is marked as the moment it was identified.'
        : 'Resolved, but no root cause is recorded.',
      entryNumbers: [],
      section: 'root-cause',
      fix: { kind: 'mark-milestone', milestone: 'root_cause_identified' },
      key: 'resolved-without-root-cause',
    });
  }
  if (!FIXES.some(has)) {
    checks.push({
      name: 'resolved-without-fix',
      severity: 'warning',
      message:
        'Resolved, but neither a fix nor a mitigation is marked: the timeline does not say what ended it.',
      entryNumbers: [],
      section: 'resolution',
      fix: { kind: 'mark-milestone', milestone: 'fix_released' },
      key: 'resolved-without-fix',
    });
  }
  return checks;
}
