export interface Strip {
  from: number;
  to: number;
}

/**
 * Cuts what lies between `edges` (ascending) into strips at most `tallest` high: at an edge where that can be, else
 * within the piece that is too high.
 */
export function stripsOf(edges: readonly number[], tallest: number): Strip[] {
  const [first = 0, ...rest] = edges;
  const strips: Strip[] = [];
  let from = first;
  let to = first;
  for (const edge of rest) {
    if (edge - from > tallest && to > from) {
      strips.push({ from, to });
      from = to;
    }
    for (; edge - from > tallest; from += tallest) strips.push({ from, to: from + tallest });
    to = edge;
  }
  return to > from ? [...strips, { from, to }] : strips;
}
