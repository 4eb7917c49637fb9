import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import type { IncidentRecord } from '../../src/incident/types.ts';
import { buildDraft, seenFrom } from '../../src/postmortem/document.ts';
import { hasGap, isGap } from '../../src/postmortem/document-gaps.ts';
import { type DraftOptions, SECTION_KEYS, type SectionKey } from '../../src/postmortem/document-types.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { editableMarkdown, sectionMarkdown } from '../../src/postmortem/render/markdown.ts';
import { draftPage } from '../../src/web/page/draft-page.ts';
import {
  at,
  makeAction,
  makeEntry,
  makeIncident,
  makeMark,
  makeRecord,
  makeTimeline,
  makeWindow,
  readScenario,
  recordOf,
} from './makers.ts';

const now = at('18:00');

function draftOf(record: IncidentRecord, options: Partial<DraftOptions> = {}) {
  return buildDraft(record, computeFacts(record, now), { zone: 'UTC', ...options });
}

function sectionOf(record: IncidentRecord, key: SectionKey, options: Partial<DraftOptions> = {}) {
  const section = draftOf(record, options).sections.find((one) => one.key === key);
  if (!section) throw new Error(`No section ${key}`);
  return { ...section, markdown: sectionMarkdown(section).trim() };
}

describe('the shape', () => {
  test('every section, in the order of the source postmortems', () => {
    expect(draftOf(makeRecord()).sections.map(({ key }) => key)).toEqual([...SECTION_KEYS]);
  });

  test('an empty incident has guidance everywhere and invents nothing', () => {
    const { sections } = draftOf(makeRecord({ incident: makeIncident({ services: [] }) }));
    const empty = sections.filter(({ origin }) => origin === 'empty').map(({ key }) => key);
    expect(empty).toEqual(SECTION_KEYS.filter((key) => key !== 'activity'));
    for (const section of sections) {
      if (section.key === 'activity') continue;
      expect(hasGap(section)).toBe(true);
      expect(sectionMarkdown(section)).not.toMatch(/\d/);
    }
  });

  test('guidance names the command that fills it', () => {
    expect(sectionOf(makeRecord(), 'root-cause').markdown).toContain('`/incident section root-cause TEXT`');
    expect(sectionOf(makeRecord(), 'factors').markdown).toContain('`/incident factor TEXT`');
  });

  test('title, reference and flags', () => {
    const incident = makeIncident({
      number: 7,
      title: '*Sign-in* fails for <@U1> &amp; others',
      private: true,
    });
    expect(
      draftOf(makeRecord({ incident, people: { U1: 'Ana' } }), { url: 'https://d.example/1' }),
    ).toMatchObject({
      reference: 'INC-7',
      title: 'Sign-in fails for Ana & others',
      flags: ['private', 'retrospective'],
      url: 'https://d.example/1',
    });
    expect(draftOf(makeRecord({ incident: makeIncident({ title: '\u200B' }) })).title).toBe(
      'Untitled incident',
    );
  });
});

describe('date, services, impact', () => {
  test('both dates where the incident crosses midnight, one where it does not', () => {
    const crossing = makeRecord(
      makeTimeline(['2025-09-23T17:18Z', 'impact_started'], ['2025-09-24T00:46Z', 'resolved']),
    );
    expect(sectionOf(crossing, 'date').markdown).toBe(
      '23 September 2025, 17:18 UTC to 24 September 2025, 00:46 UTC',
    );
    const within = makeRecord(makeTimeline(['12:00', 'impact_started'], ['13:05', 'resolved']));
    expect(sectionOf(within, 'date').markdown).toBe('10 March 2026, 12:00 UTC to 13:05 UTC');
  });

  test('the zone’s clock stands beside UTC, through a change of clocks', () => {
    const record = makeRecord(
      makeTimeline(['2026-03-29T00:30Z', 'impact_started'], ['2026-03-29T01:30Z', 'resolved']),
    );
    expect(sectionOf(record, 'date', { zone: 'Europe/Berlin' }).markdown).toContain(
      '01:30 CET to Sun 29 Mar 2026 03:30 CEST',
    );
    expect(sectionOf(record, 'timeline', { zone: 'Europe/Berlin' }).markdown).toMatch(
      /In Europe\/Berlin.*2026-03-29 01:30 CET.*03:30 CEST/s,
    );
    expect(sectionOf(record, 'impact', { zone: 'Europe/Berlin' }).markdown).toContain('**1 h**');
    expect(sectionOf(record, 'timeline').markdown).not.toContain('In UTC');
  });

  test('an open impact is not over, and says so', () => {
    const record = makeRecord({
      incident: makeIncident({ status: 'monitoring' }),
      ...makeTimeline(['12:00', 'impact_started']),
    });
    expect(sectionOf(record, 'date').markdown).toBe('10 March 2026, 12:00 UTC, not over');
    expect(sectionOf(record, 'impact').markdown).toContain('**6 h** so far: from 2026-03-10 12:00 UTC');
  });

  test('windows one by one, with what lies between them', () => {
    const record = makeRecord({
      ...makeTimeline(['12:00'], ['16:00']),
      windows: [makeWindow('12:00', '12:30'), makeWindow('15:00', '16:00')],
    });
    const { markdown } = sectionOf(record, 'impact');
    expect(markdown).toContain('**1 h 30 min** in total, overlaps counted once');
    expect(markdown.match(/^- /gm)).toHaveLength(3);
    expect(markdown).toMatch(/Impact 1 of 2.*Between impacts.*2 h 30 min.*Impact 2 of 2/s);
  });
});

