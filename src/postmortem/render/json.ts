import { toString as textOf } from 'mdast-util-to-string';
import type { IncidentRecord } from '../../incident/types.ts';
import { isoMinute } from '../../time/format.ts';
import type { Corrections } from '../corrections.ts';
import type { Draft, Publication } from '../document-types.ts';
import { slackPhrasing } from '../slack-text.ts';
import type { Fact, Facts, Moment, TimelineLine } from '../types.ts';
import type { CheckNote } from './check-note.ts';
import { type PostmortemJson, SCHEMA_VERSION } from './json-schema.ts';
import { sectionMarkdown } from './markdown.ts';

export interface JsonInput {
  record: IncidentRecord;
  facts: Facts;
  draft: Draft;
  checks: readonly CheckNote[];
  /** Figures of the summary that the timeline does not support, as they were written. */
  contradictedFigures: readonly string[];
  /** IANA zone of the people who typed. */
  zone: string;
  publication: Publication | null;
  corrected: Corrections | null;
}

/** The postmortem as data, in the form that `json-schema.ts` describes. */
export function toJson({
  record,
  facts,
  draft,
  checks,
  contradictedFigures,
  zone,
  publication,
  corrected,
}: JsonInput): PostmortemJson {
  const { incident } = record;
  const { impact } = facts;
  return {
    schema: SCHEMA_VERSION,
    reference: draft.reference,
    title: draft.title,
    severity: incident.severity,
    severityName: record.names.severities[incident.severity],
    status: incident.status,
    services: incident.services,
    regions: incident.regions,
    zone,
    url: draft.url,
    tracker: incident.tracker,
    impactStart: impact.start && isoMinute(impact.start.at),
    impactEnd: impact.end && isoMinute(impact.end.at),
    impactMinutes: impact.minutes,
    impactWindows: impact.windows.map(factJson),
    relapses: impact.relapses.map(factJson),
    timeline: facts.lines.map(({ entry }) => isoMinute(entry.occurredAt)),
    minutesSincePrevious: facts.lines.map((line) => line.minutesSincePrevious),
    milestones: Object.fromEntries(
      facts.milestones.map(({ milestone, at, minutesFromStart }) => [
        milestone,
        { at: isoMinute(at), minutesFromStart },
      ]),
    ),
    milestoneSources: facts.milestones.map(({ milestone, label, entryNumber, provenance }) => ({
      milestone,
      label,
      line: entryNumber,
      provenance,
    })),
    durations: facts.durations.map(factJson),
    lines: facts.lines.map((line) => lineJson(line, record)),
    published: publication && publicationJson(publication, corrected, record),
    contradictedFigures: [...contradictedFigures],
    checks: checks.map(({ key, name, severity, message, entryNumbers, section, excerpt }) => ({
      key,
      name,
      severity,
      message,
      lines: [...entryNumbers],
      section: section ?? null,
      excerpt: excerpt ?? null,
    })),
    sections: draft.sections.map((section) => ({
      key: section.key,
      title: section.title,
      origin: section.origin,
      markdown: sectionMarkdown(section),
      conflicts: section.conflicts ?? [],
    })),
  };
}

function momentJson({ at, precision, label, entryNumber }: Moment) {
  return { at: isoMinute(at), precision: precision ?? ('exact' as const), label, line: entryNumber };
}

function factJson({ name, label, minutes, from, to }: Fact) {
  return { name, label, minutes, from: momentJson(from), to: to && momentJson(to) };
}

function lineJson({ entry, marks, minutesSincePrevious }: TimelineLine, record: IncidentRecord) {
  return {
    number: entry.number,
    at: isoMinute(entry.occurredAt),
    recordedAt: isoMinute(entry.recordedAt),
    precision: entry.precision,
    minutesSincePrevious,
    text: plainText(entry.text, record),
    milestones: marks.map(({ milestone, provenance }) => ({ milestone, provenance })),
    source: entry.source,
    permalink: entry.permalink,
    author: nameOf(entry.authorId, record),
    capturedBy: nameOf(entry.capturedBy, record),
    movedFrom: entry.movedFrom,
  };
}

const publicationJson = (
  { version, at, by, unfinished }: Publication,
  corrected: Corrections | null,
  record: IncidentRecord,
) => ({
  version,
  at: isoMinute(at),
  by: nameOf(by, record),
  unfinished: unfinished.map(({ number, text, ownerId, due }) => ({
    number,
    text: plainText(text, record),
    owner: nameOf(ownerId, record),
    due,
  })),
  corrected: {
    figures: corrected?.figures ?? [],
    by: (corrected?.figuresFrom?.by ?? []).map((id) => record.people[id] ?? id),
    sections: (corrected?.sections ?? []).map(({ key, title, from }) => ({
      key,
      title,
      by: (from?.by ?? []).map((id) => record.people[id] ?? id),
    })),
  },
});

const nameOf = (id: string | null, { people }: IncidentRecord): string | null =>
  id === null ? null : (people[id] ?? id);

const plainText = (text: string, record: IncidentRecord): string =>
  slackPhrasing(text, record)
    .map((node) => (node.type === 'break' ? '\n' : textOf(node)))
    .join('');
