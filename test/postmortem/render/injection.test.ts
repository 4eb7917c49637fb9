import fc from 'fast-check';
import type { Link, Nodes, Root, Table } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { buildDraft } from '../../../src/postmortem/document.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { renderHtmlBody } from '../../../src/postmortem/render/html.ts';
import { renderMarkdown, sectionMarkdown } from '../../../src/postmortem/render/markdown.ts';
import { renderPlain } from '../../../src/postmortem/render/plain.ts';
import { width } from '../../../src/postmortem/render/plain-width.ts';
import { slackFlow } from '../../../src/postmortem/slack-text.ts';
import { readMarkdown } from '../../../src/postmortem/text/markdown.ts';
import { draftPage } from '../../../src/web/page/draft-page.ts';
import { at, makeAction, makeEntry, makeIncident, makeMark, makeRecord } from '../makers.ts';
import { NAMES, slackText } from '../text/samples.ts';

const parse = (markdown: string): Root => unified().use(remarkParse).use(remarkGfm).parse(markdown);
const now = at('15:00');

/** An incident in which every text that people can type is the same one. */
function draftOf(text: string) {
  const record = makeRecord({
    incident: makeIncident({ title: text, summary: text, services: [text], regions: [text] }),
    entries: [
      makeEntry(1, '12:00', { text, permalink: 'https://acme.slack.com/archives/C1/p1' }),
      makeEntry(2, '13:00', { text }),
    ],
    marks: [makeMark('detected', 1, { provenance: 'observed' }), makeMark('fix_released', 2)],
    customers: [
      { service: text, text },
      { service: null, text },
    ],
    factors: [text],
    actions: [makeAction(1, { text, ownerId: 'U2' })],
    sections: { 'root-cause': text, mitigation: text },
    activity: [{ at: at('12:30'), by: 'U2', text }],
    ...NAMES,
  });
  const facts = computeFacts(record, now);
  return { facts, draft: buildDraft(record, facts, { zone: 'UTC' }) };
}

function allowed(url: string): boolean {
  return /^(?:https?:\/\/|mailto:|#entry-\d+$)/.test(url);
}

/** Texts that come back from Markdown: what autolinking splits up is put together, spaces are as one. */
function words(node: Nodes): string {
  return textOf(node).replace(/\s+/g, '');
}

describe('Markdown', () => {
  test('read again, any text is itself: no HTML, no image, no link but the allowed', () => {
    fc.assert(
      fc.property(slackText, (text) => {
        const nodes = slackFlow(text, NAMES);
        const again = parse(sectionMarkdown({ nodes }));
        visit(again, (node) => {
          expect([
            'html',
            'image',
            'imageReference',
            'linkReference',
            'definition',
            'footnoteReference',
            'footnoteDefinition',
          ]).not.toContain(node.type);
          if (node.type === 'link') expect(allowed(node.url)).toBe(true);
        });
        expect(words(again)).toBe(words({ type: 'root', children: nodes }));
      }),
      { numRuns: 400 },
    );
  });

  test('a timeline of any texts stays a table of its rows and columns', () => {
    fc.assert(
      fc.property(slackText, (text) => {
        const tree = parse(renderMarkdown(draftOf(text).draft));
        const table = tree.children.find((node): node is Table => node.type === 'table');
        expect(table?.children.map((row) => row.children.length)).toEqual([4, 4, 4]);
        visit(tree, (node) => {
          if (node.type === 'html') expect(node.value).toMatch(/^(?:<a id="entry-\d+">|<\/a>|<br>)$/);
          if (node.type === 'link') expect(allowed((node as Link).url)).toBe(true);
          expect(node.type).not.toBe('image');
        });
        const titles = tree.children.flatMap((node) =>
          node.type === 'heading' && node.depth === 2 ? [textOf(node)] : [],
        );
        expect(titles).toHaveLength(14);
      }),
      { numRuns: 60 },
    );
  });
});

const TAGS =
  /^(?:a|bdi|blockquote|br|code|del|div|em|h2|h3|h4|h5|h6|hr|input|li|ol|p|pre|section|span|strong|table|tbody|td|th|thead|time|tr|ul)$/;

/** Every tag of the markup with its attributes; throws on a `<` or `>` that is in no tag. */
function tagsOf(html: string): { name: string; attributes: Map<string, string> }[] {
  const tags: { name: string; attributes: Map<string, string> }[] = [];
  const rest = html.replace(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g,
    (_, _close, name, attributes: string) => {
      const pairs = [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(
        ([, key, value]) => [key ?? '', value ?? ''] as const,
      );
      tags.push({ name, attributes: new Map(pairs) });
      return '';
    },
  );
  expect(rest).not.toContain('<');
  return tags;
}

function expectSafe(html: string): void {
  for (const { name, attributes } of tagsOf(html)) {
    expect(name).toMatch(TAGS);
    for (const [key, value] of attributes) {
      expect(key).toMatch(
        /^(?:href|class|id|title|datetime|align|start|role|type|disabled|checked|aria-label|aria-labelledby)$/,
      );
      if (key === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:|#(?:entry|check)-\d+$)/);
      if (key === 'id') expect(value).toMatch(/^(?:entry-\d+|(?:section|title)-[a-z-]+)$/);
    }
  }
}

describe('HTML', () => {
  test('any text gives only known elements, attributes and addresses', () => {
    fc.assert(
      fc.property(slackText, (text) => {
        expectSafe(renderHtmlBody(draftOf(text).draft));
      }),
      { numRuns: 40 },
    );
  });

  test('so does any Markdown that a person writes, and no id is theirs but a line’s', () => {
    fc.assert(
      fc.property(slackText, (text) => {
        const { draft } = draftOf('x');
        const sections = draft.sections.map((section) =>
          section.key === 'summary' ? { ...section, nodes: readMarkdown(text) } : section,
        );
        expectSafe(renderHtmlBody({ ...draft, sections }));
      }),
      { numRuns: 60 },
    );
  });

  test('the page around it escapes titles too', () => {
    const { draft, facts } = draftOf('</title><script>alert(1)</script> "q" \'s\' <@U2>');
    const page = draftPage({ draft, facts, checks: [], state: { name: 'draft' }, now });
    expect(page).not.toContain('<script');
    expect(page).toContain(
      '<title>INC-42: &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;q&quot;',
    );
    expect(page.match(/<h1>/g)).toHaveLength(1);
  });
});

describe('plain text', () => {
  test('any text fits 100 columns and carries no control character', () => {
    fc.assert(
      fc.property(slackText, (text) => {
        const plain = renderPlain(draftOf(text).draft);
        expect(plain).not.toMatch(/[^\n\P{Cc}]|[\u202A-\u202E\u2066-\u2069]/u);
        const code = new Set(
          draftOf(text).draft.sections.flatMap(({ nodes }) => nodes.map((node) => node.type)),
        );
        if (code.has('code')) return;
        for (const line of plain.split('\n')) expect(width(line), line).toBeLessThanOrEqual(100);
      }),
      { numRuns: 40 },
    );
  });
});
