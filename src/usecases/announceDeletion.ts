import type { Instant } from '../time/types.ts';
import { incidentFor, type Scope } from './scope.ts';

/** Notes when a closed incident is deleted, and says so. Nothing where it is open again, or noted already. */
export async function announceDeletion(
  scope: Scope,
  input: { incidentId: string; at: Instant },
): Promise<void> {
  const incident = await incidentFor(scope, { id: input.incidentId });
  if (incident.closedAt === null) return;
  if (await scope.tx.setDeletion(incident.id, input.at))
    await scope.send(incident.id, { kind: 'deletion-notice', at: input.at });
}
