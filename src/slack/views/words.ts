import type { Milestone } from '../../incident/milestones.ts';
import { severityWords } from '../../incident/settings.ts';
import type { Names, Severity } from '../../incident/types.ts';
import type { Moment } from '../../postmortem/types.ts';
import { formatBoth, formatUtc, utcOf, withPrecision } from '../../time/format.ts';
import type { Instant, Precision } from '../../time/types.ts';
import { clip, escapeText } from '../mrkdwn.ts';

/** Who reads a reply, when, and by which names: times are shown in their zone beside UTC. */
export interface Reader {
  zone: string | null;
  now: Instant;
  names: Names;
}

/** What the workspace calls a milestone, as mrkdwn. */
export const label = (milestone: Milestone, { milestones }: Names): string =>
  escapeText(milestones[milestone]);

export const labels = (milestones: readonly Milestone[], names: Names): string =>
  milestones.map((one) => label(one, names)).join(', ');

/** `SEV1 Critical`, as mrkdwn; at most 120 characters, so that a topic has room for the rest. */
export const severityText = (severity: Severity, names: Names): string =>
  clip(escapeText(severityWords(severity, names)), 120);

/** An instant for one reader: UTC, and their wall clock. */
export const timeFor = (at: Instant, reader: Reader, precision?: Precision): string => {
  const text = reader.zone === null ? formatUtc(at) : formatBoth(at, reader.zone, reader.now);
  return withPrecision(text, precision);
};

/** An instant for many readers: Slack shows each their own wall clock, with UTC beside. */
export const timeForAll = (at: Instant, precision?: Precision): string => {
  const utc = formatUtc(at);
  return withPrecision(
    `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${utc}> (${utc})`,
    precision,
  );
};

/** From when to when an impact was, in UTC. */
export const impactSpan = (start: Moment, end: Moment | null, open = 'now'): string =>
  `${utcOf(start)} to ${end ? utcOf(end) : open}`;
