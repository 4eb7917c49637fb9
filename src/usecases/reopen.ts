import type { Incident } from '../incident/types.ts';
import { retire } from './marks.ts';
import type { IncidentRef } from './ports.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showChange } from './show.ts';

/**
 * Opens a closed incident again. `resolved` is retired (its line and history stay), the impact until then becomes
 * a window of its own and a new one begins now. A canceled incident simply goes on.
 */
export async function reopen(scope: Scope, input: { ref: IncidentRef }): Promise<Incident> {
  const { tx, now, who } = scope;
  const incident = await incidentFor(scope, input.ref);
  const { status } = incident;
  if (status !== 'resolved' && status !== 'canceled') {
    throw new Refusal({ code: 'not-closed', number: incident.number, status });
  }
  const mark = (await tx.activeMarks(incident.id)).find((one) => one.milestone === 'resolved');
  if (status === 'resolved') {
    const { windows } = await tx.record(incident.id);
    if (windows.length === 0) {
      const ended = { to: mark ? null : incident.closedAt, toEntryId: mark?.entryId ?? null };
      await tx.addWindow(incident.id, who.userId, now, { from: null, fromEntryId: null, ...ended });
    }
    await tx.addWindow(incident.id, who.userId, now, {
      from: now,
      fromEntryId: null,
      to: null,
      toEntryId: null,
    });
    await retire(scope, incident, 'resolved');
  }
  await tx.updateIncident(incident.id, { status: 'investigating', closedAt: null });
  await showChange(scope, incident, `Reopened by <@${who.userId}>`, true);
  return { ...incident, status: 'investigating', closedAt: null };
}
