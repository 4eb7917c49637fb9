import type { RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { MILESTONE_NAMES } from '../incident/milestones.ts';
import type { IncidentRecord } from '../incident/types.ts';
import { formatMinutes } from '../time/duration.ts';
import { zoneLabel } from '../time/format.ts';
import type { Instant } from '../time/types.ts';
import { offsetAt, wallAt } from '../time/zones.ts';
import { guidance } from './document-guidance.ts';
import { gap, type Inline, link, type Row, strong, table, text, when } from './document-nodes.ts';
import { clockAfter } from './document-time.ts';
import { precisionOf } from './impact.ts';
import { slackPhrasing } from './slack-text.ts';
import { cleanLine } from './text/clean.ts';
import { safeUrl } from './text/links.ts';
import type { Facts, TimelineLine } from './types.ts';

/** One row a line: number (linked to its message), time, milestones and text, gap to the line before. */
export function timelineNodes(record: IncidentRecord, facts: Facts, zone: string): RootContent[] {
  if (facts.lines.length === 0) return [gap(...guidance('timeline'))];
  const local = facts.lines.some(({ entry }) => offsetAt(zone, entry.occurredAt) !== 0);
  const columns = [
    { title: '#', className: 'number' },
    { title: 'Time (UTC)', className: 'when' },
    ...(local ? [{ title: `In ${zone}`, className: 'local' }] : []),
    { title: 'What happened', className: 'what' },
    { title: 'Since the line before', className: 'since', align: 'right' as const },
  ];
  const rows = facts.lines.map((line, index): Row => {
    const { entry, minutesSincePrevious: since } = line;
    const previous = facts.lines[index - 1]?.entry.occurredAt ?? null;
    return {
      id: `entry-${entry.number}`,
      cells: [
        [numberCell(line)],
        whenCell(line, previous),
        ...(local ? [[localClock(entry.occurredAt, previous, zone)]] : []),
        whatCell(line, record),
        [since === null ? '–' : formatMinutes(since)],
      ],
    };
  });
  return [table('timeline', columns, rows)];
}

/** The zone's wall clock; its date where it changes, its abbreviation or offset first and where that changes. */
function localClock(at: Instant, previous: Instant | null, zone: string): string {
  const wall = wallAt(zone, at);
  const shown = clockAfter(wall, previous === null ? null : wallAt(zone, previous));
  const same = previous !== null && offsetAt(zone, previous) === offsetAt(zone, at);
  return same ? shown : `${shown} ${zoneLabel(at, zone)}`;
}

function numberCell({ entry }: TimelineLine): Inline {
  const url = entry.permalink && safeUrl(entry.permalink);
  if (!url) return `#${entry.number}`;
  return {
    ...link(url, `#${entry.number}`),
    data: { hProperties: { title: 'The message in Slack that proves it' } },
  };
}

function whenCell({ entry }: TimelineLine, previous: number | null): Inline[] {
  const { occurredAt: at } = entry;
  return when({ at, ...precisionOf(entry) }, clockAfter(at, previous));
}

/** Slack shows a thumbnail only to who may see the file, so it is a link and no picture. */
function thumbnails({ files = [] }: TimelineLine['entry']): Inline[] {
  return files.flatMap(({ name, thumbnail }): Inline[] => {
    const url = thumbnail && safeUrl(thumbnail);
    return url ? [text(' · '), link(url, `thumbnail of ${cleanLine(name)}`)] : [];
  });
}

function whatCell({ entry, marks }: TimelineLine, record: IncidentRecord): Inline[] {
  const labels = marks.flatMap(({ milestone, provenance }): Inline[] => {
    const label = record.names.milestones[milestone];
    if (provenance !== 'inferred') return [strong(label, 'milestone'), text(' · ')];
    return [strong(label, 'milestone', 'inferred'), text(' (inferred)', 'inferred'), text(' · ')];
  });
  const words = slackPhrasing(entry.text, record);
  const says = textOf(words).trim().toLowerCase();
  const repeats =
    marks.length === 1 &&
    marks.some(({ milestone }) =>
      [record.names.milestones, MILESTONE_NAMES].some((names) => names[milestone].toLowerCase() === says),
    );
  const moved = entry.movedFrom ? [text(` (was ${entry.movedFrom})`, 'moved')] : [];
  const gone = entry.messageGoneAt ? [text(' (message deleted in Slack)', 'gone')] : [];
  const said = repeats || says === '' ? labels.slice(0, -1) : [...labels, ...words];
  return [...said, ...thumbnails(entry), ...moved, ...gone];
}
