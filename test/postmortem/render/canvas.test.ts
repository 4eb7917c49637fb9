import type { RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { describe, expect, it, test } from 'vitest';
import type { Draft } from '../../../src/postmortem/document-types.ts';
import { buildPostmortem } from '../../../src/postmortem/postmortem.ts';
import { CANVAS_LIMITS, renderCanvas } from '../../../src/postmortem/render/canvas.ts';
import { readMarkdown } from '../../../src/postmortem/text/markdown.ts';
import { at, makeEntry, makeRecord, readScenario, recordOf, SCENARIO_NAMES } from '../makers.ts';

const draftOf = (record: Parameters<typeof recordOf>[0] | null, entries = 0): Draft => {
  const many = Array.from({ length: entries }, (_, n) => makeEntry(n + 1, at('12:00') + n * 60_000));
  const of = record ? recordOf(record) : makeRecord({ entries: many });
  return buildPostmortem({ record: of, edits: [], dismissals: [] }, at('18:00'), 'https://d.example.com/p')
    .draft;
};

const treeOf = (markdown: string) => unified().use(remarkParse).use(remarkGfm).parse(markdown);

/** What Slack would refuse or show as it was typed. */
function faults(markdown: string): string[] {
  const found: string[] = [];
  visit(treeOf(markdown), (node, _, parent) => {
    if (node.type === 'html') found.push(`HTML ${node.value}`);
    if (node.type === 'heading' && node.depth > CANVAS_LIMITS.heading) found.push(`heading ${node.depth}`);
    if (node.type === 'link' && node.url.startsWith('#')) found.push(`anchor ${node.url}`);
    if (node.type === 'table') {
      const cells = node.children.length * (node.children[0]?.children.length ?? 0);
      if (cells > CANVAS_LIMITS.cells) found.push(`${cells} cells`);
    }
    if (parent?.type === 'blockquote' && node.type !== 'paragraph') found.push(`${node.type} in a quote`);
    if (parent?.type === 'listItem' && node.type !== 'paragraph' && node.type !== 'list')
      found.push(`${node.type} in a list`);
  });
  return found;
}

describe('a canvas', () => {
  it.each(SCENARIO_NAMES)('has all of %s in what Slack takes', (name) => {
    const draft = draftOf(readScenario(name).scenario);
    const markdown = renderCanvas(draft, 3) ?? '';
    expect(faults(markdown)).toEqual([]);
    for (const { title } of draft.sections) expect(markdown).toContain(`\n## ${title}\n`);
    expect(markdown).toMatch(
      /^Made by Debrief from the timeline \(version 3\)\. Edit it in Slack by \*\*Edit a section\*\*/,
    );
    expect(markdown).toContain('or [on its page](https://d.example.com/p): changes made here are replaced.');
  });

  it('has every line of a long timeline, in several tables with the same head', () => {
    const markdown = renderCanvas(draftOf(null, 200), 1) ?? '';
    expect(faults(markdown)).toEqual([]);
    expect(markdown.match(/\| What happened \|/g)?.length).toBe(3);
    for (const number of [1, 74, 75, 149, 200]) expect(markdown).toContain(`Entry ${number} |`);
  });

  test.each([
    ['a heading of a person’s', '# One\n\n###### Six', '### One\n\n### Six'],
    ['a list in a quote', '> Because:\n>\n> - one', 'Because:\n\n- one'],
    ['code in a list', '- run\n\n  ```\n  make\n  ```', '- run\n\n  make'],
    ['lists too deep', '- a\n  - b\n    - c\n      - d', '- a\n  - b\n    - c\n\n      d'],
    ['a line’s number', 'see [#4](#entry-4)', 'see #4'],
    ['breaks in a cell', '| a |\n| - |\n| b<br>c |', '| a |\n| - |\n| b c |'],
  ])('takes %s', (_, typed, shown) => {
    const nodes: RootContent[] = readMarkdown(typed);
    const draft = {
      ...draftOf(null),
      sections: [{ key: 'summary', title: 'S', origin: 'human', nodes }],
    } as Draft;
    expect(renderCanvas(draft, 1)?.split('## S\n\n')[1]?.trim()).toBe(shown);
  });

  it('is none where it would be too long', () => {
    const long = 'x'.repeat(CANVAS_LIMITS.characters);
    const draft = {
      ...draftOf(null),
      sections: [{ key: 'summary', title: long, origin: 'human', nodes: [] }],
    } as Draft;
    expect(renderCanvas(draft, 1)).toBeNull();
  });
});
