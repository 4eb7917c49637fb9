import { describe, expect, test } from 'vitest';
import { corrections, isCorrected, saidIn } from '../../src/postmortem/corrections.ts';
import type { Publication, Write } from '../../src/postmortem/document-types.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import {
  buildPostmortem,
  type PostmortemSource,
  postmortemJson,
  postmortemMarkdown,
} from '../../src/postmortem/postmortem.ts';
import { renderPlain } from '../../src/postmortem/render/plain.ts';
import { draftPage } from '../../src/web/page/draft-page.ts';
import { at, makeIncident, makeRecord, makeTimeline } from './makers.ts';

const NOW = at('23:30');
const URL = 'https://debrief.example.com/postmortems/5f0c?e=1&s=x';
const people = { U1: 'Ana', U2: 'Ben *B*', U3: 'Cy' };
const record = (end = '15:00', summary = 'It was down.') =>
  makeRecord({
    ...makeTimeline(['12:00', 'impact_started'], ['13:00'], [end, 'resolved']),
    incident: makeIncident({ summary }),
    people,
  });
const source = (over: Partial<PostmortemSource> = {}): PostmortemSource => ({
  record: record(),
  edits: [],
  dismissals: [],
  ...over,
});
const saidBy = (one: PostmortemSource) => {
  const { facts, draft } = buildPostmortem(one, NOW);
  return saidIn(facts, draft.sections);
};
const publication = (since: Write[] = [], over: Partial<Publication> = {}): Publication => ({
  at: at('16:00'),
  by: 'U1',
  unfinished: [],
  version: 3,
  frozen: saidBy(source()),
  since,
  ...over,
});
const write = (section: Write['section'], by: string, when: string): Write => ({ section, by, at: at(when) });

/** The note over the Markdown file: all between the second line and the first section. */
const noteOf = (one: PostmortemSource, url?: string) => {
  const [, , ...note] = (postmortemMarkdown(buildPostmortem(one, NOW, url)).split('\n## ')[0] ?? '').split(
    '\n\n',
  );
  return note.join('\n\n').trim();
};