describe('customers', () => {
  test('per service, then regions', () => {
    const record = makeRecord({
      incident: makeIncident({ services: ['Sign-in', 'API'], regions: ['EU', 'USA'] }),
      customers: [
        { service: 'API', text: '20% of requests' },
        { service: null, text: 'about 515' },
      ],
    });
    expect(sectionOf(record, 'customers')).toMatchObject({
      origin: 'human',
      markdown: '- **Customers**: about 515\n- **API**: 20% of requests\n- **Regions**: EU, USA',
    });
  });

  test('a missing part is asked for beside what is there', () => {
    const record = makeRecord({ incident: makeIncident({ regions: ['EU'] }) });
    expect(sectionOf(record, 'customers').markdown).toMatch(
      /Regions\*\*: EU[\s\S]*To fill in:\*\* how many customers/,
    );
  });
});

describe('timeline', () => {
  const record = makeRecord({
    entries: [
      makeEntry(2, '12:30', { text: 'Detected', permalink: 'https://acme.slack.com/archives/C1/p2' }),
      makeEntry(1, '12:00', { text: 'a | b\n\nsecond *line*' }),
      makeEntry(3, '2026-03-11T00:10:00Z', {
        precision: 'about',
        text: 'Quiet',
        permalink: 'javascript:alert(1)',
      }),
      makeEntry(4, '2026-03-11T00:10:00Z', { precision: 'by', text: '' }),
    ],
    marks: [makeMark('detected', 2), makeMark('mitigated', 3, { provenance: 'inferred' })],
  });

  test('number, time with the date where it changes, milestone, gap; links, precision and inference shown', () => {
    expect(sectionOf(record, 'timeline').markdown.split('\n').slice(2)).toEqual([
      '| #1 | 2026-03-10 12:00 | a \\| b<br>second **line** | – |',
      '| [#2](https://acme.slack.com/archives/C1/p2) | 12:30 | **Detected** | 30 min |',
      '| #3 | about 2026-03-11 00:10 | **Mitigated** (inferred) · Quiet | 11 h 40 min |',
      '| #4 | by 00:10 | | 0 min |',
    ]);
  });

  test('every row has its anchor', () => {
    const [table] = sectionOf(record, 'timeline').nodes;
    expect(
      table?.type === 'table' && table.children.slice(1).map(({ data }) => data?.hProperties?.id),
    ).toEqual(['entry-1', 'entry-2', 'entry-3', 'entry-4']);
  });
});

