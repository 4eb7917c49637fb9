import { computeFacts } from '../src/postmortem/facts.ts';
import { buildPostmortem, postmortemMarkdown } from '../src/postmortem/postmortem.ts';
import { contradictedFigures } from '../src/postmortem/support.ts';
import { draftPage } from '../src/web/page/draft-page.ts';
import { makeEntry, makeIncident, makeMark, makeRecord } from '../test/postmortem/makers.ts';
import { nanoseconds } from './measure.ts';
import { growth, type Row } from './table.ts';

const SIZES = [10, 100, 1000, 5000];
const START = Date.parse('2026-03-10T02:00:00Z');
const SUMMARY =
  'Sign-in failed for 2 hours and 35 minutes from 2:00 to 4:35. It was reported after 13 minutes, called 1 hour, 30 minutes later and fixed at 5:03pm, 43 hrs in all.';

/** An incident with so many lines, a minute and a bit apart. */
function recordWith(lines: number) {
  const entries = Array.from({ length: lines }, (_, index) =>
    makeEntry(index + 1, START + index * 77_000, {
      text: `Line ${index + 1}: the queue is at ${index} jobs`,
    }),
  );
  const marks = [
    makeMark('impact_started', 1),
    makeMark('root_cause_identified', Math.ceil(lines / 2)),
    makeMark('fix_released', lines),
  ];
  return makeRecord({ incident: makeIncident({ summary: SUMMARY }), entries, marks });
}

/** Figures against the timeline, and the draft with its page, by the number of entries. */
export function draftRows(): Row[] {
  const now = START + 48 * 3_600_000;
  return [
    ...growth({
      what: 'Contradicted figures of a summary',
      unit: 'entries',
      sizes: SIZES,
      cost(size) {
        const facts = computeFacts(recordWith(size), now);
        return nanoseconds(() => contradictedFigures(SUMMARY, facts, 'Europe/Berlin'));
      },
    }),
    ...growth({
      what: 'Draft built, with its checks',
      unit: 'entries',
      sizes: SIZES,
      cost(size) {
        const record = recordWith(size);
        return nanoseconds(() => buildPostmortem({ record, edits: [], dismissals: [] }, now));
      },
    }),
    ...growth({
      what: 'Draft rendered as page and Markdown',
      unit: 'entries',
      sizes: SIZES,
      cost(size) {
        const postmortem = buildPostmortem({ record: recordWith(size), edits: [], dismissals: [] }, now);
        const { draft, facts, checks } = postmortem;
        const page = { draft, facts, checks, state: { name: 'draft' as const }, now };
        return nanoseconds(() => [draftPage(page), postmortemMarkdown(postmortem)]);
      },
    }),
  ];
}
