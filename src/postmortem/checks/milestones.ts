import { inSentence, type Milestone } from '../../incident/milestones.ts';
import type { Check, CheckInput } from './types.ts';
import { timeWords } from './words.ts';

/** Inferred marks that nobody confirmed: they are guesses, and only `resolved` among them ends the impact. */
export function unconfirmedMilestones({ facts }: CheckInput): Check[] {
  return facts.milestones
    .filter(({ provenance }) => provenance === 'inferred')
    .map(
      ({ milestone, label, at, entryNumber }): Check => ({
        name: 'unconfirmed-milestone',
        severity: 'note',
        message: `${label} at ${timeWords(at)} (#${entryNumber}) was inferred from a command. Confirm it, or mark the line where it happened.`,
        entryNumbers: [entryNumber],
        section: 'milestones',
        fix: { kind: 'confirm-milestone', milestone, entryNumber },
        key: `unconfirmed-milestone:${milestone}`,
      }),
    );
}

/** Milestones without which the main figures rest on a fallback; an explicit window needs no mark for its ends. */
export function missingMilestones({ record, facts }: CheckInput): Check[] {
  const has = (...keys: Milestone[]) => facts.milestones.some(({ milestone }) => keys.includes(milestone));
  const given = record.windows.length > 0;
  const closed = record.incident.status === 'resolved';
  const missing: Milestone[] = [];
  if (!given && !has('impact_started')) missing.push('impact_started');
  if (!has('detected', 'first_report')) missing.push('detected');
  if (!has('incident_called')) missing.push('incident_called');
  if (closed && !given && !has('resolved', 'fix_released', 'mitigated')) missing.push('resolved');
  const [first] = missing;
  if (!first || record.incident.status === 'canceled' || record.incident.status === 'merged') return [];
  const names = missing.map((key) => inSentence(record.names.milestones[key])).join(', ');
  return [
    {
      name: 'missing-milestones',
      severity: 'note',
      message: `Nobody marked: ${names}. Figures that need ${missing.length === 1 ? 'it' : 'them'} follow from other lines or are left out.`,
      entryNumbers: [],
      section: 'milestones',
      fix: { kind: 'mark-milestone', milestone: first },
      key: `missing-milestones:${missing.join('+')}`,
    },
  ];
}