describe('milestones and times', () => {
  test('every duration names its two ends, every milestone how it is known', () => {
    const { scenario } = readScenario('2025-09-23-provisioning-invites');
    const { markdown } = sectionOf(recordOf(scenario), 'milestones');
    expect(markdown).toContain(
      '| Time to first report | **2 h 35 min** | 23 Sep 17:18 Impact started [#1](#entry-1) | 23 Sep 19:53 First report [#2](#entry-2) |',
    );
    expect(markdown).toContain(
      '| Fix released | 2025-09-24 00:46 | 7 h 28 min | given by a person | [#8](#entry-8) |',
    );
  });

  test('an inferred one is not confirmed, one before the impact has a minus', () => {
    const record = makeRecord({
      ...makeTimeline(['12:00', 'detected'], ['12:10', 'impact_started']),
      marks: [
        makeMark('detected', 1, { provenance: 'observed' }),
        makeMark('impact_started', 2),
        makeMark('mitigated', 2, { provenance: 'inferred' }),
      ],
    });
    const { markdown } = sectionOf(record, 'milestones');
    expect(markdown).toContain(
      '| Detected | 2026-03-10 12:00 | −10 min | its message’s own time | [#1](#entry-1) |',
    );
    expect(markdown).toContain('| Mitigated | 12:10 | 0 min | inferred, not confirmed | [#2](#entry-2) |');
  });
});

describe('what people write', () => {
  const sections = {
    'what-happened': 'We *shipped* a bug.\n• one',
    'root-cause': 'A flag.',
    mitigation: 'None.',
    resolution: 'Reverted.',
    verification: 'Error rate 0.',
    'next-steps': 'Tell customers.',
  };
  const record = makeRecord({
    ...makeTimeline(
      ['12:00', 'impact_started'],
      ['12:30', 'root_cause_identified'],
      ['13:00', 'fix_released'],
    ),
    sections,
  });

  test('stands in its section instead of starters and guidance', () => {
    for (const key of ['what-happened', 'root-cause', 'resolution', 'next-steps'] as const) {
      const section = sectionOf(record, key);
      expect(section.origin).toBe('human');
      expect(hasGap(section)).toBe(false);
      expect(section.markdown).not.toContain('From the timeline');
    }
    expect(sectionOf(record, 'what-happened').markdown).toBe('We **shipped** a bug.\n\n- one');
  });

  test('until then the facts begin it, marked as such', () => {
    const section = sectionOf({ ...record, sections: {} }, 'root-cause');
    expect(section.origin).toBe('generated');
    expect(section.markdown).toMatch(
      /^_From the timeline:_\n\n- Root cause identified at 12:30 UTC on 10 March 2026, 30 min after[\s\S]*\*\*To fill in:\*\*/,
    );
  });

  test('a resolution half written has guidance for the other half', () => {
    const section = sectionOf({ ...record, sections: { mitigation: 'None.' } }, 'resolution');
    expect(section.origin).toBe('human');
    expect(section.markdown).toMatch(
      /### Mitigation\n\nNone\.\n\n### Resolution\n\n_From the timeline:_\n\n- Fix released[\s\S]*### Verification\n\n> \*\*To fill in/,
    );
  });

  test('action items say who and when, or plainly that nobody', () => {
    const actions = [
      makeAction(1, { text: 'Add <https://example.org|tests>', ownerId: 'U1', due: '2026-04-01' }),
      makeAction(2, { text: 'Alert', doneAt: at('17:00') }),
    ];
    expect(sectionOf(makeRecord({ actions, people: { U1: 'Ana' } }), 'prevention').markdown).toBe(
      '- Add [tests](https://example.org/) (Ana, due 2026-04-01)\n- Alert (no owner yet, no date yet, done 2026-03-10)',
    );
  });

  test('publishing names what is unfinished in a line of its own, as it was owned and dated then', () => {
    const actions = [makeAction(1, { text: 'Test the *rollback*', ownerId: 'U2', due: '2026-05-01' })];
    const unfinished = [
      { number: 1, text: 'Test the *rollback*', ownerId: 'U1', due: '2026-04-01' },
      { number: 2, text: 'Alert', ownerId: null, due: null },
    ];
    const published = makeRecord({ actions, people: { U1: 'Ana', U2: 'Bo' } });
    const markdown = (left: typeof unfinished) => {
      const publication = {
        at: at('17:00'),
        by: 'U1',
        unfinished: left,
        version: 3,
        frozen: null,
        since: [],
      };
      const draft = buildDraft(published, computeFacts(published, at('18:00')), { zone: 'UTC', publication });
      const section = draft.sections.find(({ key }) => key === 'prevention');
      return section && sectionMarkdown(section).trim();
    };
    expect(markdown(unfinished)).toBe(
      '- Test the **rollback** (Bo, due 2026-05-01)\n\n**Unfinished when this was published** (2026-03-10 17:00 UTC): Test the **rollback** (Ana, due 2026-04-01); Alert (no owner yet, no date yet)',
    );
    expect(markdown([])).not.toContain('Unfinished');
  });

  test('activity in order of time, with who did it', () => {
    const activity = [
      { at: at('12:40'), by: 'U2', text: 'Lead: <@U1>' },
      { at: at('12:30'), by: 'U1', text: 'Severity SEV3 → SEV2' },
    ];
    expect(sectionOf(makeRecord({ activity, people: { U1: 'Ana', U2: 'Bo' } }), 'activity').markdown).toBe(
      '- 2026-03-10 12:30 UTC · Severity SEV3 → SEV2 · Ana\n- 2026-03-10 12:40 UTC · Lead: Ana · Bo',
    );
  });
});

