import type { Element, ElementContent, Root, Text } from 'hast';
import { EXIT, visit } from 'unist-util-visit';
import { type CheckNote, checkId, draftSection } from './check-note.ts';

/** Adds to each line of the timeline a link to every check that speaks of it. */
export function flagLines(root: Root, checks: readonly CheckNote[]): void {
  visit(root, 'element', (row) => {
    const number = /^entry-(\d+)$/.exec(String(row.properties.id ?? ''))?.[1];
    const cell = row.children.find((child): child is Element => child.type === 'element');
    if (row.tagName !== 'tr' || !number || !cell) return;
    cell.children.push(...flags(checks, (check) => check.entryNumbers.includes(Number(number))));
  });
}

/** Links to the checks of a section that no word or line of it leads to. `marked`: what `markExcerpts` found. */
export function flagSection(
  key: string,
  checks: readonly CheckNote[],
  marked: ReadonlySet<CheckNote>,
): Element[] {
  const links = flags(checks, (check) => {
    const elsewhere = marked.has(check) || (check.entryNumbers.length > 0 && !check.excerpt);
    return draftSection(check) === key && !elsewhere;
  });
  if (links.length === 0) return [];
  return [{ type: 'element', tagName: 'div', properties: { className: ['flags'] }, children: links }];
}

/**
 * Makes the words that checks speak of a link to the first of them, with flags for the others. Checks of one name
 * that quote the same words mean their occurrences in order. Returns the checks that have found their words.
 */
export function markExcerpts(root: Root, key: string, checks: readonly CheckNote[]): Set<CheckNote> {
  const counts = new Map<string, number>();
  const groups = new Map<string, { excerpt: string; indices: number[] }>();
  checks.forEach((check, index) => {
    if (draftSection(check) !== key || !check.excerpt) return;
    const name = `${check.name} ${check.section} ${check.excerpt}`;
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    const id = `${nth} ${check.excerpt}`;
    const group = groups.get(id) ?? { excerpt: check.excerpt, indices: [] };
    groups.set(id, { ...group, indices: [...group.indices, index] });
  });
  const marked = new Set<CheckNote>();
  for (const { excerpt, indices } of groups.values()) {
    const links = indices.flatMap((index) => checks[index] ?? []);
    if (markFirst(root, excerpt, linksTo(excerpt, checks, indices)))
      for (const check of links) marked.add(check);
  }
  return marked;
}

function linksTo(
  excerpt: string,
  checks: readonly CheckNote[],
  [first = 0, ...others]: readonly number[],
): Element[] {
  return [
    anchor('doubted', checkId(first), excerpt, checks[first]?.message ?? ''),
    ...flags(checks, (_, index) => others.includes(index)),
  ];
}

/** The first occurrence that is no link yet: those before it are, when their checks came first. */
function markFirst(root: Root, excerpt: string, links: Element[]): boolean {
  let done = false;
  visit(root, 'text', (node: Text, at, parent) => {
    if (at === undefined || !parent || isLink(parent)) return undefined;
    const start = occurrence(node.value, excerpt);
    if (start < 0) return undefined;
    const pieces: ElementContent[] = [
      { type: 'text', value: node.value.slice(0, start) },
      ...links,
      { type: 'text', value: node.value.slice(start + excerpt.length) },
    ];
    parent.children.splice(at, 1, ...pieces.filter((piece) => piece.type !== 'text' || piece.value !== ''));
    done = true;
    return EXIT;
  });
  return done;
}

/** More places than these are not looked at, for words that stand within others again and again. */
const MOST_PLACES = 100;

/** Where the words stand as words, or -1: `1 hour` is not in `11 hours`. */
function occurrence(value: string, excerpt: string): number {
  let at = value.indexOf(excerpt);
  for (let places = 0; at >= 0 && places < MOST_PLACES; places++, at = value.indexOf(excerpt, at + 1)) {
    const around = [value[at - 1], value[at + excerpt.length]];
    if (!around.some((char) => char !== undefined && /[\p{L}\p{N}]/u.test(char))) return at;
  }
  return -1;
}

function flags(checks: readonly CheckNote[], test: (check: CheckNote, index: number) => boolean): Element[] {
  return checks.flatMap((check, index) =>
    test(check, index)
      ? [anchor('flag', checkId(index), String(index + 1), `Check ${index + 1}: ${check.message}`)]
      : [],
  );
}

function anchor(className: string, id: string, value: string, label: string): Element {
  const named = className === 'flag' ? { ariaLabel: label } : {};
  return {
    type: 'element',
    tagName: 'a',
    properties: { href: `#${id}`, className: [className], title: label, ...named },
    children: [{ type: 'text', value }],
  };
}

function isLink(parent: Root | Element): boolean {
  return parent.type === 'element' && parent.tagName === 'a';
}
