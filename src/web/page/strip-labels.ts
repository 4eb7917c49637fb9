export interface Label {
  x: number;
  width: number;
}

type Anchor = 'start' | 'end';

export interface PlacedLabel {
  lane: number;
  anchor: Anchor;
}

interface Box {
  x: number;
  anchor: Anchor;
  from: number;
  to: number;
  lane: number;
}

/**
 * Gives each label (in order of `x`) a side of its dot to reach to and a lane below the line: no two overlap, and
 * few leader lines run behind a label. Sides are tried one by one while that makes it better.
 */
export function placeLabels(labels: readonly Label[], right: number): PlacedLabel[] {
  const fits = ({ x, width }: Label, anchor: Anchor) =>
    anchor === 'start' ? x + width <= right : x >= width;
  let anchors = labels.map(
    (label): Anchor => (fits(label, 'start') || !fits(label, 'end') ? 'start' : 'end'),
  );
  let best = fill(labels, anchors);
  for (let index = labels.length - 1; index >= 0; index -= 1) {
    const label = labels[index];
    const other = anchors[index] === 'start' ? 'end' : 'start';
    if (!label || !fits(label, other)) continue;
    const changed = anchors.with(index, other);
    const filled = fill(labels, changed);
    if (cost(filled) < cost(best)) [anchors, best] = [changed, filled];
  }
  return best.map(({ lane, anchor }) => ({ lane, anchor }));
}

/** Fills the lanes both ways, and returns the better. */
function fill(labels: readonly Label[], anchors: readonly Anchor[]): Box[] {
  const boxes = labels.map(({ x, width }, index): Box => {
    const anchor = anchors[index] ?? 'start';
    return {
      x,
      anchor,
      from: anchor === 'start' ? x : x - width,
      to: anchor === 'start' ? x + width : x,
      lane: -1,
    };
  });
  const ends = boxes.filter((box) => box.anchor === 'end');
  // From the right: a label that reaches over later dots then knows their lanes and goes below them.
  const starts = boxes.filter((box) => box.anchor === 'start').reverse();
  const ways = [
    [...ends, ...starts],
    [...starts, ...ends],
  ].map((order) => {
    for (const box of boxes) box.lane = -1;
    for (const box of order) box.lane = laneFor(box, boxes);
    return boxes.map((box) => ({ ...box }));
  });
  return ways.sort((a, b) => cost(a) - cost(b))[0] ?? boxes;
}

function laneFor(box: Box, boxes: readonly Box[]): number {
  const placed = boxes.filter((other) => other.lane >= 0);
  const lanes = boxes.map((_, lane) => lane);
  const fitting = lanes.filter((lane) => placed.every((other) => other.lane !== lane || apart(box, other)));
  // Where each lane makes a line cross a label, only overlap counts: labels are drawn over lines.
  return (
    fitting.find((lane) =>
      placed.every((other) => other.lane === lane || !crosses({ ...box, lane }, other)),
    ) ??
    fitting[0] ??
    0
  );
}

function apart(one: Box, other: Box): boolean {
  return other.from >= one.to + 10 || one.from >= other.to + 10;
}

/** Whether the leader line of the lower label runs through the upper one. */
function crosses(one: Box, other: Box): boolean {
  const [upper, lower] = one.lane < other.lane ? [one, other] : [other, one];
  return lower.x > upper.from - 4 && lower.x < upper.to + 4;
}

function cost(boxes: readonly Box[]): number {
  const crossings = boxes.flatMap((one, index) =>
    boxes.slice(index + 1).filter((other) => one.lane !== other.lane && crosses(one, other)),
  );
  return crossings.length * 100 + Math.max(0, ...boxes.map(({ lane }) => lane));
}
