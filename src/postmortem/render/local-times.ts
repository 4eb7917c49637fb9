import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { besideUtc } from '../../time/format.ts';

/**
 * Says the zone's clock with every time of the tree that is printed in UTC: behind it where times are read downwards
 * (a column of times, a list that begins with them), as its title elsewhere.
 */
export function addLocalTimes(root: Root, zone: string): void {
  visit(root, 'element', (element, index, parent) => {
    const iso = element.tagName === 'time' && element.properties.dateTime;
    const local = iso && besideUtc(Date.parse(String(iso)), zone);
    if (!local || parent?.type !== 'element' || index === undefined) return;
    if (!isColumn(parent) && !(parent.tagName === 'li' && index === 0)) {
      element.properties.title = local;
      return;
    }
    const behind: Element = {
      type: 'element',
      tagName: 'span',
      properties: { className: ['local'] },
      children: [{ type: 'text', value: ` (${local})` }],
    };
    parent.children.splice(index + 1, 0, behind);
    return [SKIP, index + 2];
  });
}

function isColumn({ properties: { className } }: Element): boolean {
  return Array.isArray(className) && className.includes('when');
}
