import type { Element, ElementContent, Root, Text } from 'hast';
import { visit } from 'unist-util-visit';
import { type CheckNote, checkId } from './check-note.ts';

/** Adds to each line of the timeline a link to every check that speaks of it. */
export function flagLines(root: Root, checks: readonly CheckNote[]): void {
  visit(root, 'element', (row) => {
    const number = /^entry-(\d+)$/.exec(String(row.properties.id ?? ''))?.[1];
    const cell = row.children.find((child): child is Element => child.type === 'element');
    if (row.tagName !== 'tr' || !number || !cell) return;
    cell.children.push(...flags(checks, (check) => check.entryNumbers.includes(Number(number))));
  });
}

/** Links to the checks of a section that point at no word of it. */
export function flagSection(key: string, checks: readonly CheckNote[]): Element[] {
  const links = flags(
    checks,
    (check) => check.section === key && !check.excerpt && check.entryNumbers.length === 0,
  );
  if (links.length === 0) return [];
  return [{ type: 'element', tagName: 'div', properties: { className: ['flags'] }, children: links }];
}

/** Makes the words that a check speaks of a link to it: the first check takes the first occurrence, and so on. */
export function markExcerpts(root: Root, key: string, checks: readonly CheckNote[]): void {
  checks.forEach((check, index) => {
    if (check.section !== key || !check.excerpt) return;
    const { excerpt } = check;
    let found = false;
    visit(root, 'text', (node: Text, at, parent) => {
      if (found || at === undefined || !parent || isLink(parent)) return;
      const start = node.value.indexOf(excerpt);
      if (start < 0) return;
      found = true;
      const pieces: ElementContent[] = [
        { type: 'text', value: node.value.slice(0, start) },
        anchor('doubted', checkId(index), excerpt, check.message),
        { type: 'text', value: node.value.slice(start + excerpt.length) },
      ];
      parent.children.splice(at, 1, ...pieces);
    });
  });
}

function flags(checks: readonly CheckNote[], test: (check: CheckNote) => boolean): Element[] {
  return checks.flatMap((check, index) =>
    test(check)
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
