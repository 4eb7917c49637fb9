import type { Milestone } from '../../incident/milestones.ts';
import type { IncidentRecord } from '../../incident/types.ts';
import type { Instant } from '../../time/types.ts';
import type { Facts } from '../types.ts';

export const CHECK_NAMES = [
  'figure',
  'claim',
  'date',
  'end-before-start',
  'milestone-order',
  'resolved-without-root-cause',
  'resolved-without-fix',
  'far-outside-impact',
  'silent-gap',
  'same-moment-twice',
  'unconfirmed-milestone',
  'missing-customer-count',
  'incomplete-action',
  'missing-milestones',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

export const CHECK_SEVERITIES = ['error', 'warning', 'note'] as const;
export type CheckSeverity = (typeof CHECK_SEVERITIES)[number];

/** What one click can do about a check, or which field it opens. */
export type Fix =
  /** Puts `to` where `from` stands at `index` of the section's text. */
  | { kind: 'replace-text'; section: string; index: number; from: string; to: string }
  /** Asks for the entry's time. */
  | { kind: 'set-time'; entryNumber: number }
  /** Asks for the window's ends; `windowId` null: the window comes from the rule. */
  | { kind: 'edit-window'; windowId: string | null }
  | { kind: 'confirm-milestone'; milestone: Milestone; entryNumber: number }
  /** Asks which line it was. */
  | { kind: 'mark-milestone'; milestone: Milestone }
  | { kind: 'retract-entry'; entryNumber: number }
  | { kind: 'set-customers' }
  | { kind: 'complete-action'; actionNumber: number; missing: ('owner' | 'due')[] };

/** A contradiction or a gap in a draft. */
export interface Check {
  name: CheckName;
  severity: CheckSeverity;
  /** One or two plain sentences, times in UTC. */
  message: string;
  /** Lines of the timeline that it speaks of. */
  entryNumbers: number[];
  /** The section and the exact words in it. */
  section?: string;
  excerpt?: string;
  /** Where the excerpt begins in the section's text. */
  index?: number;
  fix?: Fix;
  /** Stays the same while the thing complained of does: dismissals hold on to it. */
  key: string;
}

/** A part of the draft that people wrote, as they wrote it. */
export interface ProseText {
  section: string;
  text: string;
}

export interface CheckInput {
  record: IncidentRecord;
  facts: Facts;
  texts: readonly ProseText[];
  now: Instant;
  /** The incident's IANA zone: prose may be in it or in UTC. */
  zone: string;
}
