import { expect, it } from 'vitest';
import { MILESTONE_NAMES, MILESTONES } from '../../src/incident/milestones.ts';
import { DEFAULT_NAMES } from '../../src/incident/settings.ts';
import type { Names } from '../../src/incident/types.ts';
import { buildPostmortem, postmortemJson, postmortemMarkdown } from '../../src/postmortem/postmortem.ts';
import { renderPlain } from '../../src/postmortem/render/plain.ts';
import { stripText } from '../../src/web/page/strip.ts';
import { makeIncident, makeMark, makeRecord, makeTimeline } from './makers.ts';

const NOW = Date.parse('2026-03-10T23:30:00Z');
const names: Names = {
  milestones: Object.fromEntries(
    MILESTONES.map((key, index) => [key, `Moment ${'ABCDEFGHIJK'[index]}`]),
  ) as Names['milestones'],
  severities: { ...DEFAULT_NAMES.severities, SEV2: 'Ouch' },
};

/** Every milestone in its usual order but for the last two, one of them inferred, so that checks speak of them. */
const times = MILESTONES.map((key, index) => [`1${Math.floor(index / 6)}:${index % 6}0`, key] as const);
const timeline = makeTimeline(...times);
const record = makeRecord({
  incident: makeIncident({ retrospective: false }),
  entries: timeline.entries.map((entry) => ({ ...entry, text: '' })),
  marks: timeline.marks.map((mark, index) =>
    makeMark(mark.milestone, index + 1, { provenance: index === 5 ? 'inferred' : 'asserted' }),
  ),
});

function everything(over: Partial<typeof record>): string {
  const postmortem = buildPostmortem({ record: { ...record, ...over }, edits: [], dismissals: [] }, NOW);
  const json = postmortemJson(postmortem);
  return [
    postmortemMarkdown(postmortem),
    renderPlain(postmortem.draft),
    JSON.stringify(json),
    JSON.stringify(postmortem.checks.map(({ message }) => message)),
    stripText(postmortem.facts, 'UTC'),
  ].join('\n');
}

it('a draft, its checks and its JSON speak of milestones and severities by the workspace’s names only', () => {
  const ours = everything({});
  const theirs = everything({ names });
  for (const key of MILESTONES) {
    const label = new RegExp(`\\b${MILESTONE_NAMES[key]}\\b`, 'i');
    expect(ours, key).toMatch(label);
    expect(theirs, key).toContain(names.milestones[key]);
  }
  // Keys for machines; and what is said of the impact, of the status and in headings: no milestone is meant.
  const told = theirs.replace(/"[a-z_]+"|after impact started|· resolved|How it was resolved/gi, '');
  const left = MILESTONES.flatMap(
    (key) => told.match(new RegExp(`.{0,40}\\b${MILESTONE_NAMES[key]}\\b.{0,40}`, 'gi')) ?? [],
  );
  expect(left).toEqual([]);
  expect(theirs).toContain('SEV2 Ouch');
  expect(theirs).not.toContain('Major');
});
