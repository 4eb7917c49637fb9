import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { computeFacts } from '../../src/postmortem/facts.ts';
import {
  buildPostmortem,
  generatedMarkdown,
  type PostmortemSource,
  postmortemJson,
  postmortemMarkdown,
} from '../../src/postmortem/postmortem.ts';
import { isInternalUrl } from '../../src/postmortem/public/addresses.ts';
import { publicForm } from '../../src/postmortem/public/form.ts';
import { createHider } from '../../src/postmortem/public/hider.ts';
import { postmortemJsonSchema } from '../../src/postmortem/render/json-schema.ts';
import { renderPlain } from '../../src/postmortem/render/plain.ts';
import { draftPage } from '../../src/web/page/draft-page.ts';
import {
  at,
  makeAction,
  makeEntry,
  makeIncident,
  makeMark,
  makeRecord,
  readScenario,
  recordOf,
  SCENARIO_NAMES,
} from './makers.ts';

const now = at('23:30');
const OWN = 'debrief.example.com';

const sourceOf = (record: PostmortemSource['record'], more: Partial<PostmortemSource> = {}) => ({
  record,
  edits: [],
  dismissals: [],
  ...more,
});

/** The four forms in which it may be passed on. */
function forms(source: PostmortemSource) {
  const shown = publicForm(source, now, OWN);
  const { draft, facts, checks } = shown;
  return {
    md: postmortemMarkdown(shown),
    txt: renderPlain(draft),
    json: JSON.stringify(postmortemJson(shown), null, 2),
    html: draftPage({ draft, facts, checks, state: { name: 'published' }, now }),
  };
}

const people = { U1: 'Ana Silva', U2: 'Björn Ek', U3: 'Ana Costa', U4: 'will', U0ABCDEF12: 'kim.lee' };
const record = makeRecord({ incident: makeIncident({ leadId: 'U2', declaredBy: 'U1' }), people });
const hider = () =>
  createHider(sourceOf({ ...record, entries: [makeEntry(1, '12:00', { text: SAID })] }), OWN);
const SAID = 'Ana Silva Björn Ek Ana Costa will kim.lee Kim Lee Silva';

describe('a text in public form', () => {
  test.each([
    ['Ana Silva called Björn.', 'The declarer called the lead.'],
    ['Ask Ana. Silva’s pager: Kim Lee’s', 'Ask a responder. The declarer’s pager: Responder 1 Responder 1’s'],
    ['Analysis by Anastasia will follow', 'Analysis by Anastasia will follow'],
    ['Mail kim.lee@example.com or <a@b.co>', 'Mail (email) or <(email)>'],
    ['Call +44 20 7946 0958 or 555-867-5309', 'Call (phone) or (phone)'],
    [
      'At 12:06, 1.28 or 2025-09-23 19:53: 1,234,567 of 10.5/2',
      'At 12:06, 1.28 or 2025-09-23 19:53: 1,234,567 of 10.5/2',
    ],
    ['See https://jira.corp/X-1, (http://wiki/a).', 'See (internal link), ((internal link)).'],
    ['See https://status.example.org/a?b=1.', 'See https://status.example.org/a?b=1.'],
    [
      'db7.prod.internal:5432/x and 10.1.2.3 and localhost:80, e.g. node.js',
      '(internal address) and (internal address) and (internal address), e.g. node.js',
    ],
    ['#oncall-db has #4 of U0ABCDEF12 and U0ZZZZZZ99', 'A channel has #4 of (id) and (id)'],
    ['https://debrief.example.com/postmortems/1 debrief.example.com/x', '(internal link) (internal address)'],
    [
      'https://github.com/acme/pull/7 https://github.com/Silva',
      'https://github.com/acme/pull/7 (internal link)',
    ],
  ])('%s', (typed, shown) => {
    expect(hider().text(typed)).toBe(shown);
  });

  test.each([
    [
      '<@U1> and <@U9|bob> asked <#C1|general> and <!subteam^S1|@oncall>',
      'The declarer and Responder 1 asked a channel and a group',
    ],
    ['<https://acme.slack.com/archives/C1/p2|the thread>', 'the thread'],
    [
      '<https://jira.corp/1> <https://example.org/a&amp;b|Ana Costa’s note>',
      '(internal link) <https://example.org/a&amp;b|Responder 1’s note>',
    ],
    [
      '<mailto:x@y.zz|x@y.zz> &lt;Björn Ek&gt; <!here> <!date^1700000000^{date}|Ana>',
      '(email) &lt;the lead&gt; <!here|> <!date^1700000000^{date}|>',
    ],
    ['`<@U2>` *Ana Silva*\n• Björn did', '`the lead` *the declarer*\n• The lead did'],
  ])('of Slack: %s', (typed, shown) => {
    expect(hider().slack(typed)).toBe(shown);
  });
});

