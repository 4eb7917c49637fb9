import { dayOf, MONTHS } from '../calendar.ts';
import { DAY } from '../duration.ts';
import { noSuchDate, refuse } from '../refusals.ts';
import type { Source } from './atoms.ts';
import type { DateForm, Part } from './form.ts';

const WEEKDAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const RELATIVE_DAYS = new Map<string, -1 | 0 | 1>([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);
const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ');

/**
 * A day at atom `at`: `2025-09-23`, `Sep 24th`, `24 Sep 2025`, `24th of September`, `today`, `yesterday`, `tomorrow`.
 * Refuses dates that no calendar has, and `9/24/2025`, which people read in two ways.
 */
export function parseDate(source: Source, at: number): Part<DateForm> | undefined {
  const atom = source.atoms[at];
  if (!atom) return undefined;
  if (atom.kind === 'date') return wholeDate(atom.text, at + 1);
  if (atom.kind === 'numeric-date') {
    const message = `${atom.text} can be read as two dates. Type the year first, for example 2025-09-24.`;
    return { refusal: refuse('unreadable', message), next: at + 1 };
  }
  const days = RELATIVE_DAYS.get(atom.text);
  if (days !== undefined) return { value: { kind: 'days-from-today', days }, next: at + 1 };
  return monthAndDay(source, at);
}

/** 0 for Sunday, from `Mon`, `Tues`, `thursday`. */
export function parseWeekday(source: Source, at: number): Part<number> | undefined {
  const atom = source.atoms[at];
  if (atom?.kind !== 'letters' || !atom.opens || !atom.closes || atom.text.length < 3) return undefined;
  const weekday = WEEKDAY_NAMES.findIndex(
    (name) =>
      name === atom.text || (name.startsWith(atom.text) && atom.text.length <= (name[0] === 't' ? 5 : 3)),
  );
  return weekday < 0 ? undefined : { value: weekday, next: at + 1 };
}

function wholeDate(text: string, next: number): Part<DateForm> {
  const [year = 0, month = 0, dayOfMonth = 0] = text.split(/[-/t]/).map(Number);
  const day = dayOf(year, month, dayOfMonth);
  if (day === undefined) return { refusal: noSuchDate(text), next };
  // West of Greenwich 1970 begins on the last day of 1969.
  if (day < -DAY) return { refusal: refuse('impossible', `${text} is before 1970.`), next };
  return { value: { kind: 'day', day }, next };
}

function monthAndDay(source: Source, at: number): Part<DateForm> | undefined {
  const { atoms } = source;
  let next = at;
  let month = monthAt(source, next);
  if (month !== undefined) next++;
  if (month !== undefined && atoms[next]?.text === '.') next++;
  const number = atoms[next];
  if (number?.kind !== 'number' || number.text.length > 2) return undefined;
  next++;
  const suffix = atoms[next];
  if (suffix && !suffix.opens && /^(st|nd|rd|th)$/.test(suffix.text)) next++;
  if (month === undefined) {
    if (atoms[next]?.text === 'of') next++;
    month = monthAt(source, next);
    if (month === undefined) return undefined;
    next++;
  }
  const dayOfMonth = Number(number.text);
  const comma = atoms[next]?.text === ',' ? 1 : 0;
  const year = atoms[next + comma];
  const named = `${dayOfMonth} ${MONTHS[month - 1]}`;
  if (year?.kind === 'number' && year.text.length === 4 && year.closes) {
    return wholeDate(`${year.text}-${month}-${dayOfMonth}`, next + comma + 1);
  }
  // 2024 has a 29 February: what it lacks, every year lacks.
  if (dayOf(2024, month, dayOfMonth) === undefined) return { refusal: noSuchDate(named), next };
  return { value: { kind: 'month-day', month, dayOfMonth }, next };
}

/** 1 for `Jan`, `january`; also `Sept`. */
function monthAt(source: Source, at: number): number | undefined {
  const atom = source.atoms[at];
  if (atom?.kind !== 'letters' || atom.text.length < 3) return undefined;
  const index = MONTH_NAMES.findIndex(
    (name) =>
      name === atom.text || name.slice(0, 3) === atom.text || (atom.text === 'sept' && name[0] === 's'),
  );
  return index < 0 ? undefined : index + 1;
}
