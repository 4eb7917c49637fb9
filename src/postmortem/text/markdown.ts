import type { Definition, Nodes, Parents, PhrasingContent, Root, RootContent, TableRow } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { cleanText } from './clean.ts';
import { containerCosts } from './containers.ts';
import { safeUrl } from './links.ts';

const MAX_DEPTH = 40;
/** Twice what a section may cost that is saved: only several such in one text reach it. */
const MOST_CONTAINER_COSTS = 4_000_000;
const DEEP = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){24,}/gm;
const PHRASING_PARENTS = new Set([
  'paragraph',
  'heading',
  'emphasis',
  'strong',
  'delete',
  'link',
  'tableCell',
]);

interface Reading {
  source: string;
  /** Addresses of `[label]: …` lines. */
  targets: Map<string, string>;
}

/**
 * Reads Markdown that a person wrote into flow content which every renderer may print: HTML and footnotes stay
 * the characters that were typed, images become links, headings stand below the section's own, links are http,
 * https, mailto or to a line of the timeline (`#entry-4`). Of what would take minutes all is what was typed.
 */
export function readMarkdown(markdown: string): RootContent[] {
  // Hundreds of containers in each other cost the parser quadratic time.
  const source = cleanText(markdown)
    .replace(DEEP, (prefix) => prefix.replace(/[>*+-]|\d[.)]/g, '·'))
    .replace(/^( {48}) +/gm, '$1');
  const lines = source.split('\n');
  const cost = containerCosts(lines).reduce((sum, one) => sum + one, 0);
  if (cost > MOST_CONTAINER_COSTS) return [{ type: 'paragraph', children: typed(lines) }];
  const root: Root = unified().use(remarkParse).use(remarkGfm).parse(source);
  const targets = new Map<string, string>();
  visit(root, 'definition', (node: Definition) => {
    if (!targets.has(node.identifier)) targets.set(node.identifier, node.url);
  });
  return readChildren(root, { source, targets }, 0) as RootContent[];
}

function readChildren(parent: Parents, reading: Reading, depth: number): Nodes[] {
  return parent.children.flatMap((node) => read(node, parent, reading, depth));
}

function read(node: Nodes, parent: Parents, reading: Reading, depth: number): Nodes[] {
  const { targets } = reading;
  const inner = () => ('children' in node ? readChildren(node, reading, depth + 1) : []) as PhrasingContent[];
  if (depth > MAX_DEPTH) return asTyped(node, parent, reading);
  switch (node.type) {
    case 'definition':
      return [];
    case 'html':
      if (/^<br ?\/?>$/i.test(node.value)) return [{ type: 'break' }];
      return asTyped(node, parent, reading);
    case 'footnoteReference':
    case 'footnoteDefinition':
      return asTyped(node, parent, reading);
    case 'image':
      return link(node.url, [{ type: 'text', value: node.alt || node.url }]);
    case 'imageReference':
      return link(targets.get(node.identifier), [{ type: 'text', value: node.alt || node.identifier }]);
    case 'link':
      return link(node.url, inner());
    case 'linkReference':
      return link(targets.get(node.identifier), inner());
    case 'heading':
      return [{ type: 'heading', depth: Math.max(3, node.depth) as 3 | 4 | 5 | 6, children: inner() }];
    case 'tableRow':
      return [anchored(bare({ ...node, children: inner() } as unknown as TableRow))];
    default:
      return [bare('children' in node ? ({ ...node, children: inner() } as Nodes) : node)];
  }
}

/** The characters as the person wrote them, one line each. */
function asTyped(node: Nodes, parent: Parents, { source }: Reading): Nodes[] {
  const children = typed(source.slice(node.position?.start.offset, node.position?.end.offset).split('\n'));
  return PHRASING_PARENTS.has(parent.type) ? children : [{ type: 'paragraph', children }];
}

const typed = (lines: readonly string[]): PhrasingContent[] =>
  lines.flatMap((value, index): PhrasingContent[] => {
    const text: PhrasingContent = { type: 'text', value: value.trim() };
    return index === 0 ? [text] : [{ type: 'break' }, text];
  });

function link(url: string | undefined, children: PhrasingContent[]): PhrasingContent[] {
  const safe = url === undefined ? null : /^#entry-\d{1,6}$/.test(url) ? url : safeUrl(url);
  return safe === null ? children : [{ type: 'link', url: safe, title: null, children }];
}

/** Gives a timeline's row back its anchor, which Markdown cannot carry. */
function anchored(row: TableRow): TableRow {
  const number = /^#(\d{1,6})$/.exec(textOf(row.children[0]))?.[1];
  return number ? { ...row, data: { hProperties: { id: `entry-${number}` } } } : row;
}

function bare<T extends Nodes>(node: T): T {
  const { position: _, ...rest } = node;
  return rest as T;
}
