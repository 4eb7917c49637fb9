import type { ImpactWindow, Incident } from '../incident/types.ts';
import { BY_RULE, openEnded } from '../incident/windows.ts';
import { computeFacts } from '../postmortem/facts.ts';
import { withdrawReview } from './endReview.ts';
import { retire } from './marks.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/**
 * Opens a closed incident again. `resolved` is retired (its line and history stay), the impact until then becomes
 * a window of its own and a new one begins now: not in a retrospective, whose impact lies in the past. A canceled
 * incident simply goes on.
 */
export async function reopen(scope: Scope, input: { ref: IncidentRef }): Promise<Incident> {
  const { tx, who } = scope;
  const incident = await goingOn(scope, input.ref);
  const { status } = incident;
  if (status !== 'resolved' && status !== 'canceled') {
    throw new Refusal({ code: 'not-closed', number: incident.number, status });
  }
  // Before all else: what follows is shown in the channel.
  await scope.send(incident.id, { kind: 'unarchive', userId: who.userId });
  if (status === 'resolved') {
    if (!incident.retrospective) await splitImpact(scope, incident.id);
    await retire(scope, incident, 'resolved');
  }
  await tx.updateIncident(incident.id, { status: 'investigating', closedAt: null, closeReason: null });
  await withdrawReview(scope, incident, 'reopened');
  const open = { ...incident, status: 'investigating' as const, closedAt: null };
  await replan(scope, open, { anew: true });
  await showChange(scope, incident, `Reopened by <@${who.userId}>`, { topic: true, subject: 'status' });
  return open;
}

/** Ends every window that had no end of its own where it ended until now, and begins a new one. */
async function splitImpact({ tx, now, who }: Scope, incidentId: string): Promise<void> {
  const record = await tx.record(incidentId);
  const given = record.windows.length > 0 ? record.windows : [BY_RULE];
  const ended = given.map((window): ImpactWindow => {
    if (!openEnded(window)) return window;
    const to = computeFacts({ ...record, windows: [window] }, now).impact.windows[0]?.to;
    // One that began after the closing goes on.
    if (!to || (window.from !== null && to.at < window.from)) return window;
    const line = record.entries.find((entry) => entry.number === to.entryNumber);
    // The instant beside the line counts when that is retracted.
    return { ...window, to: to.at, toPrecision: to.precision ?? 'exact', toEntryId: line?.id ?? null };
  });
  await tx.clearWindows(incidentId, now);
  for (const window of [...ended, { ...BY_RULE, from: now }]) {
    await tx.addWindow(incidentId, who.userId, now, window);
  }
}