it('hides names however they are typed, and no ordinary word', () => {
  const people = { U1: 'Ana Lopez', U2: 'Jo Smith', U3: 'Zoë Kravitz', U4: 'Will Long', U5: 'An Do' };
  const typed =
    'ana rolled back; thanks ANA, Jo and @ana.lopez. Zoe’s idea, ping zoë or ZOE KRAVITZ. Will called. An hour will do, not long.';
  const incident = makeIncident({ leadId: null, declaredBy: 'U9', summary: typed });
  const shown = createHider(sourceOf(makeRecord({ incident, people })), OWN).text(typed);
  expect(shown).toBe(
    'Responder 1 rolled back; thanks Responder 1, Responder 2 and @Responder 1. Responder 3’s idea, ping Responder 3 or Responder 3. Responder 4 called. An hour will do, not long.',
  );
});

it('takes no longer for each word where there are many', () => {
  // The square of the length would be minutes.
  const many = hider().text('a.b Ana Silva '.repeat(20_000));
  expect(many.startsWith('a.b the declarer a.b the declarer ')).toBe(true);
});

it('looks no further than twenty signs for the end of an address', () => {
  // All of them would be looked for at each of them.
  expect(hider().text(`https://jira.corp/${'.'.repeat(30)} x`)).toBe(`(internal link)${'.'.repeat(20)} x`);
});

test.each([
  ['https://example.org', false],
  ['https://8.8.8.8/x', false],
  ['https://172.15.0.1', false],
  ['https://slack.com.example.org', false],
  ['https://slack.com/app', true],
  ['https://files.slack.com/x', true],
  ['slack://open', true],
  ['http://localhost:3000', true],
  ['http://0x7f.1/', true],
  ['http://[::1]/', true],
  ['http://172.16.3.4', true],
  ['http://wiki', true],
  ['http://grafana.lan./d', true],
  ['https://user:secret@example.org', true],
  ['https://debrief.example.com/x', true],
])('%s leads inside: %s', (url, inside) => {
  expect(isInternalUrl(url, OWN)).toBe(inside);
});

