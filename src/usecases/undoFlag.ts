import type { DeclareFlag } from '../incident/arguments.ts';
import type { Incident } from '../incident/types.ts';
import { DEFAULT_SEVERITY } from './declare.ts';
import { infer } from './marks.ts';
import type { IncidentPatch } from './ports.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showChange } from './show.ts';

/** "Undo" beside a flag that was read from a declaration: the word was meant as the title's first. */
export async function undoFlag(
  scope: Scope,
  input: { incidentId: string; flag: Exclude<DeclareFlag, 'private'>; typed: string },
): Promise<Incident> {
  const incident = await incidentFor(scope, { id: input.incidentId });
  const title = `${input.typed} ${incident.title}`.slice(0, 250);
  const patches: Record<typeof input.flag, IncidentPatch> = {
    severity: { severity: DEFAULT_SEVERITY },
    test: { test: false },
    retrospective: { retrospective: false },
  };
  const patch = { ...patches[input.flag], title };
  await scope.tx.updateIncident(incident.id, patch);
  const changed = { ...incident, ...patch };
  if (input.flag === 'retrospective') await infer(scope, changed, 'incident_called', 'Incident declared');
  await showChange(scope, incident, `“${input.typed}” read as part of the title`, true);
  return changed;
}
