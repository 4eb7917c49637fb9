import type { BlockContent, List, ListItem, Paragraph, PhrasingContent } from 'mdast';
import { cleanText } from './text/clean.ts';
import { codeText, parseInline } from './text/inline.ts';
import type { Names } from './text/references.ts';
import { trimPhrasing } from './text/trim.ts';

export type { Names } from './text/references.ts';

const QUOTE = /^(?:&gt;|>) ?(.*)$/;
const QUOTE_REST = /^(?:&gt;|>){3} ?/;
const ITEM = /^( *)(?:([•◦▪‣·*-])|(\d{1,9})[.)]) +(\S.*)$/;

/**
 * Reads text as Slack sends it (mrkdwn with references) into flow content: paragraphs, lists, quotes, code.
 * Nothing in it can become HTML, and only http, https and mailto addresses become links.
 */
export function slackFlow(text: string, names: Names): BlockContent[] {
  const parts = cleanText(text).split('```');
  // A fence that nothing closes is plain characters.
  if (parts.length % 2 === 0) parts.splice(-2, 2, parts.slice(-2).join('```'));
  return parts.flatMap((part, index): BlockContent[] => {
    if (index % 2 === 0) return flow(part.split('\n'), names, true);
    const value = codeText(part, names).replace(/^ *\n|\n *$/g, '');
    return value.trim() === '' ? [] : [{ type: 'code', value }];
  });
}

/** The same text on few lines, for table cells and list items: lists and quotes become lines of their own. */
export function slackPhrasing(text: string, names: Names): PhrasingContent[] {
  return flattenFlow(slackFlow(text, names));
}

/** Joins blocks into phrasing content with breaks between them. */
export function flattenFlow(blocks: readonly BlockContent[]): PhrasingContent[] {
  const lines = blocks.flatMap((block) => linesOf(block));
  return trimPhrasing(lines.flatMap((line, index) => (index === 0 ? line : [{ type: 'break' }, ...line])));
}

function flow(lines: readonly string[], names: Names, quotes: boolean): BlockContent[] {
  const blocks: BlockContent[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (quotes && QUOTE_REST.test(line)) {
      blocks.push(...quote([line.replace(QUOTE_REST, ''), ...lines.slice(at + 1)], names));
      break;
    }
    const test =
      quotes && QUOTE.test(line) ? isQuote : ITEM.test(line) ? isItem : quotes ? isPlain : isUnquoted;
    let end = at + 1;
    while (end < lines.length && test(lines[end] ?? '')) end += 1;
    const run = lines.slice(at, end);
    if (test === isQuote)
      blocks.push(
        ...quote(
          run.map((each) => QUOTE.exec(each)?.[1] ?? ''),
          names,
        ),
      );
    else if (test === isItem) blocks.push(...lists(run.map(readItem), names));
    else blocks.push(...paragraph(run.join('\n'), names));
    at = end;
  }
  return blocks;
}

const isQuote = (line: string) => QUOTE.test(line) && !QUOTE_REST.test(line);
const isItem = (line: string) => ITEM.test(line);
const isUnquoted = (line: string) => line.trim() !== '' && !ITEM.test(line);
const isPlain = (line: string) => isUnquoted(line) && !QUOTE.test(line);

function paragraph(text: string, names: Names): Paragraph[] {
  const children = trimPhrasing(parseInline(text, names));
  return children.length === 0 ? [] : [{ type: 'paragraph', children }];
}

function quote(lines: string[], names: Names): BlockContent[] {
  const children = flow(lines, names, false);
  return children.length === 0 ? [] : [{ type: 'blockquote', children }];
}

interface Item {
  depth: number;
  /** Null for a bullet. */
  start: number | null;
  text: string;
}

function readItem(line: string): Item {
  const [, indent = '', , number, text = ''] = ITEM.exec(line) ?? [];
  return { depth: Math.min(3, Math.floor(indent.length / 2)), start: number ? Number(number) : null, text };
}

function lists(items: readonly Item[], names: Names): List[] {
  const result: List[] = [];
  let at = 0;
  while (at < items.length) {
    const first = items[at];
    if (!first) break;
    let end = at + 1;
    while (end < items.length && (items[end]?.depth ?? 0) > first.depth) end += 1;
    const children: ListItem['children'] = [
      ...paragraph(first.text, names),
      ...lists(items.slice(at + 1, end), names),
    ];
    const last = result.at(-1);
    const item: ListItem = { type: 'listItem', spread: false, children };
    if (last && last.ordered === (first.start !== null)) last.children.push(item);
    else
      result.push({
        type: 'list',
        ordered: first.start !== null,
        start: first.start,
        spread: false,
        children: [item],
      });
    at = end;
  }
  return result;
}

function linesOf(block: BlockContent): PhrasingContent[][] {
  switch (block.type) {
    case 'paragraph':
      return [block.children];
    case 'code':
      return block.value
        .split('\n')
        .filter((line) => line.trim())
        .map((value) => [{ type: 'inlineCode', value }]);
    case 'blockquote':
      return block.children
        .flatMap((child) => linesOf(child as BlockContent))
        .map((line) => [plain('> '), ...line]);
    case 'list':
      return block.children.flatMap((item, index) =>
        item.children
          .flatMap((child) => linesOf(child as BlockContent))
          .map((line, nth) =>
            nth > 0 ? line : [plain(block.ordered ? `${(block.start ?? 1) + index}. ` : '• '), ...line],
          ),
      );
    default:
      return [];
  }
}

function plain(value: string): PhrasingContent {
  return { type: 'text', value };
}
