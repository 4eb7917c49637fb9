export interface Row {
  what: string;
  size: string;
  cost: string;
  /** Against the first row of its kind. */
  ratio: string;
}

interface Growth {
  what: string;
  /** `characters` */
  unit: string;
  sizes: readonly number[];
  /** Nanoseconds for the whole of a size. */
  cost: (size: number) => number;
}

/** One row a size, as cost per unit: where it grows linearly, the ratio stays near 1 or falls. */
export function growth({ what, unit, sizes, cost }: Growth): Row[] {
  const each = sizes.map((size) => cost(size) / size);
  const [first = 1] = each;
  const single = unit.replace(/ies$/, 'y').replace(/s$/, '');
  return sizes.map((size, index) => ({
    what,
    size: `${size.toLocaleString('en')} ${unit}`,
    cost: `${readable(each[index] ?? 0)} per ${single}`,
    ratio: ((each[index] ?? 0) / first).toFixed(2),
  }));
}

/** `340 ns`, `12.5 µs`, `3.2 ms` */
export function readable(nanoseconds: number): string {
  if (nanoseconds < 1000) return `${nanoseconds.toPrecision(3)} ns`;
  return nanoseconds < 1e6
    ? `${(nanoseconds / 1e3).toPrecision(3)} µs`
    : `${(nanoseconds / 1e6).toPrecision(3)} ms`;
}

/** The rows as a Markdown table with its columns in line. */
export function markdownTable(rows: readonly Row[]): string {
  const head: Row = { what: 'What', size: 'Size', cost: 'Cost', ratio: 'Ratio' };
  const keys = ['what', 'size', 'cost', 'ratio'] as const;
  const width = (key: keyof Row) => Math.max(...[head, ...rows].map((row) => row[key].length));
  const line = (row: Row) => `| ${keys.map((key) => row[key].padEnd(width(key))).join(' | ')} |`;
  const rule = `| ${keys.map((key) => '-'.repeat(width(key))).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
