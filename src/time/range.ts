import { cutToMinute } from './duration.ts';
import { formatUtc } from './format.ts';
import { MAX_LENGTH } from './parse/atoms.ts';
import type { Typed } from './parse/form.ts';
import { parseWhole } from './read.ts';
import { quote, refuse } from './refusals.ts';
import { TOLERANCE } from './resolve/days.ts';
import { resolveTime } from './resolve/time.ts';
import type { Instant, ReadContext, Reading, ReadResult } from './types.ts';

/** Both ends of `from TIME to TIME`. `to` is null where none was typed. */
export interface Range {
  from: ReadResult;
  to: ReadResult | null;
}

const BETWEEN = /\s+(?:to|until|till|through|-|–|—|→)\s+|(?<=\d:\d\d)[-–—](?=\d{1,2}:\d\d)/gi;
const MAX_CUTS = 8;

/**
 * Reads `from 17:18 to 00:46 UTC`, `from #3 until now`, `from 14:05`; null for an empty text. A zone that one end names
 * holds for both. A `to` without a day is the first such time not before `from` (or its first reading, where that is a
 * choice; `chosen` is the one that was picked). A `from` without a day, where `to` has one, is the latest before `to`.
 */
export function splitRange(text: string, context: ReadContext, chosen?: Reading): Range | null {
  const [fromText, toText] = cutRange(text.trim().replace(/^(?:from|since)(?:\s+|$)/i, ''));
  if (fromText === '') return null;
  const first = parseWhole(fromText);
  if (toText === null) return { from: picked(chosen) ?? resolve(first, fromText, context), to: null };

  const second = parseWhole(toText);
  const from = inZoneOf(first, second);
  const to = inZoneOf(second, first);
  if (isUndated(from) && isDated(to)) {
    const end = resolve(to, toText, context);
    const before =
      end.kind === 'one' ? latestBefore(end.reading.instant, from, fromText, context) : undefined;
    return { from: picked(chosen) ?? before ?? resolve(from, fromText, context), to: end };
  }
  const start = picked(chosen) ?? resolve(from, fromText, context);
  const since =
    start.kind === 'one' ? start.reading : start.kind === 'choice' ? start.readings[0] : undefined;
  const end = since ? endAfter(since.instant, to, toText, context) : resolve(to, toText, context);
  return { from: start, to: end };
}

function picked(reading: Reading | undefined): ReadResult | undefined {
  return reading && { kind: 'one', reading, notes: [] };
}

/** The texts of both ends; null for the second where the text is a time as it stands, or has nothing to cut at. */
function cutRange(text: string): [string, string | null] {
  const read = text.slice(0, MAX_LENGTH);
  if (!('refusal' in parseWhole(read))) return [read, null];
  const cuts: [string, string][] = [];
  for (const match of read.matchAll(BETWEEN)) {
    cuts.push([read.slice(0, match.index), read.slice(match.index + match[0].length)]);
    if (cuts.length === MAX_CUTS) break;
  }
  const readable = cuts.find((ends) => ends.every((end) => !('refusal' in parseWhole(end))));
  return readable ?? cuts[0] ?? [read, null];
}

function endAfter(from: Instant, to: Typed, text: string, context: ReadContext): ReadResult {
  const follows = isUndated(to) ? { ...context, retrospective: true, previous: from } : context;
  const end = resolve(to, text, follows);
  if (end.kind !== 'one' || cutToMinute(end.reading.instant) >= cutToMinute(from)) return end;
  return refuse(
    'impossible',
    `${quote(text)} is before the start, ${formatUtc(from)}. Type an end that follows it.`,
  );
}

/** The latest such time not after `end`, whose day says enough: no question about its age. */
function latestBefore(end: Instant, from: Typed, text: string, context: ReadContext): ReadResult {
  const asOfEnd = { ...context, now: end - TOLERANCE, retrospective: false, previous: undefined };
  const start = resolve(from, text, asOfEnd);
  if (start.kind !== 'choice' || start.reason !== 'older-than-12h') return start;
  const [reading] = start.readings;
  return reading ? { kind: 'one', reading, notes: [] } : start;
}

function resolve(typed: Typed, text: string, context: ReadContext): ReadResult {
  if ('refusal' in typed) return typed.refusal;
  return resolveTime(typed.form, typed.precision, quote(text), context);
}

function wallOf(typed: Typed) {
  return 'form' in typed && typed.form.kind === 'wall' ? typed.form : undefined;
}

function isUndated(typed: Typed): boolean {
  const wall = wallOf(typed);
  return wall !== undefined && wall.date === null && wall.weekday === null;
}

function isDated(typed: Typed): boolean {
  return wallOf(typed) !== undefined && !isUndated(typed);
}

/** `typed`, with the zone of the other end where it names none itself. */
function inZoneOf(typed: Typed, other: Typed): Typed {
  const [wall, zone] = [wallOf(typed), wallOf(other)?.zone];
  if (!wall || wall.zone || !zone || !('form' in typed)) return typed;
  return { form: { ...wall, zone }, precision: typed.precision };
}
