import type { Incident } from '../incident/types.ts';
import type { IncidentRef } from './ports.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { openIncident } from './setStatus.ts';
import { showChange } from './show.ts';
import { textFor } from './texts.ts';

/** Ends an incident that was none. No draft follows; `reopen` takes it back. */
export async function cancel(scope: Scope, input: { ref: IncidentRef; reason: string }): Promise<Incident> {
  const incident = await openIncident(scope, input.ref);
  await scope.tx.updateIncident(incident.id, { status: 'canceled', closedAt: scope.now });
  const reason = input.reason.trim() && textFor('reason', input.reason, '/incident cancel Was a false alarm');
  await showChange(scope, incident, `Canceled by <@${scope.who.userId}>${reason && `: ${reason}`}`, true);
  const closed = { ...incident, status: 'canceled' as const, closedAt: scope.now };
  await replan(scope, closed);
  return closed;
}
