export interface Label {
  x: number;
  width: number;
}

export interface PlacedLabel {
  lane: number;
  anchor: 'start' | 'end';
}

/**
 * Gives each label (in order of `x`) a lane below the line so that no two overlap and no leader line crosses a
 * label where that can be had: a label reaches away from the nearer edge, and gives way to dots it would cover.
 */
export function placeLabels(labels: readonly Label[], right: number): PlacedLabel[] {
  const boxes = labels.map(({ x, width }) => {
    const anchor = x + width <= right ? ('start' as const) : ('end' as const);
    return {
      x,
      anchor,
      from: anchor === 'start' ? x : x - width,
      to: anchor === 'start' ? x + width : x,
      lane: -1,
    };
  });
  const [starts, ends] = [
    boxes.filter((box) => box.anchor === 'start').reverse(),
    boxes.filter((box) => box.anchor === 'end'),
  ];
  for (const box of [...ends, ...starts]) {
    const placed = boxes.filter((other) => other.lane >= 0);
    const free = (lane: number) =>
      placed.every((other) => {
        if (other.lane === lane) return other.from >= box.to + 10 || box.from >= other.to + 10;
        const [upper, lower] = other.lane < lane ? [other, box] : [box, other];
        return lower.x < upper.from - 2 || lower.x > upper.to + 2;
      });
    const lanes = boxes.map((_, lane) => lane);
    // Where every lane makes some line cross some label, only overlap counts: the label is drawn over the line.
    box.lane = lanes.find(free) ?? Math.max(-1, ...placed.map((other) => other.lane)) + 1;
  }
  return boxes.map(({ lane, anchor }) => ({ lane, anchor }));
}
