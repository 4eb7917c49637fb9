import type { Source } from './atoms.ts';
import type { TimeForm } from './form.ts';
import { parseSpan } from './span.ts';

/** A time that stands by itself, without day or zone: a message link, `#12 + 5m`, `10m ago`, `now`. */
export function parseSingle(source: Source, at: number): { form: TimeForm; next: number } | undefined {
  const atom = source.atoms[at];
  if (!atom) return undefined;
  if (atom.text === 'now') return { form: { kind: 'now' }, next: at + 1 };
  if (atom.kind === 'link') return parseLink(source, at);
  if (atom.text === '#') return parseEntry(source, at);
  const span = parseSpan(source, at);
  if (!span || source.atoms[span.next]?.text !== 'ago') return undefined;
  return { form: { kind: 'ago', span: span.span }, next: span.next + 1 };
}

/** `/archives/C1/p1758655193000200` is the message's time in microseconds, whatever the host. */
function parseLink(source: Source, at: number): { form: TimeForm; next: number } | undefined {
  const match = /\/archives\/\w+\/p(\d{10})(\d{6})(?!\d)/.exec(source.atoms[at]?.text ?? '');
  if (!match) return undefined;
  return {
    form: { kind: 'message', instant: Number(match[1]) * 1000 + Number(match[2]) / 1000 },
    next: at + 1,
  };
}

function parseEntry(source: Source, at: number): { form: TimeForm; next: number } | undefined {
  const number = source.atoms[at + 1];
  if (number?.kind !== 'number' || number.opens) return undefined;
  const entry = (shift: number, next: number) => ({
    form: { kind: 'entry' as const, number: Number(number.text), shift },
    next,
  });
  const sign = source.atoms[at + 2]?.text;
  const span = sign === '+' || sign === '-' ? parseSpan(source, at + 3) : undefined;
  return span ? entry(sign === '-' ? -span.span : span.span, span.next) : entry(0, at + 2);
}
