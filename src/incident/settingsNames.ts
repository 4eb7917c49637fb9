import {
  MILESTONE_NAMES,
  MILESTONE_WORDS,
  MILESTONES,
  type MilestoneNames,
  typedName,
} from './milestones.ts';
import { SEVERITIES, type Severity } from './types.ts';

/** By key, why a name cannot be kept; what can be kept is absent. */
export type NameFaults<Key extends string> = Partial<Record<Key, string>>;

export const LONGEST_SEVERITY_NAME = 60;
export const LONGEST_MILESTONE_NAME = 40;

/** A name as it is kept: on one line, without space around it. */
export const tidyName = (typed: string): string => typed.trim().replace(/\s+/g, ' ');

// Controls, halves of surrogate pairs, direction overrides, what has no width.
const UNSEEN = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

function unfit(name: string, longest: number, example: string): string | undefined {
  if (name === '') return `A name, such as ${example}.`;
  if (UNSEEN.test(name)) return 'It has characters that cannot be seen. Type it anew.';
  if (name.length > longest) return `At most ${longest} characters.`;
  return /[\p{L}\p{N}]/u.test(name) ? undefined : 'At least one letter or digit.';
}

// `sev-2` is SEV2.
const bare = (name: string): string => typedName(name).replaceAll('-', '');

/** What is wrong with what severities are to be called: two alike could not be told apart. */
export function severityNameFaults(names: Record<Severity, string>): NameFaults<Severity> {
  const clash = (key: Severity) => {
    const other = SEVERITIES.find(
      (one) => one !== key && [one, names[one]].some((taken) => bare(taken) === bare(names[key])),
    );
    return other && `${other} is called that. Each needs a name of its own.`;
  };
  return faultsOf(SEVERITIES, (key) => unfit(names[key], LONGEST_SEVERITY_NAME, 'Critical') ?? clash(key));
}

// In what is expected of a severity, these words mean something else.
const TAKEN = ['lead', 'leads', 'update', 'updates'];

/** What is wrong with what milestones are to be called. Our own words for another one stay that one's. */
export function milestoneNameFaults(names: MilestoneNames): NameFaults<(typeof MILESTONES)[number]> {
  const clash = (key: (typeof MILESTONES)[number]) => {
    const word = typedName(names[key]);
    if (TAKEN.includes(word))
      return `“${names[key]}” means something else where one says what is expected. Choose another name.`;
    const same = MILESTONES.find((one) => one !== key && typedName(names[one]) === word);
    if (same) return `${MILESTONE_NAMES[same]} is called that too. Each needs a name of its own.`;
    const ours = MILESTONES.find(
      (one) => one !== key && [typedName(one), MILESTONE_WORDS[one].command].includes(word),
    );
    return (
      ours && `That goes on to mean “${MILESTONE_NAMES[ours]}” when somebody types it. Choose another name.`
    );
  };
  return faultsOf(
    MILESTONES,
    (key) => unfit(names[key], LONGEST_MILESTONE_NAME, MILESTONE_NAMES[key]) ?? clash(key),
  );
}

function faultsOf<Key extends string>(
  keys: readonly Key[],
  fault: (key: Key) => string | undefined,
): NameFaults<Key> {
  const found = keys.flatMap((key) => {
    const reason = fault(key);
    return reason === undefined ? [] : [[key, reason]];
  });
  return Object.fromEntries(found) as NameFaults<Key>;
}
