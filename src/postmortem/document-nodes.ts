import type {
  Blockquote,
  Heading,
  Link,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  Strong,
  Table,
  TableCell,
  TableRow,
  Text,
} from 'mdast';
import type { Instant } from '../time/types.ts';
import { utcClock, utcDate } from './document-time.ts';
import type { Moment } from './types.ts';

/** Small makers of document nodes. Class names are the page's hooks; Markdown and plain text do not see them. */
export type Inline = string | PhrasingContent;

export function text(value: string, className?: string): Text {
  return className
    ? { type: 'text', value, data: { hName: 'span', hProperties: { className: [className] } } }
    : { type: 'text', value };
}

export function strong(value: Inline, ...classNames: string[]): Strong {
  const node: Strong = { type: 'strong', children: [phrase(value)] };
  return classNames.length === 0 ? node : { ...node, data: { hProperties: { className: classNames } } };
}

export function paragraph(...children: Inline[]): Paragraph {
  return { type: 'paragraph', children: children.map(phrase) };
}

export function heading(value: string): Heading {
  return { type: 'heading', depth: 3, children: [text(value)] };
}

export function link(url: string, value: string): Link {
  return { type: 'link', url, title: null, children: [text(value)] };
}

export function list(items: readonly (readonly Inline[])[], className?: string): List {
  const children = items.map(
    (item): ListItem => ({ type: 'listItem', spread: false, children: [paragraph(...item)] }),
  );
  const node: List = { type: 'list', ordered: false, spread: false, children };
  return className ? { ...node, data: { hProperties: { className: [className] } } } : node;
}

export interface Row {
  cells: readonly (readonly Inline[])[];
  /** Anchor of the row. */
  id?: string;
}

/** A table; `columns` names each column and its class, which the narrow page uses to stack cells. */
export function table(
  className: string,
  columns: readonly { title: string; className: string; align?: 'right' }[],
  rows: readonly Row[],
): Table {
  const cell = (children: readonly Inline[], index: number): TableCell => ({
    type: 'tableCell',
    children: children.map(phrase),
    data: { hProperties: { className: [columns[index]?.className ?? ''] } },
  });
  const head: TableRow = {
    type: 'tableRow',
    children: columns.map(({ title }, index) => cell([title], index)),
  };
  const body = rows.map(({ cells, id }): TableRow => {
    const row: TableRow = { type: 'tableRow', children: cells.map(cell) };
    return id ? { ...row, data: { hProperties: { id } } } : row;
  });
  return {
    type: 'table',
    align: columns.map(({ align }) => align ?? null),
    children: [head, ...body],
    data: { hProperties: { className: [className] } },
  };
}

/** An instant as it is printed, with its machine form for the page. */
export function time(at: Instant, printed: string): Text {
  return {
    type: 'text',
    value: printed,
    data: { hName: 'time', hProperties: { dateTime: `${utcDate(at)}T${utcClock(at)}Z` } },
  };
}

/** The same with `about` or `by` before it, where the time is not exact. */
export const when = ({ at, precision }: Pick<Moment, 'at' | 'precision'>, printed: string): Inline[] =>
  precision ? [text(`${precision} `, 'precision'), time(at, printed)] : [time(at, printed)];

/** `#4`, a link to that line of the timeline. */
export function lineReference(entryNumber: number): Link {
  return {
    ...link(`#entry-${entryNumber}`, `#${entryNumber}`),
    data: { hProperties: { className: ['line'] } },
  };
}

/** The guidance of a part that nobody filled: says what belongs there, and claims nothing. */
export function gap(...guidance: Inline[]): Blockquote {
  return {
    type: 'blockquote',
    children: [paragraph(strong('To fill in:'), text(' '), ...guidance)],
    data: { hName: 'div', hProperties: { className: ['gap'] } },
  };
}

function phrase(value: Inline): PhrasingContent {
  return typeof value === 'string' ? text(value) : value;
}
