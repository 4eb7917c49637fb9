import type { Instant } from '../time/types.ts';
import type { ExpectationKey } from './reminders.ts';

/** What a timer is for, with what its firing needs to know. */
export type TimerPurpose =
  /** `lead`: to the lead, or to the channel where there is none. `escalation`: to those after the lead. */
  | { kind: 'nudge'; expected: ExpectationKey; stage: 'lead' | 'escalation'; snoozed?: true }
  | { kind: 'action'; number: number; when: 'before' | 'due' }
  /** Action items left over at publishing. */
  | { kind: 'follow-up' }
  /** What was corrected in a published postmortem. */
  | { kind: 'correction' }
  /** Nobody touches a draft. `told`: reminders in a row so far; `from`: the rest is counted from there. */
  | { kind: 'draft-rests'; told: number; from: Instant }
  | { kind: 'archive-notice' }
  | { kind: 'archive' };

export interface Timer {
  id: string;
  incidentId: string;
  dueAt: Instant;
  purpose: TimerPurpose;
}

/** One timer of a key is active at a time: setting it again moves it. */
export function timerKey(purpose: TimerPurpose): string {
  switch (purpose.kind) {
    case 'nudge':
      return `nudge:${purpose.expected}`;
    case 'action':
      return `action:${purpose.number}:${purpose.when}`;
    default:
      return purpose.kind;
  }
}
