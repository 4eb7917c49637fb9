import type { Milestone } from './milestones.ts';
import type { Mark, Status } from './types.ts';

/** Somebody is at it. */
export const OPEN_STATUSES = [
  'investigating',
  'identified',
  'monitoring',
] as const satisfies readonly Status[];
export type OpenStatus = (typeof OPEN_STATUSES)[number];

export const isOpen = (status: Status): boolean => OPEN_STATUSES.some((one) => one === status);

/** DESIGN: what a live change of status lets us infer, unless somebody has marked it already. */
export const INFERRED_BY_STATUS: Partial<Record<Status, Milestone>> = {
  identified: 'root_cause_identified',
  monitoring: 'mitigated',
};

/** What happens when `milestone` is marked on `entryId`, given the active marks of the incident. */
export type Marking =
  | { kind: 'new' }
  /** The inferred mark gives way to a person's. */
  | { kind: 'replaces'; mark: Mark }
  | { kind: 'already-there'; mark: Mark }
  /** A person's mark stands elsewhere: refused, with "Move it here". */
  | { kind: 'held'; mark: Mark };

/** One active mark per milestone; a person's mark beats an inferred one and is never overwritten by one. */
export function decideMark(marks: readonly Mark[], milestone: Milestone, entryId: string): Marking {
  const mark = marks.find((one) => one.milestone === milestone);
  if (!mark) return { kind: 'new' };
  if (mark.entryId === entryId && mark.provenance !== 'inferred') return { kind: 'already-there', mark };
  return mark.provenance === 'inferred' ? { kind: 'replaces', mark } : { kind: 'held', mark };
}