describe('edits of generated sections', () => {
  const record = makeRecord(
    makeTimeline(['12:00', 'impact_started'], ['12:30', 'detected'], ['13:00', 'resolved']),
  );
  const base = `${sectionOf(record, 'timeline').markdown}\n`;
  const moved = {
    ...record,
    entries: record.entries.map((entry) =>
      entry.number === 3 ? { ...entry, occurredAt: at('13:10') } : entry,
    ),
  };
  const edit = (text: string) => ({ edits: { timeline: { base, text, by: 'Ana', at: at('14:00') } } });

  test('the facts follow where the person changed something else', () => {
    const section = sectionOf(moved, 'timeline', edit(base.replace('Entry 2', 'The alert fired')));
    expect(section.origin).toBe('human');
    expect(section.edited).toEqual({ by: 'Ana', at: at('14:00') });
    expect(section.conflicts).toBeUndefined();
    expect(section.markdown).toContain('The alert fired');
    expect(section.markdown).toContain('| #3 | 13:10 |');
    expect(section.markdown).not.toContain('13:00');
  });

  test('where both changed a row, theirs stands and the other is shown', () => {
    const section = sectionOf(moved, 'timeline', edit(base.replace('Entry 3', 'All well')));
    expect(section.markdown).toContain('All well');
    expect(section.conflicts).toHaveLength(1);
    expect(section.conflicts?.[0]?.generated).toContain('13:10');
    expect(section.conflicts?.[0]?.theirs).toContain('All well');
  });

  test('rows keep their anchors, so that links to lines still lead somewhere', () => {
    const section = sectionOf(moved, 'timeline', edit(base.replace('Entry 2', 'The alert fired')));
    const [table] = section.nodes;
    expect(table?.type === 'table' && table.children.map(({ data }) => data?.hProperties?.id)).toEqual([
      undefined,
      'entry-1',
      'entry-2',
      'entry-3',
    ]);
  });

  test('what a person gets to edit again is their text to the letter', () => {
    const text = `${base.replace('Entry 2', 'The alert fired')}\n* my  own <b>way</b>\n`;
    const section = sectionOf(record, 'timeline', edit(text));
    expect(editableMarkdown(section)).toBe(text);
    expect(section.markdown).toContain('- my  own \\<b>way\\</b>');
  });

  test('an edit that takes everything away leaves the section empty, with its guidance where it had any', () => {
    expect(sectionOf(record, 'timeline', edit(''))).toMatchObject({ origin: 'empty', markdown: '' });
    const emptied = sectionOf(record, 'root-cause', {
      edits: { 'root-cause': { base: '', text: ' \n', by: 'Ana', at: now } },
    });
    expect(emptied.origin).toBe('empty');
    expect(hasGap(emptied)).toBe(true);
  });

  test('guidance is not part of what people edit, and goes when they have written', () => {
    const generated = draftOf(record).sections.find(({ key }) => key === 'what-happened');
    const began = generated ? editableMarkdown(generated) : '';
    expect(began).toContain('Impact started at 12:00');
    expect(began).not.toContain('To fill in');
    const text = `${began}\nThen it got worse.\n`;
    const section = sectionOf(moved, 'what-happened', {
      edits: { 'what-happened': { base: began, text, by: 'Ana', at: now } },
    });
    expect(section.markdown).toMatch(/Resolved at 13:10 UTC, 1 h 10 min after[\s\S]*Then it got worse\.$/);
    expect(hasGap(section)).toBe(false);
  });

  test('reading what we print and printing it again changes nothing', () => {
    const { scenario } = readScenario('2025-09-24-admin-console');
    const full = { ...recordOf(scenario), activity: [{ at: at('12:30'), by: 'U1', text: 'x *y* `z`' }] };
    for (const { key } of draftOf(full).sections) {
      const section = sectionOf(full, key);
      const printed = editableMarkdown(section);
      if (printed.trim() === '') continue;
      const again = sectionOf(full, key, {
        edits: { [key]: { base: printed, text: printed, by: 'Ana', at: now } },
      });
      expect(`${again.markdown}\n`).toBe(printed);
      expect(textOf({ type: 'root', children: again.nodes }).replace(/\s/g, '')).toBe(
        textOf({ type: 'root', children: section.nodes.filter((node) => !isGap(node)) }).replace(/\s/g, ''),
      );
    }
  });
});

