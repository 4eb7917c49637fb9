import type { PhrasingContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Milestone } from '../incident/milestones.ts';
import { inSentence, MILESTONE_NAMES } from '../incident/milestones.ts';
import type { IncidentRecord } from '../incident/types.ts';
import { formatMinutes } from '../time/duration.ts';
import { lineReference, text, time } from './document-nodes.ts';
import { longDate, utcClock, utcDate } from './document-time.ts';
import { slackPhrasing } from './slack-text.ts';
import { personNode } from './text/references.ts';
import type { Facts, MilestoneFact, TimelineLine } from './types.ts';

/** A sentence put together from facts, and the numbers of the lines that prove it. */
export interface Starter {
  nodes: PhrasingContent[];
  entryNumbers: number[];
}

const VERBS: Record<Milestone, string> = {
  impact_started: 'Impact started',
  detected: 'Detected',
  first_report: 'First reported',
  escalated: 'Escalated',
  incident_called: 'Incident called',
  root_cause_identified: 'Root cause identified',
  fix_created: 'Fix created',
  fix_merged: 'Fix merged',
  fix_released: 'Fix released',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
};

/**
 * The story's beginnings, from facts alone: one sentence for each line that carries milestones, in order of time.
 * `only` narrows them to some milestones. A person is named where the marked message is their own report.
 */
export function narrative(record: IncidentRecord, facts: Facts, only?: readonly Milestone[]): Starter[] {
  let previous: number | null = null;
  return facts.lines.flatMap((line): Starter[] => {
    const marked = facts.milestones.filter(
      ({ entryNumber, milestone }) =>
        entryNumber === line.entry.number && (only?.includes(milestone) ?? true),
    );
    if (marked.length === 0) return [];
    const nodes = sentence(record, facts, line, marked, previous);
    previous = line.entry.occurredAt;
    return [{ nodes, entryNumbers: [line.entry.number] }];
  });
}

function sentence(
  record: IncidentRecord,
  facts: Facts,
  line: TimelineLine,
  marked: readonly MilestoneFact[],
  previous: number | null,
): PhrasingContent[] {
  const { entry } = line;
  const verbs = marked.map(({ milestone, label }) =>
    label === MILESTONE_NAMES[milestone] ? VERBS[milestone] : label,
  );
  const what = verbs.map((verb, index) => (index === 0 ? verb : inSentence(verb))).join(' and ');
  const by = reporter(record, line);
  const newDay = previous === null || utcDate(previous) !== utcDate(entry.occurredAt);
  const precision = entry.precision === 'exact' ? 'at' : entry.precision === 'by' ? 'by' : 'at about';
  const when = `${utcClock(entry.occurredAt)} UTC${newDay ? ` on ${longDate(entry.occurredAt)}` : ''}`;
  return [
    text(`${what}${by ? ' by ' : ''}`),
    ...(by ? [by] : []),
    text(` ${precision} `),
    time(entry.occurredAt, when),
    text(`${distance(facts, marked)}${unconfirmed(marked)}`),
    ...quoted(record, line, marked),
    text(' ('),
    lineReference(entry.number),
    text(').'),
  ];
}

/** Who reported it, where the line is the report itself: a message captured at its own time. */
function reporter(record: IncidentRecord, { entry, marks }: TimelineLine): PhrasingContent | undefined {
  const own = marks.some(
    ({ milestone, provenance }) => milestone === 'first_report' && provenance === 'observed',
  );
  if (!own || entry.authorId === null || marks.length > 1) return undefined;
  return personNode(entry.authorId, record);
}

function distance({ impact }: Facts, marked: readonly MilestoneFact[]): string {
  const minutes = marked[0]?.minutesFromStart ?? null;
  const isStart = impact.start?.entryNumber === marked[0]?.entryNumber;
  if (minutes === null || !impact.start || marked.some(({ milestone }) => milestone === 'impact_started'))
    return '';
  if (isStart) return ', from which the impact is counted';
  if (minutes === 0) return ', in the minute in which impact started';
  return `, ${formatMinutes(Math.abs(minutes))} ${minutes < 0 ? 'before' : 'after'} impact started`;
}

function unconfirmed(marked: readonly MilestoneFact[]): string {
  return marked.some(({ provenance }) => provenance === 'inferred') ? ' (inferred, not confirmed)' : '';
}

/** The line's own words, unless they only repeat the milestone. */
function quoted(
  record: IncidentRecord,
  { entry }: TimelineLine,
  marked: readonly MilestoneFact[],
): PhrasingContent[] {
  const words = textOf(
    slackPhrasing(entry.text, record).map((node) => (node.type === 'break' ? text(' ') : node)),
  ).trim();
  const repeats = marked.some(
    ({ milestone, label }) =>
      label.toLowerCase() === words.toLowerCase() ||
      MILESTONE_NAMES[milestone].toLowerCase() === words.toLowerCase(),
  );
  if (words === '' || repeats) return [];
  return [text(': “'), text(shortened(words)), text('”')];
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

function shortened(words: string): string {
  const characters = [...GRAPHEMES.segment(words.slice(0, 2000))];
  return characters.length <= 160
    ? words
    : `${characters
        .slice(0, 159)
        .map(({ segment }) => segment)
        .join('')
        .trimEnd()}…`;
}
