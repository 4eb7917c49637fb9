import { MILESTONE_WORDS, type Milestone } from '../../incident/milestones.ts';
import { formatBoth, formatUtc } from '../../time/format.ts';
import type { Instant, Precision } from '../../time/types.ts';

/** Who reads a reply, and when: times are shown in their zone beside UTC. */
export interface Reader {
  zone: string | null;
  now: Instant;
}

export const label = (milestone: Milestone): string => MILESTONE_WORDS[milestone].label;

export const labels = (milestones: readonly Milestone[]): string => milestones.map(label).join(', ');

/** An instant for one reader: UTC, and their wall clock. */
export const timeFor = (at: Instant, reader: Reader, precision: Precision = 'exact'): string => {
  const text = reader.zone === null ? formatUtc(at) : formatBoth(at, reader.zone, reader.now);
  return precision === 'exact' ? text : `${precision} ${text}`;
};

/** An instant for many readers: Slack shows each their own wall clock, with UTC beside. */
export const timeForAll = (at: Instant): string => {
  const utc = formatUtc(at);
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${utc}> (${utc})`;
};
