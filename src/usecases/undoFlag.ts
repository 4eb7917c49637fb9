import { type DeclareFlag, severityNamed } from '../incident/arguments.ts';
import type { Incident } from '../incident/types.ts';
import { DEFAULT_SEVERITY } from './declare.ts';
import { infer } from './marks.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showChange } from './show.ts';
import type { IncidentPatch } from './types.ts';

/**
 * "Undo" beside a flag that was read from a declaration: the word was meant as the title's first. Pressed again, or
 * after somebody changed what the flag said, it does nothing.
 */
export async function undoFlag(
  scope: Scope,
  input: { incidentId: string; flag: Exclude<DeclareFlag, 'private'>; typed: string },
): Promise<Incident> {
  const incident = await incidentFor(scope, { id: input.incidentId });
  const undone =
    input.flag === 'severity'
      ? severityNamed(input.typed) !== incident.severity || incident.title.startsWith(`${input.typed} `)
      : !incident[input.flag];
  if (undone) throw new Refusal({ code: 'already', what: `“${input.typed}” is undone` });
  const title = `${input.typed} ${incident.title}`;
  const patches: Record<typeof input.flag, IncidentPatch> = {
    severity: { severity: DEFAULT_SEVERITY },
    test: { test: false },
    retrospective: { retrospective: false },
  };
  const patch = { ...patches[input.flag], title };
  await scope.tx.updateIncident(incident.id, patch);
  const changed = { ...incident, ...patch };
  // As if it had been declared so in the first place: called then, not now.
  if (input.flag === 'retrospective')
    await infer(scope, changed, 'incident_called', 'Incident declared', incident.declaredAt);
  await replan(scope, changed);
  await showChange(scope, incident, `“${input.typed}” read as part of the title`, { topic: true });
  return changed;
}
