import type { PhrasingContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { emojiCharacters } from './emoji.ts';
import { linkBareUrls } from './links.ts';
import { decode, type Names, referenceNode } from './references.ts';

const MARKS = { '*': 'strong', _: 'emphasis', '~': 'delete' } as const;
const REFERENCE = /<([^<>\n]{1,3000})>/y;
const WORD = /[\p{L}\p{N}]/u;

/** Reads one run of Slack mrkdwn, already cleaned, into phrasing nodes. Line ends become breaks. */
export function parseInline(source: string, names: Names): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  const hopeless: Record<string, number> = {};
  let plain = '';
  let at = 0;
  const push = (node: PhrasingContent) => {
    nodes.push(...linkBareUrls(emojiCharacters(decode(plain))), node);
    plain = '';
  };
  while (at < source.length) {
    const char = source[at] ?? '';
    const special = readSpecial(source, at, names);
    if (special) {
      push(special.node);
      at = special.end;
      continue;
    }
    const end = isMark(char) && at >= (hopeless[char] ?? 0) && opens(source, at) ? closer(source, at) : 0;
    if (isMark(char) && end > 0) {
      push({ type: MARKS[char], children: parseInline(source.slice(at + 1, end), names) });
      at = end + 1;
      continue;
    }
    // No closer from here means none for a later opener of the line either: keeps the cost linear.
    if (isMark(char) && end < 0) hopeless[char] = -end;
    plain += char;
    at += 1;
  }
  nodes.push(...linkBareUrls(emojiCharacters(decode(plain))));
  return nodes;
}

/** What code shows: references as names and labels, the rest to the letter. */
export function codeText(source: string, names: Names): string {
  return source
    .split(/(<[^<>\n]{1,3000}>)/)
    .map((part, index) => {
      const node = index % 2 === 1 ? referenceNode(part.slice(1, -1), names) : undefined;
      return node ? textOf(node) : decode(part);
    })
    .join('');
}

function readSpecial(
  source: string,
  at: number,
  names: Names,
): { node: PhrasingContent; end: number } | undefined {
  const char = source[at];
  if (char === '\n') return { node: { type: 'break' }, end: at + 1 };
  if (char === '`') {
    const end = source.indexOf('`', at + 1);
    const inside = source.slice(at + 1, end);
    if (end < 0 || inside.trim() === '' || inside.includes('\n')) return undefined;
    return { node: { type: 'inlineCode', value: codeText(inside, names) }, end: end + 1 };
  }
  if (char !== '<') return undefined;
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(source);
  const node = match?.[1] && referenceNode(match[1], names);
  return match && node ? { node, end: at + match[0].length } : undefined;
}

function isMark(char: string): char is keyof typeof MARKS {
  return Object.hasOwn(MARKS, char);
}

function opens(source: string, at: number): boolean {
  const after = source[at + 1] ?? ' ';
  return !WORD.test(source[at - 1] ?? ' ') && !/\s/.test(after) && after !== source[at];
}

/** Index of the mark that closes the one at `at`; negative: the end of the line, where the search gave up. */
function closer(source: string, at: number): number {
  const newline = source.indexOf('\n', at);
  const lineEnd = newline < 0 ? source.length : newline;
  for (let index = at + 1; index < lineEnd; index += 1) {
    const char = source[index];
    if (char === '<') index += referenceLength(source, index);
    else if (char === '`') index += codeLength(source, index, lineEnd);
    else if (char === source[at] && index > at + 1 && closes(source, index)) return index;
  }
  return -lineEnd;
}

function closes(source: string, at: number): boolean {
  return !/\s/.test(source[at - 1] ?? ' ') && !WORD.test(source[at + 1] ?? ' ');
}

function referenceLength(source: string, at: number): number {
  REFERENCE.lastIndex = at;
  return (REFERENCE.exec(source)?.[0].length ?? 1) - 1;
}

function codeLength(source: string, at: number, lineEnd: number): number {
  const end = source.indexOf('`', at + 1);
  return end > 0 && end < lineEnd ? end - at : 0;
}
