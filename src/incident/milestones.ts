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

/** Reads `root_cause_identified`, `root-cause`, `Root cause identified` and the like; undefined if none. */
export function milestoneNamed(name: string): Milestone | undefined {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return MILESTONES.find(
    (key) => key === wanted || MILESTONE_WORDS[key].command.replaceAll('-', '_') === wanted,
  );
}
