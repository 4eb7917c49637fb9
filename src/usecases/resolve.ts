import type { Milestone } from '../incident/milestones.ts';
import type { Entry, Incident, Mark } from '../incident/types.ts';
import { BY_RULE, openEnded } from '../incident/windows.ts';
import { readTime } from '../time/read.ts';
import type { Instant, Precision, Reading } from '../time/types.ts';
import { infer, markEntry } from './marks.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { openIncident } from './setStatus.ts';
import { showChange, showEntry } from './show.ts';
import { type Asked, readWith, settle } from './times.ts';
import type { IncidentRef } from './types.ts';

export interface ResolveInput {
  ref: IncidentRef;
  /** A time, or empty. */
  text: string;
  reading?: Reading;
}

/** An instant that a person marked and that may have ended the impact. */
export interface ImpactEnd {
  milestone: Milestone;
  entryId: string;
  number: number;
  at: Instant;
  precision: Precision;
}

export interface Resolved {
  kind: 'resolved';
  incident: Incident;
  /** The active `resolved` mark and its line, whoever set it; null in a retrospective that nobody marked. */
  end: { mark: Mark; entry: Entry } | null;
  /** A time was given, but a person's mark stands elsewhere and stays. */
  held: boolean;
  /** Earlier instants that may have ended the impact, to be asked about. */
  candidates: ImpactEnd[];
  notes: string[];
}

/**
 * Closes the incident and queues its draft. Live, `resolved` is marked at the time given or, inferred, now; a
 * person's mark stays. In a retrospective nothing is marked without a time.
 */
export async function resolve(scope: Scope, input: ResolveInput): Promise<Resolved | Asked> {
  const incident = await openIncident(scope, input.ref);
  const typed = input.text.replace(/^at\s+/i, '').trim();
  const read =
    input.reading || typed === ''
      ? null
      : await readWith(scope, incident, typed, (context) => readTime(typed, context));
  const settled = await settle(scope, read, typed, { verb: 'resolve', input });
  if (settled.kind === 'asked') return settled;
  const reading = input.reading ?? settled.reading;
  const held = reading ? !(await markAt(scope, incident, reading)) : false;
  if (!reading) await infer(scope, incident, 'resolved', 'Incident resolved');
  await scope.tx.updateIncident(incident.id, { status: 'resolved', closedAt: scope.now });
  await showChange(scope, incident, `Status ${incident.status} → resolved`, {
    topic: true,
    subject: 'status',
  });
  await scope.send(incident.id, { kind: 'draft', reason: 'resolved' });
  const closed = { ...incident, status: 'resolved' as const, closedAt: scope.now };
  await replan(scope, closed);
  return {
    kind: 'resolved',
    incident: closed,
    held,
    notes: settled.notes,
    ...(await endOf(scope, incident, reading)),
  };
}

/** False when a person's mark stands elsewhere. */
async function markAt(scope: Scope, incident: Incident, reading: Reading): Promise<boolean> {
  const marks = await scope.tx.activeMarks(incident.id);
  if (marks.some((mark) => mark.milestone === 'resolved' && mark.provenance !== 'inferred')) return false;
  const entry = await scope.tx.addEntry(incident.id, scope.who.userId, scope.now, {
    occurredAt: reading.instant,
    precision: reading.precision,
    timeFrom: 'person',
    text: 'Incident resolved',
    source: 'command',
    message: null,
    authorId: scope.who.userId,
    kept: true,
  });
  await markEntry(scope, incident, entry, ['resolved']);
  await showEntry(scope, entry);
  return true;
}

async function endOf(
  scope: Scope,
  incident: Incident,
  reading: Reading | null,
): Promise<Pick<Resolved, 'end' | 'candidates'>> {
  const end = (await standing(scope, incident)).get('resolved') ?? null;
  if (reading || end?.mark.provenance !== 'inferred') return { end, candidates: [] };
  return { end, candidates: await impactEnds(scope, incident, end.entry.occurredAt) };
}

async function standing(
  { tx }: Scope,
  incident: Incident,
): Promise<Map<Milestone, { mark: Mark; entry: Entry }>> {
  const found = new Map<Milestone, { mark: Mark; entry: Entry }>();
  for (const mark of await tx.activeMarks(incident.id)) {
    const entry = await tx.entry(mark.entryId);
    if (entry) found.set(mark.milestone, { mark, entry });
  }
  return found;
}

/** Instants before `limit` that may have ended the impact that is still open. */
export async function impactEnds(scope: Scope, incident: Incident, limit: Instant): Promise<ImpactEnd[]> {
  const { windows } = await scope.tx.record(incident.id);
  const asked = windows.length === 0 ? BY_RULE : windows.findLast(openEnded);
  if (!asked) return [];
  const found = await standing(scope, incident);
  const { from } = asked;
  return (['fix_released', 'mitigated'] as const).flatMap((milestone) => {
    const one = found.get(milestone);
    if (!one || one.mark.provenance === 'inferred') return [];
    const { id: entryId, number, occurredAt: at, precision } = one.entry;
    // What was before a reopening ended another window.
    return at >= limit || (from !== null && at < from) ? [] : [{ milestone, entryId, number, at, precision }];
  });
}
