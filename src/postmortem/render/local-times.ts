import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { besideUtc } from '../../time/format.ts';

/** Puts the zone's clock behind every time of the tree that is printed in UTC. */
export function addLocalTimes(root: Root, zone: string): void {
  visit(root, 'element', (element, index, parent) => {
    const iso = element.tagName === 'time' && element.properties.dateTime;
    const local = iso && besideUtc(Date.parse(String(iso)), zone);
    if (!local || !parent || index === undefined) return;
    const beside: Element = {
      type: 'element',
      tagName: 'span',
      properties: { className: ['local'] },
      children: [{ type: 'text', value: ` (${local})` }],
    };
    parent.children.splice(index + 1, 0, beside);
    return [SKIP, index + 2];
  });
}
