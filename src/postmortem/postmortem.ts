import type { IncidentRecord } from '../incident/types.ts';
import { SECTIONS } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import { type ChangedFigure, changedFigures } from './changed-figures.ts';
import { runChecks } from './checks/run.ts';
import type { Check, ProseText } from './checks/types.ts';
import { type Corrections, corrections, saidIn } from './corrections.ts';
import { buildDraft } from './document.ts';
import { publicationNodes } from './document-publication.ts';
import type { Draft, Publication, SectionEdit, SectionKey, Template } from './document-types.ts';
import { computeFacts } from './facts.ts';
import { draftSection } from './render/check-note.ts';
import { toJson } from './render/json.ts';
import { editableMarkdown, renderMarkdown, sectionMarkdown } from './render/markdown.ts';
import { contradictedFigures } from './support.ts';
import type { Facts } from './types.ts';

/** A person's version of a section, with what was generated and what the figures were when they began. */
export interface SectionVersion {
  section: SectionKey;
  version: number;
  base: string;
  /** Markdown; null: given back to what is generated. */
  text: string | null;
  facts: Facts;
  /** Slack user id. */
  by: string;
  at: Instant;
}

/** What a section's editor begins with: what is generated, and the figures. Their text is merged from there. */
export type Began = Pick<SectionVersion, 'base' | 'facts'>;

export interface Dismissal {
  key: string;
  reason: string;
  by: string;
  at: Instant;
}

export type DismissedCheck = Check & { dismissal: Dismissal };

/** All that a postmortem is computed from. `edits`: the latest version of each section that a person edited. */
export interface PostmortemSource {
  record: IncidentRecord;
  edits: SectionVersion[];
  dismissals: Dismissal[];
  /** The workspace's; without one, ours. */
  template?: Template;
  /** The latest one, while the postmortem is published. */
  publication?: Publication | null;
}

/** One incident's postmortem as it stands: its figures, its document, what contradicts them. */
export interface Postmortem {
  record: IncidentRecord;
  facts: Facts;
  draft: Draft;
  /** Without those that somebody put aside. */
  checks: Check[];
  dismissed: DismissedCheck[];
  /** Of the draft's summary, as the figures were written. */
  contradictedFigures: string[];
  /** Figures that are not what they were when somebody edited. */
  changed: ChangedFigure[];
  publication: Publication | null;
  /** What differs from the version as published; null: not published, or that very version. */
  corrected: Corrections | null;
}

/** What a published version's page shows, beside its figures: kept as it was, whatever changes later. */
export type FrozenPage = Pick<Postmortem, 'draft' | 'checks' | 'dismissed'>;

/**
 * IANA zone of the draft, whoever looks at it. A clock time in its texts that names no zone is read in UTC, in this one,
 * or in that of who declared.
 */
export const zoneOfDraft = ({ record, template }: Pick<PostmortemSource, 'record' | 'template'>): string =>
  template?.zone ?? record.incident.zone;

/** Computes everything from the source. `now` (UTC instant) only matters while the impact is open. */
export function buildPostmortem(
  { record, edits, dismissals, template, publication = null }: PostmortemSource,
  now: Instant,
  url?: string,
): Postmortem {
  const zone = zoneOfDraft({ record, ...(template && { template }) });
  const facts = computeFacts(record, now);
  const made = buildDraft(record, facts, {
    zone,
    edits: editsOf(edits, record),
    publication,
    ...(template && { template }),
    ...(url && { url }),
  });
  const corrected = publication?.frozen
    ? corrections(publication.frozen, saidIn(facts, made.sections), publication.since)
    : null;
  const draft = publication
    ? { ...made, note: publicationNodes(publication, corrected, record.people, url) }
    : made;
  const texts = proseOf(record, draft, edits);
  const summary = texts.find((one) => one.section === 'summary')?.text ?? '';
  const zones = [...new Set([record.incident.zone, zone])];
  const [first = [], ...others] = zones.map((one) => runChecks(record, facts, texts, now, one));
  const found = first
    .filter(({ key }) => others.every((checks) => checks.some((other) => other.key === key)))
    .filter((check) => isShown(check, template));
  const dismissalOf = (check: Check) => dismissals.find((one) => one.key === check.key);
  return {
    record,
    facts,
    draft,
    checks: found.filter((check) => !dismissalOf(check)),
    dismissed: found.flatMap((check) => {
      const dismissal = dismissalOf(check);
      return dismissal ? [{ ...check, dismissal }] : [];
    }),
    contradictedFigures: contradictedFigures(summary, facts, ...zones),
    changed: changedSince(edits, facts),
    publication,
    corrected,
  };
}

