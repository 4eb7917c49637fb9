import { readFileSync } from 'node:fs';
import { type Milestone, milestoneNamed } from '../../src/incident/milestones.ts';
import { DEFAULT_NAMES } from '../../src/incident/settings.ts';
import type {
  ActionItem,
  Entry,
  ImpactWindow,
  Incident,
  IncidentRecord,
  Mark,
} from '../../src/incident/types.ts';
import type { Instant } from '../../src/time/types.ts';

/** A scenario as `test/scenarios/*.json` has it. */
export interface Scenario {
  title: string;
  severity: Incident['severity'];
  services: string[];
  regions: string[];
  affectedCustomers: string | null;
  timezone: string;
  summary?: string;
  impact?: { from: string; to: string | null }[];
  entries: { at: string; text: string; milestones: string[]; via: 'command' | 'reaction' | 'shortcut' }[];
  contributingFactors: string[];
  actionItems: string[];
}

/** What `test/scenarios/expected/*.json` promises. */
export interface Expected {
  impactStart: string;
  impactEnd: string | null;
  impactMinutes: number;
  timeline: string[];
  minutesSincePrevious: (number | null)[];
  milestones: Record<string, { at: string; minutesFromStart: number }>;
  contradictedFigures: string[];
}

export const SCENARIO_NAMES = [
  '2025-07-22-activity-log',
  '2025-08-05-sign-in',
  '2025-09-03-api-degradation',
  '2025-09-23-provisioning-invites',
  '2025-09-24-admin-console',
] as const;

const folder = new URL('../scenarios/', import.meta.url);

export function readScenario(name: string): { scenario: Scenario; expected: Expected } {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
  return { scenario: read(`${name}.json`), expected: read(`expected/${name}.json`) };
}

/** Milliseconds of an ISO 8601 time; a bare `14:05` is that time in UTC on 2026-03-10. */
export function at(text: string): Instant {
  return Date.parse(
    /^\d\d:\d\d/.test(text) ? `2026-03-10T${text.slice(0, 5)}${text.slice(5) || ':00'}Z` : text,
  );
}

/** `2025-09-23T17:18Z`: UTC, cut to the minute. */
export const utcMinute = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 16)}Z`;

export function makeIncident(over: Partial<Incident> = {}): Incident {
  return {
    id: 'incident-1',
    teamId: 'T1',
    number: 42,
    title: 'Sign-in fails',
    severity: 'SEV2',
    status: 'resolved',
    private: false,
    test: false,
    retrospective: true,
    services: ['Sign-in'],
    regions: [],
    summary: '',
    channelId: 'C1',
    channelName: 'inc-42-sign-in-fails',
    headlineTs: null,
    leadId: null,
    declaredBy: 'U1',
    declaredAt: at('12:00'),
    closedAt: at('23:00'),
    closeReason: null,
    mergedIntoId: null,
    tracker: null,
    zone: 'UTC',
    ...over,
  };
}

/** Entry `number`, at the ISO or `HH:MM` time given. Its id is `entry-N`. */
export function makeEntry(number: number, when: string | Instant, over: Partial<Entry> = {}): Entry {
  const occurredAt = typeof when === 'string' ? at(when) : when;
  return {
    id: `entry-${number}`,
    number,
    occurredAt,
    recordedAt: occurredAt,
    precision: 'exact',
    timeFrom: 'person',
    text: `Entry ${number}`,
    source: 'command',
    message: null,
    permalink: null,
    authorId: 'U1',
    capturedBy: 'U1',
    retractedAt: null,
    movedFrom: null,
    ...over,
  };
}

export function makeMark(milestone: Milestone, entryNumber: number, over: Partial<Mark> = {}): Mark {
  return {
    milestone,
    entryId: `entry-${entryNumber}`,
    provenance: 'asserted',
    markedBy: 'U1',
    markedAt: at('23:00'),
    ...over,
  };
}

/** An explicit impact window; null ends follow the rule. */
export function makeWindow(
  from: string | null,
  to: string | null,
  over: Partial<ImpactWindow> = {},
): ImpactWindow {
  return {
    id: `window-${from}-${to}`,
    from: from === null ? null : at(from),
    fromPrecision: 'exact',
    fromEntryId: null,
    to: to === null ? null : at(to),
    toPrecision: 'exact',
    toEntryId: null,
    ...over,
  };
}

export function makeAction(number: number, over: Partial<ActionItem> = {}): ActionItem {
  return {
    id: `action-${number}`,
    number,
    text: `Action ${number}`,
    ownerId: null,
    due: null,
    doneAt: null,
    ...over,
  };
}

/** A record of one incident: resolved, retrospective and empty unless said otherwise. */
export function makeRecord(over: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    incident: makeIncident(),
    entries: [],
    marks: [],
    windows: [],
    customers: [],
    factors: [],
    actions: [],
    sections: {},
    activity: [],
    roles: [],
    related: [],
    mergedInto: null,
    people: {},
    channels: {},
    names: DEFAULT_NAMES,
    ...over,
  };
}

/** Entries from `[time, ...milestones]`, numbered from 1, with their marks asserted. */
export function makeTimeline(
  ...lines: (readonly [time: string, ...milestones: Milestone[]])[]
): Pick<IncidentRecord, 'entries' | 'marks'> {
  return {
    entries: lines.map(([time], index) => makeEntry(index + 1, time)),
    marks: lines.flatMap(([, ...milestones], index) => milestones.map((key) => makeMark(key, index + 1))),
  };
}

/** The record that a replay of the scenario leaves behind: retrospective and resolved. */
export function recordOf(scenario: Scenario): IncidentRecord {
  const entries = scenario.entries.map((entry, index) =>
    makeEntry(index + 1, entry.at, { text: entry.text, source: entry.via }),
  );
  const marks = scenario.entries.flatMap((entry, index) =>
    entry.milestones.map((name) => makeMark(knownMilestone(name), index + 1)),
  );
  return makeRecord({
    incident: makeIncident({
      title: scenario.title,
      severity: scenario.severity,
      services: scenario.services,
      regions: scenario.regions,
      summary: scenario.summary ?? '',
      zone: scenario.timezone,
    }),
    entries,
    marks,
    windows: (scenario.impact ?? []).map(({ from, to }) => makeWindow(from, to)),
    customers: scenario.affectedCustomers ? [{ service: null, text: scenario.affectedCustomers }] : [],
    factors: scenario.contributingFactors,
    actions: scenario.actionItems.map((text, index) => makeAction(index + 1, { text })),
  });
}

function knownMilestone(name: string): Milestone {
  const milestone = milestoneNamed(name);
  if (!milestone) throw new Error(`No such milestone: ${name}`);
  return milestone;
}
