import { isOpen } from '../incident/lifecycle.ts';
import type { Milestone, MilestoneNames } from '../incident/milestones.ts';
import type { Entry, ImpactWindow, IncidentRecord } from '../incident/types.ts';
import { BY_RULE } from '../incident/windows.ts';
import { minutesBetween } from '../time/duration.ts';
import type { Instant, Precision } from '../time/types.ts';
import type { Fact, Impact, Moment, TimelineLine } from './types.ts';
import { unionOf } from './union.ts';

/**
 * The impact: its windows as given, or one by the rule: from `impact_started`, else the earlier of `detected`
 * and `first_report`, else the first line; to `resolved`, else `fix_released`, else `mitigated`, else the last
 * line once the incident is closed. Inferred marks start nothing, and only `resolved` among them ends.
 * An end before its start counts 0 minutes; both moments stay as they are, for a check to name.
 */
export function computeImpact(record: IncidentRecord, lines: readonly TimelineLine[], now: Instant): Impact {
  const closed = !isOpen(record.incident.status);
  const given = record.windows.length > 0 ? record.windows : [BY_RULE];
  const windows = given
    .map((window) => resolveWindow(record, lines, window, closed))
    .filter((window) => window !== null)
    .sort((a, b) => a.from.at - b.from.at)
    .map(({ from, to }, index, all): Fact => {
      const minutes = Math.max(0, minutesBetween(from.at, to?.at ?? now));
      const label = all.length === 1 ? 'Impact' : `Impact ${index + 1} of ${all.length}`;
      return { name: 'impact_window', label, from, to, minutes };
    });
  const [first] = windows;
  if (!first) return { start: null, end: null, open: !closed, minutes: null, windows, relapses: [] };
  const ends = windows.map((window) => window.to).filter((end) => end !== null);
  const open = ends.length < windows.length;
  return {
    start: first.from,
    end: open ? null : ends.reduce((latest, end) => (end.at > latest.at ? end : latest)),
    open,
    windows,
    ...unionOf(windows, now),
  };
}

function resolveWindow(
  record: IncidentRecord,
  lines: readonly TimelineLine[],
  window: ImpactWindow,
  closed: boolean,
): { from: Moment; to: Moment | null } | null {
  const givenFrom = givenEnd(record, window.fromEntryId, window.from, window.fromPrecision, 'Impact start');
  const names = record.names.milestones;
  const from = givenFrom ?? startByRule(lines, names);
  if (!from) return null;
  const givenTo = givenEnd(record, window.toEntryId, window.to, window.toPrecision, 'Impact end');
  if (givenTo || !closed) return { from, to: givenTo };
  // After a reopening the rule speaks of what comes after the new start, not of the first fix. Where nothing
  // does, the plain rule shows an end before its start, which a check names.
  const later = givenFrom ? lines.filter(({ entry }) => entry.occurredAt >= givenFrom.at) : [];
  return { from, to: endByRule(later, names) ?? endByRule(lines, names) ?? from };
}

/** An entry's own time, corrections included; the instant kept beside it if that entry is gone. */
function givenEnd(
  record: IncidentRecord,
  entryId: string | null,
  instant: Instant | null,
  precision: Precision,
  label: string,
): Moment | null {
  const entry = record.entries.find((one) => one.id === entryId && one.retractedAt === null);
  if (entry) return { at: entry.occurredAt, label, entryNumber: entry.number, ...precisionOf(entry) };
  return instant === null ? null : { at: instant, label, entryNumber: null, ...precisionOf({ precision }) };
}

function startByRule(lines: readonly TimelineLine[], names: MilestoneNames): Moment | null {
  const started = momentOf(lines, 'impact_started', false, names);
  if (started) return started;
  const detected = momentOf(lines, 'detected', false, names);
  const reported = momentOf(lines, 'first_report', false, names);
  if (detected && reported) return reported.at < detected.at ? reported : detected;
  return detected ?? reported ?? lineMoment(lines[0], 'First entry');
}

function endByRule(lines: readonly TimelineLine[], names: MilestoneNames): Moment | null {
  return (
    momentOf(lines, 'resolved', true, names) ??
    momentOf(lines, 'fix_released', false, names) ??
    momentOf(lines, 'mitigated', false, names) ??
    lineMoment(lines.at(-1), 'Last entry')
  );
}

/** The moment of a milestone's mark; null if nobody marked it, or only a rule did and `inferred` is false. */
function momentOf(
  lines: readonly TimelineLine[],
  key: Milestone,
  inferred: boolean,
  names: MilestoneNames,
): Moment | null {
  const line = lines.find(({ marks }) =>
    marks.some((mark) => mark.milestone === key && (inferred || mark.provenance !== 'inferred')),
  );
  return lineMoment(line, names[key]);
}

function lineMoment(line: TimelineLine | undefined, label: string): Moment | null {
  if (!line) return null;
  const { occurredAt, number } = line.entry;
  return { at: occurredAt, label, entryNumber: number, ...precisionOf(line.entry) };
}

/** How exact a line's time is, where it is not exact. */
export const precisionOf = ({ precision }: Pick<Entry, 'precision'>): Pick<Moment, 'precision'> =>
  precision === 'exact' ? {} : { precision };
