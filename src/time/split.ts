import { type Atom, endsAt, readSource, type Source } from './parse/atoms.ts';
import { type Parsed, parsePrecision } from './parse/form.ts';
import { parseTime } from './parse/time.ts';
import { quote } from './refusals.ts';
import { resolveTime } from './resolve/time.ts';
import type { ReadContext, ReadResult } from './types.ts';

export { type Range, splitRange } from './range.ts';

export interface Split {
  /** Null where the text holds no time; then `rest` is all of it. A refusal where it holds an impossible one. */
  time: ReadResult | null;
  timeText: string;
  rest: string;
}

/** Where a command takes its time: `note` in either place, the title of `declare` only behind it. */
export type Position = 'leading' | 'trailing' | 'either';

// A trailing time is looked for among so many words and characters at the end.
const TAIL_WORDS = 12;
const TAIL_LENGTH = 600;

const UNITS = /^(h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|long)$/;
// What follows a version, a ratio or a count, and not a time: "1.28 released", "2.15 GB", "at 9 percent".
const MEASURED =
  /^(%|percent|ms|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|[kmgt]i?b|[kmgt]?bps|k|m|million|billion|x|times|rps|qps|cores?|cpus?|releases?|released|rollout|version|build|branch|beta|alpha|rc\d*|is|was|has|are|of|to|vs|per|and|or|\/)$/;

/**
 * Cuts the time off a command's text. In front it is the longest run of words that forms a time, behind it what follows
 * `at`. Words of a sentence are never taken for a time: where a word may be either, it stays in the text.
 */
export function splitTime(
  text: string,
  context: ReadContext,
  { position = 'either' }: { position?: Position } = {},
): Split {
  const found =
    (position !== 'trailing' ? leading(text) : undefined) ??
    (position !== 'leading' ? trailing(text) : undefined);
  if (!found) return { time: null, timeText: '', rest: text.trim() };
  const { parsed, timeText, rest } = found;
  if ('refusal' in parsed) return { time: parsed.refusal, timeText, rest };
  return { time: resolveTime(parsed.form, parsed.precision, quote(timeText), context), timeText, rest };
}

interface Cut {
  parsed: Parsed;
  timeText: string;
  rest: string;
}

function leading(text: string): Cut | undefined {
  const source = readSource(text);
  const parsed = parseTime(source, 0, 'leading');
  if (!parsed || !isMeant(source, parsed)) return undefined;
  const first = source.words[0];
  const last = source.words[source.atoms[parsed.end - 1]?.word ?? 0];
  if (!first || !last) return undefined;
  const rest = text.slice(last.end).replace(/^\s*[-–—:,;|]+(?=\s)/, '');
  return { parsed, timeText: stripEnd(text.slice(first.start, last.end)), rest: rest.trim() };
}

/** Whether a time in front is one, and not the beginning of a sentence, a version or a count. */
function isMeant(source: Source, parsed: Parsed): boolean {
  const [first] = source.atoms;
  const next = source.atoms[parsed.end];
  // "7:28 hours of outage".
  if (first?.kind === 'clock' && parsed.end === 1 && UNITS.test(next?.text ?? '')) return false;
  if ('refusal' in parsed) return true;
  const { form } = parsed;
  // A link alone is what the note is about; before words it says when.
  if (form.kind === 'message') return next !== undefined && !endsAt(source, parsed.end);
  // "now failing over", "noon traffic", "#12 was wrong": such a word is a time only when punctuation sets it apart.
  const isLone = first?.text === '#' ? parsed.end === 2 : first?.kind === 'letters' && parsed.end === 1;
  if (isLone) return isSetApart(next);
  if (form.kind !== 'wall' || !form.clock.bare || form.date || form.weekday !== null || form.zone)
    return true;
  // "0.30 errors/s": nobody writes a quarter past midnight so.
  return !MEASURED.test(next?.text ?? '') && !first?.text.startsWith('0.');
}

function isSetApart(next: Atom | undefined): boolean {
  return next === undefined || (next.kind === 'mark' && /[:,;.!-]/.test(next.text));
}

function trailing(text: string): Cut | undefined {
  const from = Math.max(0, text.length - TAIL_LENGTH);
  const source = readSource(text.slice(from));
  const { words, atoms } = source;
  for (const word of words.slice(-TAIL_WORDS)) {
    // The first word of a tail that was cut may be half a word; "complaints about Monday at 9am" keeps its "about".
    if ((from > 0 && word === words[0]) || parsePrecision(word.text.toLowerCase())) continue;
    const parsed = parseTime(source, word.firstAtom, 'trailing');
    if (!parsed || !endsAt(source, parsed.end)) continue;
    if (!atoms.slice(word.firstAtom, parsed.end).some(({ text }) => text === 'at' || text === '@')) continue;
    const rest = stripEnd(text.slice(0, from + word.start), /[\s,:;–—-]/).trimStart();
    return { parsed, timeText: stripEnd(text.slice(from + word.start)), rest };
  }
  return undefined;
}

/** Without spaces and punctuation at its end. A loop, as an expression would search long runs of them again and again. */
function stripEnd(text: string, marks = /[\s,:;.!]/): string {
  let end = text.length;
  while (end > 0 && marks.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
