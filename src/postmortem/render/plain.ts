import type { Nodes, RootContent, Table } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { isGap } from '../document-gaps.ts';
import type { Draft, SectionKey } from '../document-types.ts';
import { conflictNodes } from './conflicts.ts';
import { documentWords } from './markdown.ts';
import { padEnd, padStart, width, wrap } from './plain-width.ts';

const WIDTH = 100;

/** The draft for a terminal: no escapes, at most 100 columns, tables in columns, links as their text. */
export function renderPlain(draft: Draft): string {
  const title = `${draft.reference}: ${draft.title}`;
  const head = [...wrap(title, WIDTH), `${documentWords(draft)} · ${draft.severityText} · ${draft.status}`];
  if (draft.url) head.push(draft.url);
  if (draft.tracker) head.push(`Tracker: ${draft.tracker}`);
  if (draft.note) head.push(...blocks(draft.note, WIDTH));
  const parts = draft.sections.map((section) => {
    const name = section.title.toUpperCase();
    return [
      name,
      '─'.repeat(Math.min(WIDTH, width(name))),
      ...blocks([...section.nodes, ...conflictNodes(section)], WIDTH),
    ];
  });
  return `${[['═'.repeat(WIDTH), ...head, '═'.repeat(WIDTH)], ...parts].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What a section says, a line for each paragraph or item; empty where nobody wrote anything, or it is left out. */
export function plainSection({ sections }: Draft, key: SectionKey): string {
  const section = sections.find((one) => one.key === key);
  const nodes = section?.nodes.filter((node) => !isGap(node)) ?? [];
  return blocks(nodes, Number.POSITIVE_INFINITY).join('\n');
}

function blocks(nodes: readonly RootContent[], columns: number): string[] {
  return nodes.flatMap((node, index) => {
    const lines = block(node, columns);
    return index > 0 && lines.length > 0 ? ['', ...lines] : lines;
  });
}

function block(node: RootContent, columns: number): string[] {
  switch (node.type) {
    case 'paragraph':
      return wrap(inline(node), columns);
    case 'heading':
      return wrap(`${inline(node)}:`, columns);
    case 'code':
      return node.value.split('\n').map((line) => `    ${line}`);
    case 'blockquote':
      return blocks(node.children, Math.max(20, columns - 2)).map((line) => `│ ${line}`.trimEnd());
    case 'list':
      return node.children.flatMap((item, index) => {
        const bullet = node.ordered ? `${(node.start ?? 1) + index}. ` : '• ';
        const box = typeof item.checked === 'boolean' ? `[${item.checked ? 'x' : ' '}] ` : '';
        const lines = item.children.flatMap((child) => block(child, Math.max(20, columns - width(bullet))));
        return (lines.length > 0 ? lines : ['']).map(
          (line, nth) => (nth === 0 ? bullet + box : ' '.repeat(width(bullet))) + line,
        );
      });
    case 'table':
      return tableLines(node, columns);
    case 'thematicBreak':
      return ['─'.repeat(Math.min(columns, 20))];
    default:
      return wrap(textOf(node), columns);
  }
}

/** Columns as wide as their content; the widest gives way so that the row fits. */
function tableLines(table: Table, columns: number): string[] {
  const rows = table.children.map((row) => row.children.map((cell) => inline(cell)));
  const count = Math.max(...rows.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, index) =>
    Math.max(1, ...rows.flatMap((row) => (row[index] ?? '').split('\n').map(width))),
  );
  const widths = share(natural, columns - 2 * (count - 1));
  const lines = rows.map((row) => {
    const cells = widths.map((space, index) => wrap(row[index] ?? '', space));
    return Array.from({ length: Math.max(1, ...cells.map((cell) => cell.length)) }, (_, line) =>
      cells
        .map((cell, index) =>
          (table.align?.[index] === 'right' ? padStart : padEnd)(cell[line] ?? '', widths[index] ?? 1),
        )
        .join('  ')
        .trimEnd(),
    );
  });
  const [head = [], ...body] = lines;
  return [...head, widths.map((space) => '─'.repeat(space)).join('  '), ...body.flat()];
}

function share(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  for (let over = widths.reduce((a, b) => a + b, 0) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 1) <= 4) break;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function inline(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'inlineCode') return `\`${node.value}\``;
  if (node.type === 'link') return linkText(textOf(node), node.url);
  if ('children' in node) return node.children.map((child) => inline(child)).join('');
  return 'value' in node ? node.value.replaceAll('\n', ' ') : textOf(node);
}

/** An address is shown where the label does not already say it; lines of the timeline need none. */
function linkText(label: string, url: string): string {
  const isLine = /^#\d+$/.test(label);
  return isLine || url.replace(/^mailto:/, '').replace(/\/$/, '') === label.replace(/\/$/, '')
    ? label
    : `${label} <${url}>`;
}