it.each(SCENARIO_NAMES)('keeps every figure of %s', (name) => {
  const { scenario, expected } = readScenario(name);
  const source = sourceOf(recordOf(scenario));
  const json = postmortemJsonSchema.parse(JSON.parse(forms(source).json));
  const { contradictedFigures: _, ...kept } = expected;
  expect(json).toMatchObject(kept);
  const full = postmortemJson(buildPostmortem(source, now));
  const { impactWindows, durations, services, regions, lines } = full;
  expect(json).toMatchObject({ impactWindows, durations, services, regions });
  expect(json.lines.map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
  expect(JSON.stringify(json)).not.toContain('To fill in');
});

it('leaves out activity, checks, guidance, what was moved or deleted, and files', () => {
  const entry = makeEntry(1, '12:00', {
    text: 'Errors',
    permalink: 'https://acme.slack.com/archives/C1/p1',
    messageGoneAt: at('13:00'),
    movedFrom: 'INC-7 #3',
    files: [{ name: 'graph.png', url: 'https://files.slack.com/a', thumbnail: 'https://files.slack.com/t' }],
  });
  const activity = [{ at: at('12:00'), by: 'U1', text: 'Lead is <@U1>' }];
  const incident = makeIncident({ tracker: 'https://tickets.example.org/OPS-7' });
  const source = sourceOf({ ...record, incident, entries: [entry], activity });
  expect(postmortemMarkdown(buildPostmortem(source, now))).toContain('OPS-7');
  const all = Object.values(forms(source)).join('\n');
  for (const gone of [
    'slack',
    'deleted',
    'INC-7',
    'graph',
    'To fill in',
    'Lead is',
    'things to check',
    'Private',
    'OPS-7',
  ])
    expect(all).not.toContain(gone);
});

it('leaves names and inner addresses out of what is affected, too', () => {
  const incident = makeIncident({ services: ['api.prod.internal', 'Checkout'], regions: ['db7.corp', 'EU'] });
  const customers = [{ service: 'api.prod.internal', text: 'about 500' }];
  const all = Object.values(forms(sourceOf({ ...record, incident, customers }))).join('\n');
  expect(all).toContain('Checkout');
  expect(all).toContain('(internal address)');
  expect(all).not.toMatch(/prod\.internal|db7/);
});

it('leaves names out of what the workspace calls things, and the zone of who declared where drafts have their own', () => {
  const incident = makeIncident({ leadId: 'U2', declaredBy: 'U1', zone: 'Asia/Tokyo', severity: 'SEV1' });
  const names = {
    milestones: { ...record.names.milestones, detected: 'Seen by Björn' },
    severities: { ...record.names.severities, SEV1: 'Call Ana Silva' },
  };
  const entries = [makeEntry(1, '12:00', { text: 'Errors' })];
  const called = { ...record, incident, names, entries, marks: [makeMark('detected', 1)] };
  const template = { zone: 'Europe/Berlin', order: [], hidden: [], guidance: {} };
  const all = Object.values(forms(sourceOf(called, { template }))).join('\n');
  expect(all).toContain('Seen by the lead');
  expect(all).toContain('Call the declarer');
  expect(all).not.toMatch(/Björn|Silva|Tokyo/);
  expect(all).toContain('Europe/Berlin');
});

it('shows an edit as people know it, names and inner links left out, without who edited and what conflicts', () => {
  const entries = [makeEntry(1, '12:00', { text: 'Restart by <@U2>', permalink: 'https://a.slack.com/1' })];
  const edited = { ...record, entries, marks: [makeMark('detected', 1)] };
  const facts = computeFacts(edited, now);
  const base = generatedMarkdown(sourceOf(edited), 'timeline', now) ?? '';
  const text = `${base}\n\n**Ana Silva** and kim\\.lee wrote [why](https://wiki.corp/x); see [#1](#entry-1), <https://a.lan/b>.\n\n\`\`\`Björn\nx\n\`\`\``;
  const version = { version: 1, facts, by: 'U1', at: now };
  const later = {
    ...edited,
    entries: [makeEntry(1, '12:05', entries[0])].map((one) => ({ ...one, occurredAt: at('12:05') })),
  };
  const source = sourceOf(later, { edits: [{ section: 'timeline', base, text, ...version }] });
  const { md } = forms(source);
  expect(md).toContain('**The declarer** and Responder 1 wrote why; see [#1](#entry-1), (internal link).');
  expect(md).toContain('12:05');
  expect(md).not.toMatch(/slack|Björn|Changed since/);
});

// Words that no generated text has.
const token = fc.stringMatching(/^Zq[a-z]{3,6}$/);
const person = fc.oneof(
  token,
  fc.tuple(token, token).map((parts) => parts.join(' ')),
  fc.tuple(token, token).map((parts) => parts.join('.')),
  token.map((name) => `${name} (R&D) ✨`),
);
const staff = fc.dictionary(fc.stringMatching(/^U[A-Z0-9]{8}9$/), person, { minKeys: 1, maxKeys: 4 });
const inner = fc.constantFrom(
  'https://acme.slack.com/archives/C0/p1',
  'http://wiki/page',
  'https://vault.corp/Secret',
  'http://10.2.3.4/admin',
  'https://debrief.example.com/postmortems/1',
);

interface Secrets {
  people: Record<string, string>;
  links: string[];
}

const pieceOf = ({ people: known, links }: Secrets) => {
  const ids = Object.keys(known);
  const names = Object.values(known).flatMap((name) => [name, name.split(/[ .]/)[0] ?? name]);
  return fc.oneof(
    fc.constantFrom(...ids).map((id) => `<@${id}>`),
    fc.constantFrom(...ids),
    fc.constantFrom(...names).map((name) => name.replaceAll('&', '&amp;')),
    fc.constantFrom(...names).map((name) => `*${name.replaceAll('&', '&amp;')}*’s`),
    fc.constantFrom(...links).map((link) => `<${link}>`),
    fc.constantFrom(...links).map((link) => `<${link}|${names[0]?.replaceAll('&', '&amp;')}>`),
    fc.constantFrom(...links),
    fc.constantFrom('zq@example.org', '+49 30 1234 5678', '<#C012345678|secret-room>', '#secret-room'),
    fc.constantFrom('`', '```', '*', '_', '\n', '> ', '• ', '12:06', 'the database', '&lt;'),
  );
};

const secrets = fc.record({ people: staff, links: fc.array(inner, { minLength: 1, maxLength: 3 }) });
const world = secrets.chain((known) => {
  const text = fc.array(pieceOf(known), { maxLength: 8 }).map((pieces) => pieces.join(' '));
  const id = fc.constantFrom(...Object.keys(known.people), 'U0STRANGER9');
  const entry = fc.record({ text, authorId: id, capturedBy: id });
  return fc.record({
    known: fc.constant(known),
    texts: fc.array(text, { minLength: 8, maxLength: 8 }),
    ids: fc.array(id, { minLength: 4, maxLength: 4 }),
    entries: fc.array(entry, { maxLength: 4 }),
  });
});

it('names nobody, no id and nothing inside in any form, whatever was written where', () => {
  fc.assert(
    fc.property(world, ({ known, texts, ids, entries }) => {
      const [
        title = '',
        summary = '',
        customers = '',
        factor = '',
        action = '',
        section = '',
        edit = '',
        left = '',
      ] = texts;
      const [leadId = '', declaredBy = '', ownerId = '', by = ''] = ids;
      const written = makeRecord({
        incident: makeIncident({
          title,
          summary,
          leadId,
          declaredBy,
          channelId: 'C012345678',
          channelName: 'secret-room',
        }),
        entries: entries.map((one, at) =>
          makeEntry(at + 1, `12:0${at}`, { ...one, permalink: known.links[0] ?? null }),
        ),
        marks:
          entries.length > 0 ? [makeMark('first_report', 1, { markedBy: by, provenance: 'observed' })] : [],
        customers: [{ service: null, text: customers }],
        factors: [factor],
        actions: [makeAction(1, { text: action, ownerId })],
        sections: { 'root-cause': section },
        activity: [{ at: now, by, text: section }],
        people: known.people,
        channels: { C012345678: 'secret-room' },
      });
      const facts = computeFacts(written, now);
      const version = { version: 1, facts, by, at: now };
      const source = sourceOf(written, {
        edits: [
          { section: 'impact', base: '', text: edit.replaceAll('<@', '@').replaceAll('|', ' '), ...version },
        ],
        publication: {
          at: now,
          by,
          unfinished: [{ number: 1, text: left, ownerId, due: null }],
          version: 3,
          frozen: {
            facts: computeFacts(makeRecord(), now),
            sections: [{ key: 'summary', markdown: 'Was.' }],
          },
          since: [null, 'summary' as const].map((section) => ({ section, by: leadId, at: now })),
        },
      });
      const secret = [
        ...Object.keys(known.people),
        ...Object.values(known.people).flatMap((name) => [name, name.split(/[ .]/)[0] ?? name]),
        ...known.links.map((link) => new URL(link).host),
        'U0STRANGER9',
        'C012345678',
        'secret-room',
        'zq@example',
        '1234 5678',
      ];
      for (const [form, body] of Object.entries(forms(source)))
        for (const one of secret) expect(body.includes(one), `${form}: ${one}`).toBe(false);
    }),
    { numRuns: 40 },
  );
});
