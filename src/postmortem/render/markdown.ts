import type { Paragraph, Root, RootContent, TableCell } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { isGap } from '../document-gaps.ts';
import { link, paragraph } from '../document-nodes.ts';
import type { Draft, DraftSection } from '../document-types.ts';
import { conflictNodes } from './conflicts.ts';

/** The whole draft as GitHub-flavoured Markdown, with anchors on the timeline's rows. */
export function renderMarkdown(draft: Draft): string {
  const head: RootContent[] = [
    { type: 'heading', depth: 1, children: [{ type: 'text', value: `${draft.reference}: ${draft.title}` }] },
    {
      type: 'paragraph',
      children: [
        { type: 'text', value: `${documentWords(draft)} · ${draft.severityText} · ${draft.status}` },
      ],
    },
    ...(draft.note ?? []),
  ];
  const page = draft.note ? 'This postmortem’s page' : 'This draft’s page';
  if (draft.url) head.push(paragraph(link(draft.url, page)));
  if (draft.tracker) head.push(trackerNode(draft.tracker));
  const sections = draft.sections.flatMap((section): RootContent[] => [
    { type: 'heading', depth: 2, children: [{ type: 'text', value: section.title }] },
    ...section.nodes,
    ...conflictNodes(section),
  ]);
  return stringify(withAnchors([...head, ...sections]));
}

/** The ticket, its address as the words of the link. */
export const trackerNode = (url: string): Paragraph => paragraph('Tracker: ', link(url, url));

/** What the document is by now. */
export const documentWords = ({ note }: Pick<Draft, 'note'>): string =>
  note ? 'Postmortem' : 'Postmortem draft';

/** One section's content without its title. */
export function sectionMarkdown({ nodes }: Pick<DraftSection, 'nodes'>): string {
  return stringify(withBreaks(nodes));
}

/**
 * What a person gets to edit, and what a merge compares: their own text to the letter where there is one, else the
 * generated section without the guidance about what is missing.
 */
export function editableMarkdown({ nodes, text }: Pick<DraftSection, 'nodes' | 'text'>): string {
  return text ?? stringify(withBreaks(nodes.filter((node) => !isGap(node))));
}

// Before a sign, `<` may still begin an address in angle brackets, which the writer's own rules miss.
const UNSAFE = [{ character: '<', inConstruct: 'phrasing' as const }];

/** Blocks as GitHub-flavoured Markdown. */
export function stringify(children: RootContent[]): string {
  return unified()
    .use(remarkGfm, { tablePipeAlign: false })
    .use(remarkStringify, { bullet: '-', emphasis: '_', rule: '-', resourceLink: true, unsafe: UNSAFE })
    .stringify({ type: 'root', children });
}

/** A row's anchor becomes an element of ours in its first cell: Markdown has no other way to name a place. */
function withAnchors(nodes: readonly RootContent[]): RootContent[] {
  const children = withBreaks(nodes);
  visit({ type: 'root', children } satisfies Root, 'tableRow', (row) => {
    const id = row.data?.hProperties?.id;
    const cell = row.children[0];
    if (typeof id === 'string' && cell) cell.children.unshift({ type: 'html', value: `<a id="${id}"></a>` });
  });
  return children;
}

/** A copy in which the line breaks of table cells are `<br>`, since a row is one line of Markdown. */
function withBreaks(nodes: readonly RootContent[]): RootContent[] {
  const children = structuredClone([...nodes]);
  visit({ type: 'root', children } satisfies Root, 'tableCell', (cell: TableCell) => {
    visit(cell, 'break', (_, index, parent) => {
      if (parent && index !== undefined) parent.children[index] = { type: 'html', value: '<br>' };
    });
  });
  return children;
}
