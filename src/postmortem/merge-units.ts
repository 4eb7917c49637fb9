/** A line of Markdown, or a whole fenced block, with the blank lines that stand before it. */
export interface Unit {
  gap: string;
  text: string;
}

/** Splits Markdown (line ends `\n`) into the units that a merge compares. */
export function splitUnits(text: string): Unit[] {
  const units: Unit[] = [];
  let gap = '';
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const last = units.at(-1);
    if (fence !== null && last) {
      last.text += `\n${line}`;
      if (line.trim().startsWith(fence) && line.trim().replaceAll(fence[0] ?? '', '') === '') fence = null;
    } else if (line.trim() === '') {
      gap += `${line}\n`;
    } else {
      units.push({ gap, text: line });
      gap = '';
      fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    }
  }
  return units;
}

/** Puts units back together: each with the blank lines that it had before it. */
export function joinUnits(units: readonly Unit[]): string {
  return units.map((unit) => unit.gap + unit.text).join('\n');
}

/** Whether two runs of units read the same, trailing space aside. */
export function sameUnits(one: readonly Unit[], other: readonly Unit[]): boolean {
  return (
    one.length === other.length && one.every((unit, index) => keyOf(unit) === keyOf(other[index] ?? unit))
  );
}

/** What makes two units the same. The sign in front keeps names such as `constructor` from being looked up. */
export function keyOf(unit: Unit): string {
  return `=${unit.text.trimEnd()}`;
}
