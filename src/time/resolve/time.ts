import { DAY } from '../duration.ts';
import type { Refusal, TimeForm } from '../parse/form.ts';
import { inFuture, quote, refuse } from '../refusals.ts';
import type { Instant, Precision, ReadContext, ReadResult } from '../types.ts';
import { isZone } from '../zones.ts';
import { choiceOfZones } from './abbreviation.ts';
import { TOLERANCE } from './days.ts';
import { resolveHalf } from './half.ts';
import { notesOn } from './notes.ts';
import type { Outcome } from './outcome.ts';
import { resolveWall } from './wall.ts';

/** What a typed time means at this moment for this person. `typed` is quoted in messages. */
export function resolveTime(
  form: TimeForm,
  precision: Precision,
  typed: string,
  context: ReadContext,
): ReadResult {
  if (form.kind !== 'wall') {
    const instant = instantOf(form, typed, context);
    if (typeof instant !== 'number') return instant;
    const zone = isZone(context.zone) ? context.zone : 'UTC';
    return { kind: 'one', reading: { instant, zone, precision }, notes: [] };
  }
  const zones = form.zone?.zones ?? [context.zone];
  if (!zones.every(isZone)) {
    const message =
      'Your time zone is not known. Type the time with a zone, for example 14:05 UTC or 14:05 Berlin.';
    return refuse('unknown-zone', message);
  }
  const resolve = form.clock.half ? resolveHalf : resolveWall;
  const results = zones.map((zone) => {
    const outcome = resolve({ ...form, time: form.clock.time, zone, typed }, context);
    const result = toResult(outcome, zone, precision);
    if (result.kind === 'one')
      result.notes.push(...notesOn(form, result.reading, context.now, result.notes.length > 0));
    return result;
  });
  const [only] = results;
  return only && results.length === 1 ? only : choiceOfZones(zones, results, context);
}

function instantOf(
  form: Exclude<TimeForm, { kind: 'wall' }>,
  typed: string,
  { now, entryAt }: ReadContext,
): Instant | Refusal {
  if (form.kind === 'now') return now;
  const base = form.kind === 'ago' ? now : form.kind === 'message' ? form.instant : entryAt?.(form.number);
  if (base === undefined) return refuse('unknown-entry', `There is no entry ${quote(typed)} to count from.`);
  const instant = base + (form.kind === 'ago' ? -form.span : form.kind === 'entry' ? form.shift : 0);
  if (instant > now + TOLERANCE) return inFuture(typed);
  return instant < -DAY ? refuse('impossible', `${quote(typed)} is before 1970.`) : instant;
}

function toResult(outcome: Outcome, zone: string, precision: Precision): ReadResult {
  if (outcome.kind === 'refusal') return outcome;
  const toReading = (instant: Instant) => ({ instant, zone, precision });
  if (outcome.kind === 'one')
    return { kind: 'one', reading: toReading(outcome.instant), notes: [...outcome.notes] };
  const { reason, anotherTime } = outcome;
  return { kind: 'choice', reason, readings: outcome.instants.map(toReading), anotherTime };
}
