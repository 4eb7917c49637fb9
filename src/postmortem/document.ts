import type { RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { orderedSections, SECTION_TITLES } from '../incident/draftSections.ts';
import { severityWords } from '../incident/settings.ts';
import type { IncidentRecord } from '../incident/types.ts';
import { applyEdit } from './document-edits.ts';
import { isGap } from './document-gaps.ts';
import { withGuidance } from './document-guidance.ts';
import { customerNodes, dateNodes, impactNodes, serviceNodes } from './document-head.ts';
import { milestoneNodes } from './document-milestones.ts';
import {
  activityNodes,
  factorNodes,
  humanNodes,
  preventionNodes,
  resolutionNodes,
  rootCauseNodes,
  whatHappenedNodes,
} from './document-sections.ts';
import { timelineNodes } from './document-timeline.ts';
import {
  type Draft,
  type DraftOptions,
  type DraftSection,
  FLAGS,
  type Origin,
  type SectionKey,
  showsZone,
} from './document-types.ts';
import { slackPhrasing } from './slack-text.ts';
import { cleanLine } from './text/clean.ts';
import type { Facts } from './types.ts';

/**
 * The postmortem draft as one tree: every figure from `facts`, every word from the record, guidance where nobody
 * wrote anything, and people's edits of generated parts merged in. Times are UTC. A template may order
 * sections and leave some out: what people wrote there is kept.
 */
export function buildDraft(record: IncidentRecord, facts: Facts, options: DraftOptions): Draft {
  const { incident } = record;
  const { order = [], hidden = [], guidance = {} } = options.template ?? {};
  const made = orderedSections(order).map((key) => {
    const section = buildSection(key, record, facts, options);
    withGuidance(section.nodes, guidance);
    const edit = options.edits?.[key];
    return edit ? applyEdit(section, edit) : section;
  });
  return {
    reference: `INC-${incident.number}`,
    title: cleanLine(textOf(slackPhrasing(incident.title, record))) || 'Untitled incident',
    severity: incident.severity,
    severityText: cleanLine(severityWords(incident.severity, record.names)),
    status: incident.status,
    flags: FLAGS.filter((flag) => incident[flag]),
    url: options.url ?? null,
    tracker: incident.tracker,
    zone: options.zone,
    sections: made.filter(({ key }) => !hidden.includes(key)),
    leftOut: made
      .filter(({ key, origin }) => hidden.includes(key) && origin === 'human')
      .map(({ key }) => key),
  };
}

/**
 * The draft as somebody sees it who lives in `zone` (IANA; null: its own): that clock stands beside UTC, except in what people edited.
 * Only to be shown: edits are merged into, and corrections told of, the draft in its own zone.
 */
export function seenFrom(zone: string | null, draft: Draft, record: IncidentRecord, facts: Facts): Draft {
  if (zone === null || zone === draft.zone) return draft;
  const seen = (section: DraftSection): DraftSection => {
    const generated = section.origin === 'generated' && !section.edited;
    return generated && showsZone(section)
      ? { ...section, nodes: nodesOf(section.key, record, facts, { zone }) }
      : section;
  };
  return { ...draft, zone, sections: draft.sections.map(seen) };
}

function buildSection(
  key: SectionKey,
  record: IncidentRecord,
  facts: Facts,
  options: DraftOptions,
): DraftSection {
  const nodes = nodesOf(key, record, facts, options);
  return { key, title: SECTION_TITLES[key], origin: originOf(key, record, nodes), nodes };
}

function nodesOf(
  key: SectionKey,
  record: IncidentRecord,
  facts: Facts,
  { zone, publication }: DraftOptions,
): RootContent[] {
  switch (key) {
    case 'date':
      return dateNodes(facts, zone);
    case 'services':
      return serviceNodes(record);
    case 'impact':
      return impactNodes(facts);
    case 'summary':
      return humanNodes(record.incident.summary, 'summary', record);
    case 'customers':
      return customerNodes(record);
    case 'what-happened':
      return whatHappenedNodes(record, facts);
    case 'timeline':
      return timelineNodes(record, facts, zone);
    case 'milestones':
      return milestoneNodes(facts);
    case 'root-cause':
      return rootCauseNodes(record, facts);
    case 'factors':
      return factorNodes(record);
    case 'resolution':
      return resolutionNodes(record, facts);
    case 'prevention':
      return preventionNodes(record, publication ?? null);
    case 'next-steps':
      return humanNodes(record.sections['next-steps'], 'next-steps', record);
    case 'activity':
      return activityNodes(record);
  }
}

const WRITTEN_BY: Partial<Record<SectionKey, (record: IncidentRecord) => boolean>> = {
  services: () => true,
  summary: () => true,
  customers: () => true,
  factors: () => true,
  prevention: () => true,
  'next-steps': () => true,
  'what-happened': ({ sections }) => Boolean(sections['what-happened']),
  'root-cause': ({ sections }) => Boolean(sections['root-cause']),
  resolution: ({ sections }) => Boolean(sections.mitigation || sections.resolution || sections.verification),
};

function originOf(key: SectionKey, record: IncidentRecord, nodes: readonly RootContent[]): Origin {
  const filled = nodes.some((node) => node.type !== 'heading' && !isGap(node));
  if (!filled) return 'empty';
  return WRITTEN_BY[key]?.(record) ? 'human' : 'generated';
}