test('“about” and “by” stand before a time wherever it is shown', () => {
  const record = makeRecord({
    entries: [
      makeEntry(1, '12:00', { text: 'Errors', precision: 'about' }),
      makeEntry(2, '14:32', { text: 'Over', precision: 'by' }),
    ],
    marks: [makeMark('impact_started', 1), makeMark('resolved', 2)],
  });
  const markdown = (key: SectionKey) => sectionOf(record, key, { zone: 'Europe/Berlin' }).markdown;
  expect(markdown('date')).toMatch(/^about 10 March 2026, 12:00 UTC to by 14:32 UTC/);
  expect(markdown('date')).toMatch(/In Europe\/Berlin: about .*13:00.* to by .*15:32/);
  expect(markdown('impact')).toMatch(/from about 2026-03-10 12:00 UTC .* to by 2026-03-10 14:32 UTC/);
  expect(markdown('milestones')).toMatch(/\| Resolved +\| by 14:32/);
  const draft = draftOf(record);
  const facts = computeFacts(record, now);
  const page = draftPage({ draft, facts, checks: [], state: { name: 'draft' }, now });
  expect(page).toMatch(/<dt>From<\/dt><dd>about <time[\s\S]*<dt>To<\/dt><dd>by <time/);
  const exact = {
    ...record,
    entries: record.entries.map((one) => ({ ...one, precision: 'exact' as const })),
  };
  expect(sectionOf(exact, 'impact').markdown).toMatch(/from 2026-03-10 12:00/);
});

describe('seen from another zone', () => {
  const record = makeRecord({
    ...makeTimeline(['22:30', 'impact_started'], ['23:10', 'mitigated']),
    windows: [makeWindow('22:30', '23:10')],
  });
  const facts = computeFacts(record, now);
  const seen = (zone: string, options: Partial<DraftOptions> = {}) =>
    seenFrom(zone, buildDraft(record, facts, { zone: 'Europe/Berlin', ...options }), record, facts);
  const markdown = (draft: ReturnType<typeof seen>, key: SectionKey) =>
    draft.sections
      .filter((one) => one.key === key)
      .map(sectionMarkdown)
      .join('');

  test('its clock stands beside UTC, with its dates, in place of the draft’s', () => {
    const tokyo = seen('Asia/Tokyo');
    expect(tokyo.zone).toBe('Asia/Tokyo');
    expect(markdown(tokyo, 'date')).toMatch(
      /22:30 UTC to 23:10 UTC[\s\S]*In Asia\/Tokyo: .* 07:30 JST to .* 08:10 JST/,
    );
    expect(markdown(tokyo, 'timeline')).toMatch(
      /Time \(UTC\) *\| In Asia\/Tokyo[\s\S]*22:30 *\| .*07:30 JST/,
    );
    expect(markdown(tokyo, 'timeline')).not.toContain('Berlin');
    expect(markdown(seen('UTC'), 'timeline')).not.toMatch(/Berlin|In UTC/);
  });

  test('every other part is what it was, and so is what somebody edited', () => {
    const base = markdown(seen('Europe/Berlin'), 'date');
    const edits = { date: { base, text: `${base}\nA Monday.`, by: 'Ana', at: now } };
    const [berlin, tokyo] = [seen('Europe/Berlin', { edits }), seen('Asia/Tokyo', { edits })];
    expect(markdown(tokyo, 'date')).toContain('In Europe/Berlin');
    const others = (draft: typeof tokyo) => draft.sections.filter(({ key }) => key !== 'timeline');
    expect(others(tokyo)).toEqual(others(berlin));
  });
});
