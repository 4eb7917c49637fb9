import type { Delete, Emphasis, PhrasingContent, Strong } from 'mdast';

/**
 * Puts phrasing content into the form that Markdown can hold: neighbours of a kind joined, no space beside a break
 * or at the ends, no empty nodes, no break first or last.
 */
export function trimPhrasing(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === 'text' && !node.data && last?.type === 'text' && !last.data) {
      joined[joined.length - 1] = { type: 'text', value: last.value + node.value };
    } else if (node.type === 'inlineCode' && last?.type === 'inlineCode') {
      joined[joined.length - 1] = { type: 'inlineCode', value: last.value + node.value };
    } else if (isMarked(node) && last && isMarked(last) && last.type === node.type) {
      joined[joined.length - 1] = { ...last, children: [...last.children, ...node.children] };
    } else if (node.type !== 'break' || (last && last.type !== 'break')) {
      joined.push(node);
    }
  }
  if (joined.at(-1)?.type === 'break') joined.pop();
  const trimmed = joined.map((node, index): PhrasingContent => {
    if (node.type !== 'text' || node.data) return node;
    let value = node.value.replace(/ {2,}/g, ' ');
    if (edge(joined[index - 1])) value = value.trimStart();
    if (edge(joined[index + 1])) value = value.trimEnd();
    return { type: 'text', value };
  });
  const kept = trimmed.filter((node) => node.type !== 'text' || node.value !== '');
  return kept.length < trimmed.length ? trimPhrasing(kept) : kept;
}

function edge(neighbour: PhrasingContent | undefined): boolean {
  return neighbour === undefined || neighbour.type === 'break';
}

function isMarked(node: PhrasingContent): node is Strong | Emphasis | Delete {
  return node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete';
}