describe('the note over a published postmortem', () => {
  test('a draft has none, and is called one', () => {
    expect(noteOf(source())).toBe('');
    expect(postmortemMarkdown(buildPostmortem(source(), NOW))).toContain('\nPostmortem draft · ');
  });

  test('says which version it is, since when and by whom, and no more while nothing was corrected', () => {
    const said = 'Published as version 3 on 10 March 2026, 16:00 UTC, by Ana.';
    const same = source({ publication: publication([write(null, 'U2', '17:00')]) });
    expect(noteOf(same)).toBe(said);
    expect(noteOf(source({ publication: publication([], { frozen: null }) }))).toBe(said);
    expect(noteOf(source({ publication: publication([], { frozen: null, version: null }) }))).toBe(
      'Published on 10 March 2026, 16:00 UTC, by Ana.',
    );
    expect(postmortemMarkdown(buildPostmortem(same, NOW))).toContain('\nPostmortem · ');
  });

  test('names the figures that moved with old and new, and who wrote on the timeline since', () => {
    const since = [write(null, 'U2', '17:30'), write(null, 'U3', '17:00'), write('summary', 'U1', '18:00')];
    const note = noteOf(source({ record: record('15:05'), publication: publication(since) }), URL);
    expect(note).toContain(
      'by Ana. Corrected since:\n\n- Impact duration 3 h → 3 h 5 min; Impact end 2026-03-10 15:00 UTC → 2026-03-10 15:05 UTC; ',
    );
    expect(note).toContain('(10 March 2026, by Cy and Ben \\*B\\*)');
    expect(note).toContain(
      '[Version 3 as published](https://debrief.example.com/postmortems/5f0c/history/3?e=1\\&s=x)',
    );
    // The sections that only follow the figures are not named beside them.
    expect(note).not.toContain('Section');
  });

  test('names the sections whose words people changed, by their titles, and who did', () => {
    const since = [write('summary', 'U3', '17:00'), write('factors', 'U2', '17:10')];
    const changed = source({ record: record('15:00', 'It was slow.'), publication: publication(since) });
    // Factors were written to and taken back: they say what they said.
    expect(noteOf(changed)).toBe(
      'Published as version 3 on 10 March 2026, 16:00 UTC, by Ana. Corrected since:\n\n- Section “Summary” edited (10 March 2026, by Cy)',
    );
  });

  test('a line that was reworded is the timeline’s', () => {
    const worded = record();
    const entries = worded.entries.map((one) =>
      one.number === 2 ? { ...one, text: 'Not the database' } : one,
    );
    const since = [write(null, 'U3', '17:00')];
    expect(noteOf(source({ record: { ...worded, entries }, publication: publication(since) }))).toContain(
      '- Section “Timeline” edited (10 March 2026, by Cy)',
    );
  });

  test('a line that came late, one that went, and many of them at once', () => {
    const late = makeTimeline(['12:00', 'impact_started'], ['13:00'], ['15:00', 'resolved'], ['14:00']);
    const note = noteOf(source({ record: { ...record(), ...late }, publication: publication() }));
    expect(note).toContain('Line #4: new, 2026-03-10 14:00 UTC');
    const fewer = makeTimeline(['12:00', 'impact_started'], ['15:00', 'resolved']);
    const gone = noteOf(source({ record: { ...record(), ...fewer }, publication: publication() }));
    expect(gone).toMatch(/#3: gone, was /);
    const many = Array.from({ length: 30 }, (_, minute): [string] => [`14:${String(minute + 10)}`]);
    const crowded = makeTimeline(['12:00', 'impact_started'], ['13:00'], ['15:00', 'resolved'], ...many);
    const cut = noteOf(source({ record: { ...record(), ...crowded }, publication: publication() }));
    expect(cut).toMatch(/; and \d+ more figures$/);
    expect(cut.length).toBeLessThan(1500);
  });

  test('stands in the page, the plain text and the JSON too, as text', () => {
    const since = [write(null, 'U2', '17:30'), write('summary', 'U3', '17:00')];
    const changed = source({ record: record('15:05', 'It was slow.'), publication: publication(since) });
    const postmortem = buildPostmortem(changed, NOW, URL);
    const { draft, facts } = postmortem;
    const page = draftPage({ draft, facts, checks: [], state: { name: 'published', version: 4 }, now: NOW });
    const note = page.slice(page.indexOf('class="notice published"'), page.indexOf('class="columns"'));
    expect(note).toContain('Impact duration 3 h → 3 h 5 min');
    expect(note).toContain('by Ben *B*)');
    expect(note).toContain('href="https://debrief.example.com/postmortems/5f0c/history/3?e=1&#x26;s=x"');
    expect(renderPlain(draft)).toContain('Section “Summary” edited (10 March 2026, by Cy)');
    expect(postmortemJson(postmortem).published).toMatchObject({
      version: 3,
      corrected: {
        by: ['Ben *B*'],
        sections: [{ key: 'summary', title: 'Summary', by: ['Cy'] }],
      },
    });
    expect(postmortemJson(postmortem).published?.corrected.figures).toContainEqual({
      name: 'impact',
      label: 'Impact duration',
      from: '3 h',
      to: '3 h 5 min',
    });
  });
});

test('what the workspace calls things, and sections that it leaves out, are no corrections', () => {
  const named = record();
  const names = { ...named.names, milestones: { ...named.names.milestones, resolved: 'Over' } };
  const template = { zone: null, order: ['timeline'], hidden: ['summary'], guidance: {} };
  const since = [write(null, 'U2', '17:30'), write('summary', 'U2', '17:30')];
  const changed = buildPostmortem(source({ record: { ...named, names }, template }), NOW);
  const said = saidIn(changed.facts, changed.draft.sections);
  const same = { ...saidBy(source()), facts: computeFacts(record(), NOW) };
  expect(isCorrected(corrections(same, said, since))).toBe(false);
});
