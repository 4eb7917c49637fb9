import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';

/** Somebody deleted the headline message: it is posted and pinned anew. Told twice, it acts once. */
export async function headlineGone(scope: Scope, incident: Incident, ts: string): Promise<void> {
  if (incident.headlineTs !== ts) return;
  await scope.tx.updateIncident(incident.id, { headlineTs: null });
  await scope.send(incident.id, { kind: 'headline' });
  await scope.send(incident.id, { kind: 'pin' });
  await scope.send(incident.id, { kind: 'bookmarks', tell: false });
}
