import type { RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { MILESTONE_WORDS } from '../incident/milestones.ts';
import type { IncidentRecord } from '../incident/types.ts';
import { formatMinutes } from '../time/duration.ts';
import { guidance } from './document-guidance.ts';
import { gap, type Inline, link, type Row, strong, table, text, time } from './document-nodes.ts';
import { clockAfter } from './document-time.ts';
import { slackPhrasing } from './slack-text.ts';
import { safeUrl } from './text/links.ts';
import type { Facts, TimelineLine } from './types.ts';

const COLUMNS = [
  { title: '#', className: 'number' },
  { title: 'Time (UTC)', className: 'when' },
  { title: 'What happened', className: 'what' },
  { title: 'Since the line before', className: 'since', align: 'right' },
] as const;

/** One row a line: number (linked to its message), time, milestones and text, gap to the line before. */
export function timelineNodes(record: IncidentRecord, facts: Facts): RootContent[] {
  if (facts.lines.length === 0) return [gap(...guidance('timeline'))];
  const rows = facts.lines.map((line, index): Row => {
    const { entry } = line;
    const previous = facts.lines[index - 1]?.entry.occurredAt ?? null;
    const since = line.minutesSincePrevious;
    return {
      id: `entry-${entry.number}`,
      cells: [
        [numberCell(line)],
        whenCell(line, previous),
        whatCell(line, record),
        [since === null ? '–' : formatMinutes(since)],
      ],
    };
  });
  return [table('timeline', COLUMNS, rows)];
}

function numberCell({ entry }: TimelineLine): Inline {
  const url = entry.permalink && safeUrl(entry.permalink);
  return url ? link(url, `#${entry.number}`, 'The message in Slack that proves it') : `#${entry.number}`;
}

function whenCell({ entry }: TimelineLine, previous: number | null): Inline[] {
  const printed = time(entry.occurredAt, clockAfter(entry.occurredAt, previous));
  return entry.precision === 'exact' ? [printed] : [text(`${entry.precision} `, 'precision'), printed];
}

function whatCell({ entry, marks }: TimelineLine, record: IncidentRecord): Inline[] {
  const labels = marks.flatMap(({ milestone, provenance }): Inline[] => {
    const { label } = MILESTONE_WORDS[milestone];
    if (provenance !== 'inferred') return [strong(label, 'milestone'), text(' · ')];
    return [strong(label, 'milestone', 'inferred'), text(' (inferred)', 'inferred'), text(' · ')];
  });
  const words = slackPhrasing(entry.text, record);
  const says = textOf(words).trim().toLowerCase();
  const repeats =
    marks.length === 1 &&
    marks.some(({ milestone }) => MILESTONE_WORDS[milestone].label.toLowerCase() === says);
  return repeats || says === '' ? labels.slice(0, -1) : [...labels, ...words];
}
