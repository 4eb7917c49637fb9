import type { Facts, Moment } from './types.ts';

/**
 * What figures in prose are compared with: the instants of all lines and of every window's ends, in order of
 * time. An end that a line proves is that line's instant, not a second one; an open window has no end.
 */
export function momentsOf({ impact, lines, milestones }: Facts): Moment[] {
  const numbers = new Set(lines.map(({ entry }) => entry.number));
  const ends = impact.windows
    .flatMap(({ from, to }) => [from, to])
    .filter((end) => end !== null)
    .filter(({ entryNumber }) => entryNumber === null || !numbers.has(entryNumber));
  const proved = lines.map(({ entry, marks: [mark] }): Moment => {
    const label = milestones.find(({ milestone }) => milestone === mark?.milestone)?.label ?? 'Entry';
    return { at: entry.occurredAt, label, entryNumber: entry.number };
  });
  return [...ends, ...proved].sort((a, b) => a.at - b.at);
}
