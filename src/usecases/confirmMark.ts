import type { Milestone } from '../incident/milestones.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showEntry } from './show.ts';
import type { IncidentRef } from './types.ts';

/** A person confirms an inferred milestone: from then on it is theirs, and no later inference replaces it. */
export async function confirmMark(
  scope: Scope,
  input: { ref: IncidentRef; milestone: Milestone },
): Promise<void> {
  const { tx, now, who } = scope;
  const incident = await incidentFor(scope, input.ref);
  const mark = (await tx.activeMarks(incident.id)).find((one) => one.milestone === input.milestone);
  if (mark?.provenance !== 'inferred')
    throw new Refusal({ code: 'already', what: 'That milestone is confirmed' });
  const { entryId, milestone } = mark;
  await tx.retireMark(incident.id, milestone, who.userId, now);
  await tx.addMark(incident.id, { entryId, milestone, provenance: 'asserted', by: who.userId }, now);
  await tx.addRevision(
    entryId,
    who.userId,
    now,
    'confirm',
    { milestone, provenance: 'inferred' },
    { milestone, provenance: 'asserted' },
  );
  const entry = await tx.entry(entryId);
  if (entry) await showEntry(scope, entry);
}
