import type { Instant } from '../time/types.ts';
import { isOpen } from './lifecycle.ts';
import { MILESTONES, type Milestone } from './milestones.ts';
import type { Policy } from './settings.ts';
import type { Incident, Mark } from './types.ts';

const MINUTE = 60_000;

/** What may be expected of an incident: a milestone, somebody in the lead, the next word to stakeholders. */
export type ExpectationKey = 'lead' | 'update' | Milestone;

/** What is known of an incident for knowing what is late. */
export interface Watched extends Pick<Incident, 'status' | 'leadId' | 'retrospective'> {
  /** Its policy counts from here: declared, reopened, or severity raised. */
  from: Instant;
  /** When stakeholders were last told, and when the next update was promised to them. */
  updatedAt: Instant | null;
  nextUpdateBy: Instant | null;
}

export interface Expectation {
  key: ExpectationKey;
  dueAt: Instant;
  late: boolean;
}

/**
 * What is still expected of an incident and by when, the earliest first. Nothing of one that is closed or
 * retrospective; a marked milestone, inferred or not, is expected no more.
 */
export function expectations(
  policy: Policy,
  incident: Watched,
  marks: readonly Pick<Mark, 'milestone'>[],
  now: Instant,
): Expectation[] {
  if (incident.retrospective || !isOpen(incident.status)) return [];
  const after = (minutes: number | null | undefined, from = incident.from): Instant | null =>
    minutes == null ? null : from + minutes * MINUTE;
  const missing = MILESTONES.filter((key) => !marks.some((mark) => mark.milestone === key));
  const due: [ExpectationKey, Instant | null][] = [
    ['lead', incident.leadId === null ? after(policy.leadWithin) : null],
    ['update', updateDue(policy, incident)],
    ...missing.map((key): [Milestone, Instant | null] => [key, after(policy.milestones[key])]),
  ];
  return due
    .flatMap(([key, dueAt]) => (dueAt === null ? [] : [{ key, dueAt, late: dueAt <= now }]))
    .sort((a, b) => a.dueAt - b.dueAt);
}

/** A promise counts before the rhythm of the policy; one from before a reopening is forgotten. */
function updateDue({ updateEvery }: Policy, { from, updatedAt, nextUpdateBy }: Watched): Instant | null {
  if (nextUpdateBy !== null && nextUpdateBy > from) return nextUpdateBy;
  if (updateEvery === null) return null;
  return Math.max(from, updatedAt ?? from) + updateEvery * MINUTE;
}
