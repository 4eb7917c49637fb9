import type { BlockContent, Nodes, Paragraph, PhrasingContent, RootContent, Table } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { link, paragraph, strong, text } from '../document-nodes.ts';
import type { Draft } from '../document-types.ts';
import { conflictNodes } from './conflicts.ts';
import { documentWords, stringify, trackerNode } from './markdown.ts';

/** Slack's own: cells of one table (its head counts), depth of headings, levels of lists, characters of a canvas. */
export const CANVAS_LIMITS = { cells: 300, heading: 3, list: 3, characters: 1_048_576 } as const;

/**
 * The draft in the Markdown that a Slack canvas takes: no HTML, no anchors, three levels of headings, tables of at most
 * 300 cells, nothing but paragraphs in quotes. It begins with what it is and where it is edited. Null: it is too long.
 */
export function renderCanvas(draft: Draft, version: number): string | null {
  const where: PhrasingContent[] = draft.url ? [link(draft.url, 'on its page')] : [text('on its page')];
  const head: RootContent[] = [
    paragraph(
      `Made by Debrief from the timeline (version ${version}). Edit it in Slack by `,
      strong('Edit a section'),
      ' under the draft’s message, or ',
      ...where,
      ': changes made here are replaced.',
    ),
    paragraph(`${documentWords(draft)} · ${draft.severityText} · ${draft.status}`),
    ...(draft.tracker ? [trackerNode(draft.tracker)] : []),
    ...(draft.note ?? []).flatMap(taken),
  ];
  const sections = draft.sections.flatMap((section): RootContent[] => [
    { type: 'heading', depth: 2, children: [text(section.title)] },
    ...[...section.nodes, ...conflictNodes(section)].flatMap(taken),
  ]);
  const markdown = stringify([...head, ...sections]);
  return markdown.length > CANVAS_LIMITS.characters ? null : markdown;
}

/** A block as a canvas takes it. */
function taken(node: RootContent): RootContent[] {
  switch (node.type) {
    case 'heading':
      return [{ type: 'heading', depth: CANVAS_LIMITS.heading, children: phrases(node.children) }];
    case 'paragraph':
      return [{ type: 'paragraph', children: phrases(node.children) }];
    case 'blockquote': {
      const inside = node.children.flatMap((child) => taken(child)) as BlockContent[];
      const plain = inside.every(({ type }) => type === 'paragraph');
      return plain ? [{ type: 'blockquote', children: inside }] : inside;
    }
    case 'list':
      return [listOf(node, 1)];
    case 'table':
      return tables(node);
    default:
      return [node];
  }
}

type List = Extract<Nodes, { type: 'list' }>;

/** A list with nothing but lines and lists in its items; what is nested deeper than a canvas shows becomes a line. */
function listOf(list: List, level: number): List {
  const children = list.children.map((item) => ({
    ...item,
    children: item.children.map((child): BlockContent => {
      if (child.type === 'list' && level < CANVAS_LIMITS.list) return listOf(child, level + 1);
      if (child.type === 'paragraph') return { type: 'paragraph', children: phrases(child.children) };
      return paragraph(textOf(child));
    }),
  }));
  return { ...list, children };
}

/** Tables with the same head, each within the limit; a row stays on one line. */
function tables(table: Table): Table[] {
  const [head, ...rows] = table.children.map((row) => ({
    ...row,
    children: row.children.map((cell) => ({
      ...cell,
      children: phrases(cell.children).map((one) => (one.type === 'break' ? text(' ') : one)),
    })),
  }));
  if (!head) return [];
  const most = Math.max(1, Math.floor(CANVAS_LIMITS.cells / Math.max(1, head.children.length)) - 1);
  const parts = Array.from({ length: Math.max(1, Math.ceil(rows.length / most)) }, (_, part) =>
    rows.slice(part * most, (part + 1) * most),
  );
  return parts.map((part) => ({ type: 'table', align: table.align ?? null, children: [head, ...part] }));
}

/** A link to a line of the timeline would lead nowhere: its number stays. */
function phrases(children: readonly PhrasingContent[]): Paragraph['children'] {
  return children.flatMap((child): PhrasingContent[] => {
    if (!('children' in child)) return [child];
    const inner = phrases(child.children);
    if (child.type === 'link' && child.url.startsWith('#')) return inner;
    return [{ ...child, children: inner } as PhrasingContent];
  });
}
