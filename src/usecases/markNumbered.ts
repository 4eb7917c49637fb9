import type { Milestone } from '../incident/milestones.ts';
import { activeEntry } from './entries.ts';
import { markEntry } from './marks.ts';
import type { Noted } from './note.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showEntry } from './show.ts';
import type { IncidentRef } from './types.ts';

/** Marks milestones on the line `#number`. A mark that somebody else holds is named in `held`, not moved. */
export async function markNumbered(
  scope: Scope,
  input: { ref: IncidentRef; number: number; milestones: Milestone[] },
): Promise<Noted> {
  const incident = await incidentFor(scope, input.ref);
  const entry = await activeEntry(scope, incident, input.number);
  // The command holds the line: taking a reaction away no longer retracts it.
  if (!entry.kept) await scope.tx.updateEntry(entry.id, { kept: true });
  const { marked, held } = await markEntry(scope, incident, entry, input.milestones);
  await showEntry(scope, entry);
  return { kind: 'noted', incident, entry, marked, held, notes: [] };
}
