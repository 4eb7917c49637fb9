import {
  inSentence,
  MILESTONE_NAMES,
  MILESTONES,
  type Milestone,
  type MilestoneNames,
} from '../incident/milestones.ts';
import { minutesBetween } from '../time/duration.ts';
import type { Fact, MilestoneFact, Moment } from './types.ts';

const FROM_START: readonly (readonly [Milestone, string, string])[] = [
  ['detected', 'time_to_detect', 'Time to detect'],
  ['first_report', 'time_to_report', 'Time to first report'],
  ['escalated', 'time_to_escalate', 'Time to escalate'],
  ['incident_called', 'time_to_call', 'Time to call the incident'],
  ['root_cause_identified', 'time_to_root_cause', 'Time to root cause'],
  ['mitigated', 'time_to_mitigate', 'Time to mitigate'],
  ['fix_released', 'time_to_fix', 'Time to fix'],
  ['resolved', 'time_to_resolve', 'Time to resolve'],
];

const BETWEEN: readonly (readonly [Milestone, Milestone, string, string])[] = [
  ['fix_created', 'fix_merged', 'fix_created_to_merged', 'Fix created to merged'],
  ['fix_merged', 'fix_released', 'fix_merged_to_released', 'Fix merged to released'],
];

/** The duration that says how long after the impact's start a milestone was. */
export const DURATION_TO: ReadonlyMap<Milestone, string> = new Map(
  FROM_START.map(([key, name]) => [key, name]),
);

/**
 * Times to detect, call, … from the impact's start, and the fix's own steps: those whose ends both exist, in
 * order. Left out: a start that is that milestone itself by want of a better one (it would say 0 of what
 * nobody knows), and an end before its start, which is no duration (the milestone shows it with a minus).
 */
export function computeDurations(
  start: Moment | null,
  milestones: readonly MilestoneFact[],
  names: MilestoneNames,
): Fact[] {
  const moments = new Map(milestones.map((fact) => [fact.milestone, toMoment(fact)]));
  const ours = (...keys: Milestone[]) => keys.every((key) => names[key] === MILESTONE_NAMES[key]);
  const fromStart = FROM_START.map(([key, name, label]) => {
    const to = moments.get(key);
    const words = ours(key) ? label : `Time to ${inSentence(names[key])}`;
    return to?.label === start?.label ? null : toFact(name, words, start, to);
  });
  const between = BETWEEN.map(([from, to, name, label]) => {
    const words = ours(from, to) ? label : `${names[from]} to ${inSentence(names[to])}`;
    return toFact(name, words, moments.get(from), moments.get(to));
  });
  return [...fromStart, ...between].filter((fact) => fact !== null);
}

/** A milestone as a named end; an inferred one says so. */
export function toMoment({ label, at, precision, entryNumber, provenance }: MilestoneFact): Moment {
  const named = provenance === 'inferred' ? `${label} (inferred)` : label;
  return { at, label: named, entryNumber, ...(precision && { precision }) };
}

/** Milestones in order of time, those of one instant in their usual order. */
export function usualOrder(a: MilestoneFact, b: MilestoneFact): number {
  return a.at - b.at || MILESTONES.indexOf(a.milestone) - MILESTONES.indexOf(b.milestone);
}

function toFact(name: string, label: string, from?: Moment | null, to?: Moment | null): Fact | null {
  if (!from || !to || to.at < from.at) return null;
  return { name, label, from, to, minutes: minutesBetween(from.at, to.at) };
}
