import type { Incident } from '../incident/types.ts';
import { withdrawReview } from './endReview.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { openIncident } from './setStatus.ts';
import { showChange } from './show.ts';
import { textFor } from './texts.ts';
import type { IncidentRef } from './types.ts';

/** Ends an incident that was none. No draft follows; `reopen` takes it back. */
export async function cancel(scope: Scope, input: { ref: IncidentRef; reason: string }): Promise<Incident> {
  const incident = await openIncident(scope, input.ref);
  const reason = input.reason.trim() && textFor('reason', input.reason, '/incident cancel Was a false alarm');
  const patch = { status: 'canceled' as const, closedAt: scope.now, closeReason: reason || null };
  await scope.tx.updateIncident(incident.id, patch);
  const words = `Canceled by <@${scope.who.userId}>${reason && `: ${reason}`}`;
  await showChange(scope, incident, words, { topic: true, subject: 'status' });
  await withdrawReview(scope, incident, 'canceled');
  const closed = { ...incident, ...patch };
  await replan(scope, closed);
  return closed;
}
