import type { Nodes, RootContent } from 'mdast';
import { hasGap, isGap } from '../document-gaps.ts';
import type { Hider } from './hider.ts';

/** Blocks that a person edited, without what outsiders must not read. A link that goes leaves its text. */
export function hideNodes(nodes: readonly RootContent[], hider: Hider): RootContent[] {
  return nodes.flatMap((node) => hidden(node, hider)) as RootContent[];
}

function hidden(node: Nodes, hider: Hider): Nodes[] {
  // A link's title, a fence's language: words that only some forms show.
  const { title: _, lang: __, meta: ___, ...rest } = node as Nodes & Record<string, unknown>;
  const kept = rest as unknown as Nodes;
  if ('children' in kept) {
    const children = kept.children.flatMap((child) => hidden(child, hider));
    const goes = kept.type === 'link' && !/^#entry-\d+$/.test(kept.url) && hider.hidesLink(kept.url);
    return goes ? children : [{ ...kept, children } as Nodes];
  }
  return 'value' in kept ? [{ ...kept, value: hider.text(kept.value) } as Nodes] : [kept];
}

/** Without the guidance for writers, and without headings under which nothing is left. */
export function withoutGuidance(nodes: readonly RootContent[]): RootContent[] {
  if (!hasGap({ nodes: [...nodes] })) return [...nodes];
  const filled = nodes.filter((node) => !isGap(node));
  return filled.filter((node, at) => {
    const next = filled[at + 1];
    return node.type !== 'heading' || (next !== undefined && next.type !== 'heading');
  });
}
