import { formatMinutes, minutesBetween } from '../../time/duration.ts';
import type { Moment, TimelineLine } from '../types.ts';
import type { Check, CheckInput } from './types.ts';
import { counted, momentWords, quoted, timeWords } from './words.ts';

/** Half a day: a wrong date, or am for pm, lands at least that far off. */
const FAR_MINUTES = 12 * 60;
/** More lines than this are one check, so that a long log does not bury the others. */
const ONE_BY_ONE = 5;

/** Lines half a day or more before the impact's start or after its end. */
export function farOutsideImpact({ facts: { impact, lines } }: CheckInput): Check[] {
  const { start, end } = impact;
  if (!start) return [];
  const early = lines.filter(({ entry }) => minutesBetween(entry.occurredAt, start.at) >= FAR_MINUTES);
  const late = end
    ? lines.filter(({ entry }) => minutesBetween(end.at, entry.occurredAt) >= FAR_MINUTES)
    : [];
  return [...checksOf(early, start, 'before'), ...(end ? checksOf(late, end, 'after') : [])];
}

function checksOf(lines: readonly TimelineLine[], end: Moment, side: 'before' | 'after'): Check[] {
  const common = { name: 'far-outside-impact', severity: 'note', section: 'timeline' } as const;
  const numbers = lines.map(({ entry }) => entry.number);
  if (lines.length > ONE_BY_ONE) {
    const message = `${counted(lines.length, 'line')} stand more than ${formatMinutes(FAR_MINUTES)} ${side} ${momentWords(end)}. Are their dates right?`;
    return [{ ...common, message, entryNumbers: numbers, key: `far-outside-impact:${side}` }];
  }
  return lines.map(({ entry }): Check => {
    const distance = formatMinutes(Math.abs(minutesBetween(end.at, entry.occurredAt)));
    return {
      ...common,
      message: `#${entry.number} ${quoted(entry.text)} at ${timeWords(entry.occurredAt)} is ${distance} ${side} ${momentWords(end)}. Is its date right?`,
      entryNumbers: [entry.number],
      fix: { kind: 'set-time', entryNumber: entry.number },
      key: `far-outside-impact:${entry.id}`,
    };
  });
}
