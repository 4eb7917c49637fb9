import type { Entry, ImpactWindow, IncidentRecord, Mark } from '../incident/types.ts';
import { minutesBetween } from '../time/duration.ts';
import type { TimelineLine } from './types.ts';

/**
 * The lines of the timeline, in order of `occurredAt`, then of capture. An entry is a line unless it is
 * retracted. The bot's own entries are lines while they carry a mark, or prove an end of an impact window:
 * so the `resolved` that a reopening retires stays where people can see it.
 */
export function timelineLines(record: Pick<IncidentRecord, 'entries' | 'marks' | 'windows'>): TimelineLine[] {
  const marks = new Map<string, Mark[]>();
  for (const mark of record.marks) marks.set(mark.entryId, [...(marks.get(mark.entryId) ?? []), mark]);
  const proving = new Set(record.windows.flatMap((window) => provingEntries(window)));
  const entries = record.entries
    .filter((entry) => entry.retractedAt === null)
    .filter((entry) => entry.source !== 'system' || marks.has(entry.id) || proving.has(entry.id))
    .sort(byTime);
  return entries.map((entry, index) => toLine(entry, entries[index - 1], marks.get(entry.id) ?? []));
}

/** Order of the timeline: when it happened, then the order of capture. */
export function byTime(a: Entry, b: Entry): number {
  return a.occurredAt - b.occurredAt || a.number - b.number;
}

function toLine(entry: Entry, before: Entry | undefined, marks: Mark[]): TimelineLine {
  return {
    entry,
    marks,
    minutesSincePrevious: before ? minutesBetween(before.occurredAt, entry.occurredAt) : null,
  };
}

function provingEntries(window: ImpactWindow): string[] {
  return [window.fromEntryId, window.toEntryId].filter((id) => id !== null);
}
