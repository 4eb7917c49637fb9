import { typedName } from './milestones.ts';

/** The parts of a draft, in the order of the source postmortems. The title stands before them. */
export const SECTION_KEYS = [
  'date',
  'services',
  'impact',
  'summary',
  'customers',
  'what-happened',
  'timeline',
  'milestones',
  'root-cause',
  'factors',
  'resolution',
  'prevention',
  'next-steps',
  'activity',
] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

export const SECTION_TITLES: Record<SectionKey, string> = {
  date: 'Date and time of the incident (UTC)',
  services: 'Services affected',
  impact: 'Impact duration',
  summary: 'Summary',
  customers: 'Impact on customers',
  'what-happened': 'What happened',
  timeline: 'Timeline',
  milestones: 'Milestones and times',
  'root-cause': 'Root cause',
  factors: 'Contributing factors',
  resolution: 'How it was resolved',
  prevention: 'What prevents it from happening again',
  'next-steps': 'Next steps',
  activity: 'Activity',
};

/** All sections in the order given. One that it does not name stands behind the one before it in ours. */
export function orderedSections(order: readonly string[]): SectionKey[] {
  const placed = [...new Set(order)].flatMap((key) => SECTION_KEYS.find((one) => one === key) ?? []);
  for (const [index, key] of SECTION_KEYS.entries()) {
    if (placed.includes(key)) continue;
    const before = SECTION_KEYS[index - 1];
    placed.splice(before === undefined ? 0 : placed.indexOf(before) + 1, 0, key);
  }
  return placed;
}

export type SectionsRead =
  | { kind: 'read'; order: SectionKey[]; hidden: SectionKey[] }
  | { kind: 'fault'; reason: string };

/** Reads which sections a draft shows, one a line: by title or key, as lists are typed. What is not named is hidden. */
export function readSections(lines: readonly string[]): SectionsRead {
  const shown: SectionKey[] = [];
  for (const line of lines) {
    const typed = bare(line);
    const key = SECTION_KEYS.find((one) => one === typed || bare(SECTION_TITLES[one]) === typed);
    if (!key) {
      const reason = `“${line.slice(0, 60)}” is no section. One title a line, as they came: ${Object.values(SECTION_TITLES).join('; ')}.`;
      return { kind: 'fault', reason };
    }
    if (shown.includes(key)) return { kind: 'fault', reason: `“${SECTION_TITLES[key]}” stands here twice.` };
    shown.push(key);
  }
  if (shown.length === 0) return { kind: 'fault', reason: 'At least one section: a draft shows something.' };
  const hidden = SECTION_KEYS.filter((key) => !shown.includes(key));
  const ours = shown.every(
    (key, index) => index === 0 || SECTION_KEYS.indexOf(key) > SECTION_KEYS.indexOf(shown[index - 1] ?? key),
  );
  return { kind: 'read', order: ours ? [] : shown, hidden };
}

// Numbers and bullets may stand before a title.
const bare = (text: string): string => typedName(text.replace(/^[\s\d.)•*-]+/, ''));
