import { INFERRED_BY_STATUS, isOpen, type OpenStatus } from '../incident/lifecycle.ts';
import type { Incident, Status } from '../incident/types.ts';
import { infer } from './marks.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/**
 * Changes the status of an open incident. Live, `identified` infers the root cause and `monitoring` the
 * mitigation, where nobody has marked them.
 */
export async function setStatus(
  scope: Scope,
  input: { ref: IncidentRef; status: OpenStatus },
): Promise<Incident> {
  const incident = await openIncident(scope, input.ref);
  if (incident.status === input.status)
    throw new Refusal({ code: 'already', what: `The status is ${input.status}` });
  await scope.tx.updateIncident(incident.id, { status: input.status });
  const milestone = INFERRED_BY_STATUS[input.status as Status];
  if (milestone) await infer(scope, incident, milestone, `Status set to ${input.status}`);
  await showChange(scope, incident, `Status ${incident.status} → ${input.status}`, {
    topic: true,
    subject: 'status',
  });
  return { ...incident, status: input.status };
}

/** The incident meant, which must be open; what was taken up late gives way to a status that was set since. */
export async function openIncident(scope: Scope, ref: IncidentRef): Promise<Incident> {
  const incident = await goingOn(scope, ref);
  const { number, status } = incident;
  const closed = !isOpen(status);
  const change = closed || scope.late ? await scope.tx.lastChange(incident.id, 'status') : null;
  if (closed) throw new Refusal({ code: 'closed', number, status, change });
  if (change && change.at > scope.now)
    throw new Refusal({ code: 'overtaken', what: `The status is ${status} by now`, ...change });
  return incident;
}