function editsOf(
  edits: SectionVersion[],
  { people }: IncidentRecord,
): Partial<Record<SectionKey, SectionEdit>> {
  const current = edits.flatMap(({ section, base, text, by, at }) =>
    text === null ? [] : [[section, { base, text, by: people[by] ?? by, at }] as const],
  );
  return Object.fromEntries(current);
}

// These say what the facts are, whichever sections show them.
const OF_FACTS: readonly SectionKey[] = ['impact', 'timeline', 'milestones'];

/** Nobody is asked to mend a section that the workspace leaves out. */
function isShown(check: Check, { hidden }: Pick<Template, 'hidden'> = { hidden: [] }): boolean {
  const section = draftSection(check);
  return section === undefined || OF_FACTS.includes(section) || !hidden.includes(section);
}

/** The source with every section in the draft, for editing one that the workspace leaves out meanwhile. */
export const withEverySection = <Source extends PostmortemSource>(source: Source): Source => ({
  ...source,
  ...(source.template && { template: { ...source.template, hidden: [] } }),
});

/** What people wrote: an edited section as it stands in the draft, other sections as they were typed. */
function proseOf(record: IncidentRecord, draft: Draft, edits: SectionVersion[]): ProseText[] {
  const edited = new Set(edits.filter((one) => one.text !== null).map((one) => one.section));
  const typed = [
    { section: 'summary', text: record.incident.summary },
    ...SECTIONS.map((section) => ({ section, text: record.sections[section] ?? '' })),
  ].filter(({ section, text }) => text !== '' && !edited.has(draftSection({ section }) ?? 'summary'));
  const changed = draft.sections
    .filter(({ key }) => edited.has(key))
    .map((section) => ({ section: section.key as string, text: sectionMarkdown(section) }));
  return [...typed, ...changed];
}

/** A figure that several edits have seen is compared with what the earliest of them saw. */
function changedSince(edits: SectionVersion[], facts: Facts): ChangedFigure[] {
  const oldestFirst = edits.filter((one) => one.text !== null).sort((a, b) => a.at - b.at);
  const changed = new Map<string, ChangedFigure>();
  for (const edit of oldestFirst) {
    for (const figure of changedFigures(edit.facts, facts)) {
      if (!changed.has(figure.name)) changed.set(figure.name, figure);
    }
  }
  return [...changed.values()];
}

export const postmortemMarkdown = ({ draft }: Postmortem): string => renderMarkdown(draft);

export const postmortemJson = (postmortem: Postmortem) =>
  toJson({ ...postmortem, zone: postmortem.record.incident.zone });

/** A section's Markdown for editing, as it stands, edits and all; null when the draft has no such section. */
export function markdownOf({ draft }: Postmortem, key: SectionKey): string | null {
  const section = draft.sections.find((one) => one.key === key);
  return section ? editableMarkdown(section) : null;
}

/** A section's Markdown as it would be without edits: the base of the next one. */
export const generatedMarkdown = (source: PostmortemSource, key: SectionKey, now: Instant): string | null =>
  markdownOf(buildPostmortem({ ...source, edits: [], dismissals: [] }, now), key);
