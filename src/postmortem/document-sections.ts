import type { BlockContent, RootContent } from 'mdast';
import type { Milestone } from '../incident/milestones.ts';
import type { ActionItem, IncidentRecord, SectionName } from '../incident/types.ts';
import { guidance } from './document-guidance.ts';
import { gap, heading, type Inline, list, paragraph, strong, text, time } from './document-nodes.ts';
import { utcClock, utcDate } from './document-time.ts';
import type { Publication } from './document-types.ts';
import { narrative } from './narrative.ts';
import { slackFlow, slackPhrasing } from './slack-text.ts';
import { personNode } from './text/references.ts';
import type { Facts } from './types.ts';

/** A part that a person wrote, or what belongs there. */
export function humanNodes(
  words: string | undefined,
  key: SectionName | 'summary',
  record: IncidentRecord,
): BlockContent[] {
  const nodes = slackFlow(words ?? '', record);
  return nodes.length > 0 ? nodes : [gap(...guidance(key))];
}

/** The person's account; without one, sentences from the facts to begin with. */
export function whatHappenedNodes(record: IncidentRecord, facts: Facts): RootContent[] {
  const words = slackFlow(record.sections['what-happened'] ?? '', record);
  if (words.length > 0) return words;
  return [...starterNodes(record, facts), gap(...guidance('what-happened'))];
}

export function rootCauseNodes(record: IncidentRecord, facts: Facts): RootContent[] {
  return withStarters(record, facts, 'root-cause', ['root_cause_identified']);
}

/** Mitigation, resolution, verification: each with its fact, its words or its guidance. */
export function resolutionNodes(record: IncidentRecord, facts: Facts): RootContent[] {
  return [
    heading('Mitigation'),
    ...withStarters(record, facts, 'mitigation', ['mitigated']),
    heading('Resolution'),
    ...withStarters(record, facts, 'resolution', ['fix_created', 'fix_merged', 'fix_released']),
    heading('Verification'),
    ...withStarters(record, facts, 'verification', ['resolved']),
  ];
}

export function factorNodes(record: IncidentRecord): RootContent[] {
  if (record.factors.length === 0) return [gap(...guidance('factors'))];
  return [list(record.factors.map((factor) => slackPhrasing(factor, record)))];
}

/** The action items, each with owner and date, or plainly without; and those that publishing left unfinished. */
export function preventionNodes(record: IncidentRecord, publication: Publication | null): RootContent[] {
  const items = record.actions.map((action) => actionItem(action, record));
  const all = items.length === 0 ? gap(...guidance('actions')) : list(items, 'actions');
  return [all, ...(publication ? unfinishedNodes(publication, record) : [])];
}

/** One line: what was still to do at the moment of publishing, as it was owned and dated then. */
function unfinishedNodes({ at, unfinished }: Publication, record: IncidentRecord): RootContent[] {
  if (unfinished.length === 0) return [];
  const items = unfinished.flatMap((action, index) => [
    text(index === 0 ? ': ' : '; '),
    ...actionItem({ ...action, doneAt: null }, record),
  ]);
  const when = time(at, `${utcDate(at)} ${utcClock(at)} UTC`);
  return [paragraph(strong('Unfinished when this was published'), text(' ('), when, text(')'), ...items)];
}

/** State changes that are no lines of the timeline, in order of time. */
export function activityNodes(record: IncidentRecord): RootContent[] {
  if (record.activity.length === 0) return [paragraph('No change of severity, lead or status is on record.')];
  const sorted = [...record.activity].sort((a, b) => a.at - b.at);
  return [
    list(
      sorted.map(({ at, by, text: words }) => [
        time(at, `${utcDate(at)} ${utcClock(at)} UTC`),
        text(' · '),
        ...slackPhrasing(words, record),
        text(' · '),
        personNode(by, record),
      ]),
      'activity',
    ),
  ];
}

function withStarters(
  record: IncidentRecord,
  facts: Facts,
  key: SectionName,
  milestones: readonly Milestone[],
): RootContent[] {
  const words = slackFlow(record.sections[key] ?? '', record);
  if (words.length > 0) return words;
  return [...starterNodes(record, facts, milestones), gap(...guidance(key))];
}

function starterNodes(record: IncidentRecord, facts: Facts, only?: readonly Milestone[]): RootContent[] {
  const starters = narrative(record, facts, only);
  if (starters.length === 0) return [];
  const lead: RootContent = {
    type: 'paragraph',
    children: [{ type: 'emphasis', children: [text('From the timeline:')] }],
  };
  return [
    lead,
    list(
      starters.map(({ nodes }) => nodes),
      'starters',
    ),
  ];
}

function actionItem(
  { text: words, ownerId, due, doneAt }: Omit<ActionItem, 'id' | 'number'>,
  record: IncidentRecord,
): Inline[] {
  const owner: Inline = ownerId === null ? text('no owner yet', 'missing') : personNode(ownerId, record);
  const date: Inline = due === null ? text('no date yet', 'missing') : text(`due ${due}`);
  const done: Inline[] = doneAt === null ? [] : [text(', done '), time(doneAt, utcDate(doneAt))];
  return [...slackPhrasing(words, record), text(' ('), owner, text(', '), date, ...done, text(')')];
}
