import type { Milestone } from '../../incident/milestones.ts';
import type { Severity } from '../../incident/types.ts';
import { cutToMinute, formatMinutes } from '../../time/duration.ts';
import type { Instant } from '../../time/types.ts';
import type { Facts } from '../types.ts';
import type { Check, CheckInput } from './types.ts';
import { timeWords } from './words.ts';

/** Minutes without a line that call for an explanation, by how much haste the severity asks. */
const LONG: Record<Severity, number> = { SEV1: 60, SEV2: 120, SEV3: 240, SEV4: 480 };
const AWARE: readonly Milestone[] = ['detected', 'first_report', 'escalated', 'incident_called'];

/** Long stretches without a line while people knew of the incident and the impact lasted. */
export function silentGap({ record, facts }: CheckInput): Check[] {
  const { lines, impact } = facts;
  const from = awareFrom(facts);
  const until = cutToMinute(impact.end?.at ?? Number.POSITIVE_INFINITY);
  const long = LONG[record.incident.severity];
  return lines.flatMap(({ entry, minutesSincePrevious }, index): Check[] => {
    const before = lines[index - 1]?.entry;
    if (!before || minutesSincePrevious === null || minutesSincePrevious < long) return [];
    if (before.occurredAt < from || cutToMinute(before.occurredAt) >= until) return [];
    if (impact.start && entry.occurredAt <= impact.start.at) return [];
    return [
      {
        name: 'silent-gap',
        severity: 'note',
        message: `Nothing is recorded for ${formatMinutes(minutesSincePrevious)}, from #${before.number} (${timeWords(before.occurredAt)}) to #${entry.number} (${timeWords(entry.occurredAt)}). What happened in between?`,
        entryNumbers: [before.number, entry.number],
        section: 'timeline',
        key: `silent-gap:${before.id}:${entry.id}`,
      },
    ];
  });
}

/** The first moment at which anybody knew; without one, the first line. */
function awareFrom({ milestones }: Facts): Instant {
  const known = milestones.filter(({ milestone }) => AWARE.includes(milestone)).map(({ at }) => at);
  return known.length > 0 ? Math.min(...known) : Number.NEGATIVE_INFINITY;
}
