import type { MilestoneNames } from '../incident/milestones.ts';
import type { IncidentRecord } from '../incident/types.ts';
import { minutesBetween } from '../time/duration.ts';
import type { Instant } from '../time/types.ts';
import { computeDurations, usualOrder } from './durations.ts';
import { computeImpact, precisionOf } from './impact.ts';
import { timelineLines } from './timeline.ts';
import type { Facts, MilestoneFact, Moment, TimelineLine } from './types.ts';

/**
 * Every figure of an incident, from its active entries and marks alone. Minutes are whole, between instants
 * cut to the minute; zones play no part. `now` ends what still runs and touches nothing else.
 */
export function computeFacts(record: IncidentRecord, now: Instant): Facts {
  const lines = timelineLines(record);
  const impact = computeImpact(record, lines, now);
  const { milestones: names } = record.names;
  const milestones = milestoneFacts(lines, impact.start, names);
  return { impact, milestones, lines, durations: computeDurations(impact.start, milestones, names) };
}

function milestoneFacts(
  lines: readonly TimelineLine[],
  start: Moment | null,
  names: MilestoneNames,
): MilestoneFact[] {
  const facts = lines.flatMap(({ entry, marks }) =>
    marks.map(({ milestone, provenance }) => ({
      milestone,
      label: names[milestone],
      at: entry.occurredAt,
      minutesFromStart: start ? minutesBetween(start.at, entry.occurredAt) : null,
      entryNumber: entry.number,
      provenance,
      ...precisionOf(entry),
    })),
  );
  return facts.sort(usualOrder);
}
