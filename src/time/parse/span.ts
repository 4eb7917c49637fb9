import { DAY, HOUR, MINUTE, SECOND } from '../duration.ts';
import type { Source } from './atoms.ts';

const UNITS: [RegExp, number][] = [
  [/^(s|secs?|seconds?)$/, SECOND],
  [/^(m|mins?|minutes?)$/, MINUTE],
  [/^(h|hrs?|hours?)$/, HOUR],
  // TIME: a day is 24 hours here, whatever the clocks do.
  [/^(d|days?)$/, DAY],
  [/^(w|weeks?)$/, 7 * DAY],
];

/** A length of time at atom `at`, in milliseconds: `10m`, `1h 5m`, `1 hour and 5 minutes`, `half an hour`. */
export function parseSpan(source: Source, at: number): { span: number; next: number } | undefined {
  let next = at;
  let span: number | undefined;
  for (;;) {
    const joined = span !== undefined && /^(and|,)$/.test(source.atoms[next]?.text ?? '') ? next + 1 : next;
    const amount = amountAt(source, joined);
    const unit = amount && unitAt(source, amount.next);
    if (!amount || !unit) break;
    span = (span ?? 0) + amount.value * unit;
    next = amount.next + 1;
  }
  return span === undefined ? undefined : { span, next };
}

function amountAt(source: Source, at: number): { value: number; next: number } | undefined {
  const atom = source.atoms[at];
  if (!atom) return undefined;
  if (/^(number|decimal|dotted)$/.test(atom.kind)) return { value: Number(atom.text), next: at + 1 };
  const article = (index: number) => /^an?$/.test(source.atoms[index]?.text ?? '');
  if (article(at)) return { value: 1, next: at + 1 };
  if (atom.text === 'half' && article(at + 1)) return { value: 0.5, next: at + 2 };
  return undefined;
}

function unitAt(source: Source, at: number): number | undefined {
  const text = source.atoms[at]?.text ?? '';
  return UNITS.find(([name]) => name.test(text))?.[1];
}
