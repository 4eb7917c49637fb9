import { compoundAt, type DurationFound } from './compound-duration.ts';
import { quantityAt } from './quantity.ts';
import { toSimple } from './simple-duration.ts';
import { afterHyphen, isSymbol, isWord, type Token } from './tokens.ts';
import { unitAt } from './unit.ts';

export type { DurationFound } from './compound-duration.ts';

/** `Phase 2 – 30 minutes` is no range. */
const NUMBERED = [
  'phase',
  'step',
  'stage',
  'part',
  'level',
  'tier',
  'version',
  'sev',
  'p',
  'day',
  'node',
  'zone',
];

/**
 * Reads a duration at `index`: `7h 28m`, `1 hour, 30 minutes`, `half an hour`, `13–15 minutes`,
 * `30 minutes to 1 hour`. What surrounds it (bounds, exclusions) is the caller's.
 */
export function durationAt(tokens: readonly Token[], index: number): DurationFound | null {
  const between = isWord(tokens[index - 1], 'between');
  const first = orMoreUnits(tokens, compoundAt(tokens, index, between)) ?? sharedUnitRangeAt(tokens, index);
  if (!first || first.upTo !== null) return first;
  const connector = rangeConnector(tokens, first.end, between);
  const second = connector === null ? null : compoundAt(tokens, connector, false);
  if (!second || second.seconds <= first.seconds) return first;
  const precision = Math.min(first.precision, second.precision);
  return { ...first, upTo: second.seconds, precision, end: second.end };
}

/** `an hour or two`. */
function orMoreUnits(tokens: readonly Token[], found: DurationFound | null): DurationFound | null {
  if (!found || !isWord(tokens[found.end], 'or')) return found;
  const more = quantityAt(tokens, found.end + 1);
  if (!more || more.value <= 1 || found.seconds !== found.precision || unitAt(tokens, more.end)) return found;
  return { ...found, upTo: more.value * found.precision, end: more.end };
}

/** `13–15 minutes`, `two to three hours`, `5 or 10 minutes`, `between 13 and 15 minutes`. */
function sharedUnitRangeAt(tokens: readonly Token[], index: number): DurationFound | null {
  const low = quantityAt(tokens, index);
  if (!low) return null;
  const between = isWord(tokens[index - 1], 'between');
  const connector = rangeConnector(tokens, low.end, between) ?? orConnector(tokens, low.end);
  const high = connector === null ? null : quantityAt(tokens, connector);
  const unit = high && unitAt(tokens, high.end);
  if (!high || !unit || high.value <= low.value) return null;
  const spaced = isSymbol(tokens[low.end], '-–—') && !tokens[low.end]?.glued;
  if (spaced && isWord(tokens[index - 1], ...NUMBERED)) return null;
  const from = toSimple(low, unit.seconds, unit.end);
  const to = toSimple(high, unit.seconds, unit.end);
  const precision = Math.min(from.precision, to.precision);
  return { seconds: from.seconds, upTo: to.seconds, precision, bound: null, end: unit.end };
}

function rangeConnector(tokens: readonly Token[], index: number, between: boolean): number | null {
  const dash = tokens[index];
  if (isSymbol(dash, '-–') || (isSymbol(dash, '—') && dash?.glued)) return index + 1;
  const at = afterHyphen(tokens, index);
  if (isWord(tokens[at], 'to')) return afterHyphen(tokens, at + 1);
  return between && isWord(tokens[index], 'and') ? index + 1 : null;
}

function orConnector(tokens: readonly Token[], index: number): number | null {
  return isWord(tokens[index], 'or') ? index + 1 : null;
}
