export const MILESTONES = [
  'impact_started',
  'detected',
  'first_report',
  'escalated',
  'incident_called',
  'root_cause_identified',
  'fix_created',
  'fix_merged',
  'fix_released',
  'mitigated',
  'resolved',
] as const;
export type Milestone = (typeof MILESTONES)[number];

interface MilestoneWords {
  label: string;
  command: string;
  emoji: string;
}

/** DESIGN: the milestone table. `command` is the word typed after `/incident`, `emoji` the default reaction. */
export const MILESTONE_WORDS: Record<Milestone, MilestoneWords> = {
  impact_started: { label: 'Impact started', command: 'impact-started', emoji: 'boom' },
  detected: { label: 'Detected', command: 'detected', emoji: 'satellite_antenna' },
  first_report: { label: 'First report', command: 'first-report', emoji: 'telephone_receiver' },
  escalated: { label: 'Escalated', command: 'escalated', emoji: 'arrow_double_up' },
  incident_called: { label: 'Incident called', command: 'called', emoji: 'rotating_light' },
  root_cause_identified: { label: 'Root cause identified', command: 'root-cause', emoji: 'dart' },
  fix_created: { label: 'Fix created', command: 'fix-created', emoji: 'hammer_and_wrench' },
  fix_merged: { label: 'Fix merged', command: 'fix-merged', emoji: 'twisted_rightwards_arrows' },
  fix_released: { label: 'Fix released', command: 'fix-released', emoji: 'package' },
  mitigated: { label: 'Mitigated', command: 'mitigated', emoji: 'adhesive_bandage' },
  resolved: { label: 'Resolved', command: 'resolve', emoji: 'checkered_flag' },
};

/** What people read for each milestone. */
export type MilestoneNames = Record<Milestone, string>;

/** Our own names. */
export const MILESTONE_NAMES = Object.fromEntries(
  MILESTONES.map((key) => [key, MILESTONE_WORDS[key].label]),
) as MilestoneNames;

/** A name as one types it after `/incident milestone`: `Bridge opened!` is `bridge-opened`. */
export const typedName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/&(?:amp|lt|gt);/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** The word typed for a milestone: its command, or the workspace's own name for it. */
export const milestoneWord = (key: Milestone, names: MilestoneNames): string =>
  names[key] === MILESTONE_NAMES[key] ? MILESTONE_WORDS[key].command : typedName(names[key]);

/** A name inside a sentence: `root cause identified`, but `SRE paged`. */
export const inSentence = (name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;

/**
 * Reads `root_cause_identified`, `root-cause`, `Root cause identified` and the like, and a workspace's own name for
 * one; undefined if none. Our own words go on to work beside others.
 */
export function milestoneNamed(name: string, names: MilestoneNames = MILESTONE_NAMES): Milestone | undefined {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const ours = MILESTONES.find(
    (key) => key === wanted || MILESTONE_WORDS[key].command.replaceAll('-', '_') === wanted,
  );
  const typed = typedName(name);
  return (
    ours ?? MILESTONES.find((key) => names[key] !== MILESTONE_NAMES[key] && typedName(names[key]) === typed)
  );
}
