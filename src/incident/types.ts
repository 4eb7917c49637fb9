import type { Instant, Precision } from '../time/types.ts';
import type { Milestone, MilestoneNames } from './milestones.ts';

export const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const STATUSES = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'canceled',
  'merged',
] as const;
export type Status = (typeof STATUSES)[number];

export const SOURCES = [
  'command',
  'reaction',
  'shortcut',
  'modal',
  'web',
  'api',
  'integration',
  'system',
] as const;
export type Source = (typeof SOURCES)[number];

/** How a mark came: its message's own time, a time a person gave, or a rule of ours. */
export type Provenance = 'observed' | 'asserted' | 'inferred';

/** The Slack message that an entry stands for. `ts` is Slack's, unchanged. */
export interface SourceMessage {
  channelId: string;
  ts: string;
}

/** A file of an entry's message, as Slack addresses it; the thumbnail opens for who may see the file. */
export interface EntryFile {
  name: string;
  url: string;
  thumbnail: string | null;
}

/** An active milestone mark on an entry. */
export interface Mark {
  milestone: Milestone;
  entryId: string;
  provenance: Provenance;
  markedBy: string;
  markedAt: Instant;
}

/** One line of the timeline. `number` is what people type (`#4`), and the order of capture. */
export interface Entry {
  id: string;
  number: number;
  occurredAt: Instant;
  recordedAt: Instant;
  precision: Precision;
  /** Whether a person gave the time, it is a message's own, or the bot's clock. */
  timeFrom: 'person' | 'message' | 'system';
  /** As Slack sent it (mrkdwn with `<@U…>` references), not escaped further. */
  text: string;
  source: Source;
  message: SourceMessage | null;
  permalink: string | null;
  /** Absent: none. Their links stand in the text too. */
  files?: EntryFile[];
  /** Slack user id of who wrote it; null when not known (yet). */
  authorId: string | null;
  /** Slack user id of who put it on the timeline. */
  capturedBy: string;
  retractedAt: Instant | null;
  /** When its message was deleted in Slack; the text stays. Absent or null: it is there. */
  messageGoneAt?: Instant | null;
  /** `INC-7 #3`: the line that it was before its incident was merged into this one. */
  movedFrom: string | null;
}

/**
 * An impact window. A null `from` (with no `fromEntryId`) begins where the rule says, a null `to` (with no
 * `toEntryId`) ends where it says. An entry id follows that entry's time, corrections included.
 */
export interface ImpactWindow {
  id: string;
  from: Instant | null;
  /** Of `from`; an entry has its own. */
  fromPrecision: Precision;
  fromEntryId: string | null;
  to: Instant | null;
  toPrecision: Precision;
  toEntryId: string | null;
}

export interface ActionItem {
  id: string;
  number: number;
  text: string;
  ownerId: string | null;
  /** Calendar date, `YYYY-MM-DD`. */
  due: string | null;
  doneAt: Instant | null;
}

/** Sections of the draft that people fill with `/incident section NAME TEXT`. */
export const SECTIONS = [
  'what-happened',
  'root-cause',
  'mitigation',
  'resolution',
  'verification',
  'next-steps',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** A change of state that is not a line of the timeline: severity raised, lead taken. */
export interface Activity {
  at: Instant;
  by: string;
  text: string;
  /** What changed: `lead`, `status`, `postmortem`. Absent or empty: something else. */
  subject?: string;
}

export interface Incident {
  id: string;
  teamId: string;
  number: number;
  title: string;
  severity: Severity;
  status: Status;
  private: boolean;
  test: boolean;
  retrospective: boolean;
  services: string[];
  regions: string[];
  summary: string;
  channelId: string | null;
  channelName: string | null;
  headlineTs: string | null;
  leadId: string | null;
  declaredBy: string;
  declaredAt: Instant;
  closedAt: Instant | null;
  /** Why it was canceled, as Slack sent it; null where nobody said. */
  closeReason: string | null;
  /** The incident that has its timeline now; only a merged one has it. */
  mergedIntoId: string | null;
  /** Address of its ticket in the team's own tracker, http or https; null: none. Never fetched. */
  tracker: string | null;
  /** IANA zone of who declared it: clock times in prose are read in it and in UTC. */
  zone: string;
}

/** What a workspace calls things. Stored keys stay as they are; this is what people read. Plain text. */
export interface Names {
  milestones: MilestoneNames;
  severities: Record<Severity, string>;
}

/** Another incident, as far as it is named beside one. */
export interface Neighbour {
  id: string;
  number: number;
  title: string;
  status: Status;
  private: boolean;
  channelId: string | null;
}

/** Who has a role beside the lead. */
export interface RoleHolder {
  role: string;
  userId: string;
}

/** Everything the postmortem is computed from: one incident with its parts, entries in order of capture. */
export interface IncidentRecord {
  incident: Incident;
  entries: Entry[];
  marks: Mark[];
  windows: ImpactWindow[];
  /** `service` null: of the incident as a whole. */
  customers: { service: string | null; text: string }[];
  factors: string[];
  actions: ActionItem[];
  sections: Partial<Record<SectionName, string>>;
  activity: Activity[];
  /** In the order in which they were taken. */
  roles: RoleHolder[];
  /** Incidents that have to do with this one, oldest first; private ones too. */
  related: Neighbour[];
  mergedInto: Neighbour | null;
  /** Display names by Slack user id, and channel names by channel id, for rendering references. */
  people: Record<string, string>;
  channels: Record<string, string>;
  names: Names;
}
