import type { RootContent } from 'mdast';
import type { Provenance } from '../incident/types.ts';
import { formatMinutes } from '../time/duration.ts';
import {
  gap,
  heading,
  type Inline,
  lineReference,
  type Row,
  strong,
  table,
  text,
  when,
} from './document-nodes.ts';
import { clockAfter, shortDate, utcClock, utcDate } from './document-time.ts';
import type { Facts, Moment } from './types.ts';

/** How a milestone's time is known, as printed. */
export const PROVENANCE_WORDS: Record<Provenance, string> = {
  observed: 'its message’s own time',
  asserted: 'given by a person',
  inferred: 'inferred, not confirmed',
};

const DURATION_COLUMNS = [
  { title: 'Measure', className: 'measure' },
  { title: 'Time', className: 'figure', align: 'right' },
  { title: 'From (UTC)', className: 'from' },
  { title: 'To (UTC)', className: 'to' },
] as const;

const MILESTONE_COLUMNS = [
  { title: 'Milestone', className: 'measure' },
  { title: 'Time (UTC)', className: 'when' },
  { title: 'From impact start', className: 'figure', align: 'right' },
  { title: 'How known', className: 'known' },
  { title: 'Line', className: 'number' },
] as const;

/** Times to detect, call, … with their two named ends, then every milestone that somebody marked. */
export function milestoneNodes(facts: Facts): RootContent[] {
  if (facts.milestones.length === 0) {
    return [
      gap(
        'mark the moments on the timeline (',
        { type: 'inlineCode', value: '/incident milestone NAME #N' },
        '): every time here follows from them.',
      ),
    ];
  }
  const dated = new Set(facts.lines.map(({ entry }) => utcDate(entry.occurredAt))).size > 1;
  const durations = facts.durations.map(({ label, minutes, from, to }): Row => {
    const end = to ? moment(to, dated) : ['still running'];
    return { cells: [[label], [strong(formatMinutes(minutes))], moment(from, dated), end] };
  });
  const milestones = facts.milestones.map((fact, index): Row => {
    const previous = facts.milestones[index - 1]?.at ?? null;
    const minutes = fact.minutesFromStart;
    const inferred = fact.provenance === 'inferred';
    return {
      cells: [
        [fact.label],
        when(fact, clockAfter(fact.at, previous)),
        [minutes === null ? '–' : formatMinutes(minutes)],
        [inferred ? text(PROVENANCE_WORDS.inferred, 'inferred') : PROVENANCE_WORDS[fact.provenance]],
        [lineReference(fact.entryNumber)],
      ],
    };
  });
  const measured: RootContent[] =
    durations.length > 0 ? [table('durations', DURATION_COLUMNS, durations), heading('Milestones')] : [];
  return [...measured, table('milestones', MILESTONE_COLUMNS, milestones)];
}

/** `19:53 First report #2`, with the day where the incident has more than one. */
function moment(one: Moment, dated: boolean): Inline[] {
  const { at, label, entryNumber } = one;
  const printed: Inline[] = [
    ...when(one, dated ? `${shortDate(at)} ${utcClock(at)}` : utcClock(at)),
    ` ${label}`,
  ];
  return entryNumber === null ? printed : [...printed, ' ', lineReference(entryNumber)];
}
