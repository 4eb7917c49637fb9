import type {
  ActionItem,
  Entry,
  EntryFile,
  ImpactWindow,
  Incident,
  Mark,
  Neighbour,
} from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import type { HeldBy, StoredEntry } from '../usecases/types.ts';
import type { Prisma } from './client.ts';
import type * as Row from './generated/client.ts';

export const instant = (date: Date): Instant => date.getTime();
export const instantOrNull = (date: Date | null): Instant | null => date?.getTime() ?? null;
/** Slack's microseconds are cut to milliseconds: the message's `ts` is kept beside it, whole. */
export const date = (at: Instant): Date => new Date(Math.floor(at));
export const dateOrNull = (at: Instant | null): Date | null => (at === null ? null : date(at));

export const incidentOf = (row: Row.Incident, summary = ''): Incident => ({
  id: row.id,
  teamId: row.teamId,
  number: row.number,
  title: row.title,
  severity: row.severity,
  status: row.status,
  private: row.isPrivate,
  test: row.isTest,
  retrospective: row.retrospective,
  services: row.services,
  regions: row.regions,
  summary,
  channelId: row.channelId,
  channelName: row.channelName,
  headlineTs: row.headlineTs,
  leadId: row.leadId,
  declaredBy: row.declaredBy,
  declaredAt: instant(row.declaredAt),
  closedAt: instantOrNull(row.closedAt),
  closeReason: row.closeReason,
  mergedIntoId: row.mergedIntoId,
  tracker: row.tracker,
  zone: row.zone,
});

export const neighbourOf = (row: Row.Incident): Neighbour => ({
  id: row.id,
  number: row.number,
  title: row.title,
  status: row.status,
  private: row.isPrivate,
  channelId: row.channelId,
});

export const entryOf = (row: Row.Entry): Entry => ({
  id: row.id,
  number: row.number,
  occurredAt: instant(row.occurredAt),
  recordedAt: instant(row.recordedAt),
  precision: row.precision,
  timeFrom: row.timeFrom,
  text: row.text,
  source: row.source,
  message: row.channelId && row.messageTs ? { channelId: row.channelId, ts: row.messageTs } : null,
  permalink: row.permalink,
  // Written by the step that fetches a message, and by nothing else.
  ...(row.files !== null && { files: row.files as unknown as EntryFile[] }),
  authorId: row.authorId,
  capturedBy: row.capturedBy,
  retractedAt: instantOrNull(row.retractedAt),
  messageGoneAt: instantOrNull(row.messageGoneAt),
  movedFrom: row.movedFrom,
});

export const storedEntryOf = (row: Row.Entry): StoredEntry => ({
  ...entryOf(row),
  incidentId: row.incidentId,
  kept: row.kept,
  textEdited: row.textEdited,
  messageChange: row.messageChange,
});

export const markOf = (row: Row.Mark): Mark & HeldBy => ({
  milestone: row.milestone,
  entryId: row.entryId,
  provenance: row.provenance,
  markedBy: row.markedBy,
  markedAt: instant(row.markedAt),
  byReaction: row.byReaction,
  chosen: row.chosen,
});

export const windowOf = (row: Row.ImpactWindow): ImpactWindow => ({
  id: row.id,
  from: instantOrNull(row.from),
  fromPrecision: row.fromPrecision,
  fromEntryId: row.fromEntryId,
  to: instantOrNull(row.to),
  toPrecision: row.toPrecision,
  toEntryId: row.toEntryId,
});

/** The words of an action item or factor with the link of the message that it was made from. */
export const linked = ({ text, permalink }: { text: string; permalink: string | null }): string =>
  permalink ? `${text} (<${permalink}|message>)` : text;

export const actionOf = (row: Row.ActionItem): ActionItem => ({
  id: row.id,
  number: row.number,
  text: linked(row),
  ownerId: row.ownerId,
  due: row.due,
  doneAt: instantOrNull(row.doneAt),
});

/** Text that PostgreSQL can keep: it has no letter for NUL, nor for half of a surrogate pair. */
export const storable = (text: string): string =>
  text.replaceAll('\0', '\ufffd').replace(/\p{Cs}/gu, '\ufffd');

/** A record of its own keys and no others: ids come from outside, and `constructor` is none. */
export const dictionary = (entries: [string, string][]): Record<string, string> =>
  Object.assign(Object.create(null), Object.fromEntries(entries));

/** Plain data as JSON that PostgreSQL can keep. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'string' ? storable(one) : one));

/** The same as Prisma wants it: JSON has no `undefined`. */
export const json = (value: unknown): Prisma.InputJsonValue => JSON.parse(jsonText(value));
