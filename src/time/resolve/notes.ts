import { startOfDay } from '../calendar.ts';
import { formatIn } from '../format.ts';
import type { TimeForm } from '../parse/form.ts';
import type { Instant, Reading } from '../types.ts';
import { wallAt } from '../zones.ts';

/** What a reply should say beside the time: what was taken for granted in reading it. `twice`: of two such times, one. */
export function notesOn(
  form: Extract<TimeForm, { kind: 'wall' }>,
  { instant, zone }: Reading,
  now: Instant,
  twice: boolean,
): string[] {
  const { clock, date, weekday } = form;
  const notes = [];
  const today = startOfDay(wallAt(zone, instant)) === startOfDay(wallAt(zone, now));
  if (clock.half || twice || (date?.kind !== 'day' && !today))
    notes.push(`That is ${formatIn(instant, zone, now)}.`);
  if (clock.midnight && (date !== null || weekday !== null)) {
    notes.push('Midnight is the start of the day named.');
  }
  const abbreviation = form.zone?.abbreviation;
  if (abbreviation && !/^(UTC|GMT|Z)$/.test(abbreviation)) notes.push(`${abbreviation} is always ${zone}.`);
  return notes;
}
