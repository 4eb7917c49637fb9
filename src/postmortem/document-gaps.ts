import type { Nodes } from 'mdast';
import type { DraftSection } from './document-types.ts';

/** Whether a block is guidance about something that nobody filled. */
export function isGap(node: Nodes): boolean {
  const className = node.data?.hProperties?.className;
  return Array.isArray(className) && className.includes('gap');
}

/** Whether something in the section is still to be filled in. */
export function hasGap({ nodes }: Pick<DraftSection, 'nodes'>): boolean {
  return nodes.some(isGap);
}
