import type { Incident } from '../incident/types.ts';
import { readTime } from '../time/read.ts';
import type { Reading } from '../time/types.ts';
import { activeEntry } from './entries.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showEntry } from './show.ts';
import { type Asked, readWith, settle } from './times.ts';
import type { IncidentRef, StoredEntry } from './types.ts';

export interface RetimeInput {
  ref: IncidentRef;
  number: number;
  text: string;
  reading?: Reading;
}

export interface Retimed {
  kind: 'retimed';
  incident: Incident;
  /** As it is now. */
  entry: StoredEntry;
  before: StoredEntry;
  notes: string[];
}

/** Corrects when a line happened. Its milestones are from then on asserted: a person gave the time. */
export async function retime(scope: Scope, input: RetimeInput): Promise<Retimed | Asked> {
  const incident = await incidentFor(scope, input.ref);
  const before = await activeEntry(scope, incident, input.number);
  if (!input.reading && input.text.trim() === '') {
    throw new Refusal({ code: 'empty', what: 'time', example: `/incident time #${input.number} 14:05` });
  }
  const read = input.reading
    ? null
    : await readWith(scope, incident, input.text, (context) => readTime(input.text, context), input.number);
  const settled = await settle(scope, read, input.text, { verb: 'retime', input });
  if (settled.kind === 'asked') return settled;
  const reading = input.reading ?? settled.reading;
  if (!reading)
    throw new Refusal({ code: 'empty', what: 'time', example: `/incident time #${input.number} 14:05` });
  const { instant: occurredAt, precision } = reading;
  const was = { occurredAt: before.occurredAt, precision: before.precision, timeFrom: before.timeFrom };
  const patch = { occurredAt, precision, timeFrom: 'person' as const };
  await scope.tx.updateEntry(before.id, patch);
  await scope.tx.setProvenance(before.id, 'asserted');
  await scope.tx.addRevision(before.id, scope.who.userId, scope.now, 'time', was, patch);
  const entry = { ...before, ...patch };
  await showEntry(scope, entry);
  return { kind: 'retimed', incident, entry, before, notes: settled.notes };
}
