import type { Entry } from '../../incident/types.ts';
import { minutesBetween } from '../../time/duration.ts';
import type { Check, CheckInput } from './types.ts';
import { quoted, timeWords } from './words.ts';

/** Two people note the same thing within a minute or two, in nearly the same words. */
const NEAR_MINUTES = 2;
const LIKE = 0.6;
/** In a burst of lines only the nearest are compared. */
const LOOK_AHEAD = 8;

/** Lines that say the same within two minutes: most likely one moment, recorded twice. */
export function sameMomentTwice({ facts: { lines } }: CheckInput): Check[] {
  const words = lines.map(({ entry }) => wordsOf(entry.text));
  return lines.flatMap(({ entry }, index): Check[] => {
    for (let next = index + 1; next <= index + LOOK_AHEAD; next += 1) {
      const other = lines[next]?.entry;
      if (!other || minutesBetween(entry.occurredAt, other.occurredAt) > NEAR_MINUTES) return [];
      if (likeness(words[index], words[next]) >= LIKE) return [twice(entry, other)];
    }
    return [];
  });
}

function twice(first: Entry, second: Entry): Check {
  const [kept, spare] = first.number < second.number ? [first, second] : [second, first];
  return {
    name: 'same-moment-twice',
    severity: 'note',
    message: `#${first.number} ${quoted(first.text)} (${timeWords(first.occurredAt)}) and #${second.number} ${quoted(second.text)} (${timeWords(second.occurredAt)}) look like the same moment recorded twice.`,
    entryNumbers: [first.number, second.number],
    section: 'timeline',
    fix: { kind: 'retract-entry', entryNumber: spare.number },
    key: `same-moment-twice:${kept.id}:${spare.id}`,
  };
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text.trim()]);
}

/** Shared words as a part of all words of both: 1 for the same words, 0 for none in common. */
function likeness(a: Set<string> = new Set(), b: Set<string> = new Set()): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}
