import { DAY } from '../../time/duration.ts';
import { type CalendarDay, type DateMention, findDates } from '../../time/figures.ts';
import type { Instant } from '../../time/types.ts';
import { wallAt } from '../../time/zones.ts';
import { isOnDay } from '../clock-faces.ts';
import { momentsOf } from '../moments.ts';
import type { Facts } from '../types.ts';
import { occurrenceKeys } from './keys.ts';
import type { Check, CheckInput, ProseText } from './types.ts';
import { quoted } from './words.ts';

/** Windows longer than this are looked at by their ends only. */
const MOST_DAYS = 400;

/** Dates in prose, without a clock time, on which nothing of the timeline happened and no impact ran. */
export function dates({ record, facts, texts, now, zone }: CheckInput): Check[] {
  const zones = [...new Set(['UTC', zone])];
  const days = [...daysOf(facts, now)];
  const happened = ({ dates: named }: DateMention) =>
    zones.some((name) => days.some((at) => named.some((day) => isOnDay(wallAt(name, at), day))));
  const planned = new Set(record.actions.map(({ due }) => due));
  return texts.flatMap((prose) => {
    const keyOf = occurrenceKeys(`date:${prose.section}`);
    return findDates(prose.text)
      .filter(
        (mention) =>
          !mention.clock &&
          !happened(mention) &&
          !mention.dates.some((day) => isAhead(day, days, now, planned)),
      )
      .map((mention) => dateCheck(mention, prose, keyOf(mention.text)));
  });
}

function dateCheck(mention: DateMention, { section }: ProseText, key: string): Check {
  return {
    name: 'date',
    severity: 'warning',
    message: `${quoted(mention.text)}: no line of the timeline is on that date.`,
    entryNumbers: [],
    section,
    excerpt: mention.text,
    index: mention.index,
    key,
  };
}

/** One instant of every day on which something is recorded or the impact lasted. */
function daysOf(facts: Facts, now: Instant): Set<Instant> {
  const days = new Set(momentsOf(facts).map(({ at }) => at));
  for (const { from, to } of facts.impact.windows) {
    const end = Math.min(to?.at ?? now, from.at + MOST_DAYS * DAY);
    for (let at = from.at; at < end; at += DAY) days.add(at);
  }
  return days;
}

/** A plan: the due date of an action, or a day after now (without a year: in the year of the last line). */
function isAhead(
  { year, month, day }: CalendarDay,
  days: readonly Instant[],
  now: Instant,
  planned: ReadonlySet<string | null>,
): boolean {
  if (month === undefined || day === undefined) return false;
  const inYear = year ?? new Date(Math.max(...days, 0)).getUTCFullYear();
  const iso = new Date(Date.UTC(inYear, month - 1, day)).toISOString().slice(0, 10);
  return planned.has(iso) || Date.UTC(inYear, month - 1, day) > now;
}
