import { diffIndices } from 'node-diff3';
import { joinUnits, keyOf, sameUnits, splitUnits, type Unit } from './merge-units.ts';

/** A place where a person and the generator changed the same lines. Markdown; empty where lines were taken away. */
export interface Conflict {
  base: string;
  generated: string;
  theirs: string;
}

export interface Merge {
  /** The merged Markdown; where there is a conflict it holds the person's lines. */
  text: string;
  conflicts: Conflict[];
}

/** Replaces the base's units `from`–`to` (half open) by its lines. */
interface Hunk {
  from: number;
  to: number;
  lines: Unit[];
}

/** Most steps of comparing two texts, about: equal lines are tried each with each, along all that were found before. */
const MOST_STEPS = 100_000_000;

/**
 * Three-way merge of a section that a person edited, line by line (paragraph, list item, table row, code block).
 * Changes of different lines are both kept; a change of the same lines keeps the person's and reports the other.
 * `base`: Markdown generated when the person began; `generated`: what is generated now; `theirs`: as they left it.
 */
export function mergeText(base: string, generated: string, theirs: string): Merge {
  const before = base.replaceAll('\r\n', '\n');
  const newer = generated.replaceAll('\r\n', '\n');
  const human = theirs.replaceAll('\r\n', '\n');
  if (newer === before || newer === human) return { text: human, conflicts: [] };
  if (human === before) return { text: newer, conflicts: [] };
  const lines = splitUnits(before);
  const kept = splitUnits(human);
  const merged = walk(lines, hunksOf(lines, splitUnits(newer)), hunksOf(lines, kept), kept);
  const end = human.slice(human.trimEnd().length);
  return { ...merged, text: merged.text + (end.includes('\n') ? end.slice(end.indexOf('\n')) : '') };
}

/**
 * Changes from the base; as many lines for as many are taken one by one, so that a table's rows merge singly. Texts of
 * too many equal lines are one change.
 */
function hunksOf(base: Unit[], changed: Unit[]): Hunk[] {
  const [old, now] = [base.map(keyOf), changed.map(keyOf)];
  if (stepsFor(old, now) > MOST_STEPS)
    return sameUnits(base, changed) ? [] : [{ from: 0, to: base.length, lines: changed }];
  return diffIndices(old, now).flatMap(({ buffer1, buffer2 }) => {
    const [from, count] = buffer1;
    const lines = changed.slice(buffer2[0], buffer2[0] + buffer2[1]);
    if (lines.length !== count) return [{ from, to: from + count, lines }];
    return lines.map((line, index) => ({ from: from + index, to: from + index + 1, lines: [line] }));
  });
}

function stepsFor(old: readonly string[], now: readonly string[]): number {
  const times = new Map<string, number>();
  for (const line of now) times.set(line, (times.get(line) ?? 0) + 1);
  const pairs = old.reduce((sum, line) => sum + (times.get(line) ?? 0), 0);
  return pairs * Math.min(old.length, now.length);
}

function walk(base: Unit[], generated: Hunk[], theirs: Hunk[], human: Unit[]): Merge {
  const out: Unit[] = [];
  const conflicts: Conflict[] = [];
  const [ours, yours] = [[...generated], [...theirs]];
  // How far the person's text is shifted against the base, to print unchanged lines as they left them.
  let shift = 0;
  let at = 0;
  while (ours.length > 0 || yours.length > 0) {
    const group = nextGroup(ours, yours);
    out.push(...human.slice(at + shift, group.from + shift));
    const newer = applied(base, group, group.generated);
    const kept = applied(base, group, group.theirs);
    if (group.generated.length === 0 || sameUnits(newer, kept)) out.push(...kept);
    else if (group.theirs.length === 0) {
      const replaced = group.from < group.to ? human[group.from + shift] : undefined;
      out.push(...spacedLike(replaced, newer));
    } else {
      out.push(...kept);
      const old = base.slice(group.from, group.to);
      conflicts.push({ base: shown(old), generated: shown(newer), theirs: shown(kept) });
    }
    shift += group.theirs.reduce((sum, hunk) => sum + hunk.lines.length - (hunk.to - hunk.from), 0);
    at = group.to;
  }
  out.push(...human.slice(at + shift));
  return { text: joinUnits(out), conflicts };
}

/** Newer lines with the blank lines that the person left before what they replace. */
function spacedLike(replaced: Unit | undefined, [first, ...rest]: Unit[]): Unit[] {
  return first ? [{ ...first, gap: replaced?.gap ?? first.gap }, ...rest] : [];
}

function shown(units: readonly Unit[]): string {
  return joinUnits(units).replace(/^\s*\n/, '');
}

interface Group {
  from: number;
  to: number;
  generated: Hunk[];
  theirs: Hunk[];
}

/** Takes the next hunk and all that touch the same lines, of either side. */
function nextGroup(ours: Hunk[], yours: Hunk[]): Group {
  const first = isBefore(ours[0], yours[0]) ? ours[0] : yours[0];
  if (!first) throw new RangeError('No change is left');
  const group: Group = { from: first.from, to: first.from, generated: [], theirs: [] };
  const take = (queue: Hunk[], taken: Hunk[], test: (hunk: Hunk) => boolean): boolean => {
    const hunk = queue[0];
    if (!hunk || !test(hunk)) return false;
    queue.shift();
    taken.push(hunk);
    group.to = Math.max(group.to, hunk.to);
    return true;
  };
  if (!take(ours, group.generated, (hunk) => hunk === first))
    take(yours, group.theirs, (hunk) => hunk === first);
  while (
    take(ours, group.generated, (hunk) => group.theirs.some((other) => touch(hunk, other))) ||
    take(yours, group.theirs, (hunk) => group.generated.some((other) => touch(hunk, other)))
  );
  return group;
}

function isBefore(one: Hunk | undefined, other: Hunk | undefined): boolean {
  if (!one || !other) return one !== undefined;
  return one.from < other.from || (one.from === other.from && one.to <= other.to);
}

/** Whether two changes need a decision: a common line, or lines put in where the other's order leaves it open. */
function touch(one: Hunk, other: Hunk): boolean {
  if (one.from === one.to && other.from === other.to) return one.from === other.from;
  const [put, at] = one.from === one.to ? [one, other] : [other, one];
  if (put.from < put.to) return one.from < other.to && other.from < one.to;
  const lineForLine = at.lines.length === at.to - at.from;
  return lineForLine ? at.from < put.from && put.from < at.to : at.from <= put.from && put.from <= at.to;
}

/** The base's lines of a group with some hunks put in. */
function applied(base: Unit[], group: Group, hunks: readonly Hunk[]): Unit[] {
  const out: Unit[] = [];
  let at = group.from;
  for (const hunk of hunks) {
    out.push(...base.slice(at, hunk.from), ...hunk.lines);
    at = hunk.to;
  }
  return [...out, ...base.slice(at, group.to)];
}
