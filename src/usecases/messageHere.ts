import type { Incident, SourceMessage } from '../incident/types.ts';
import { incidentOfChannel } from './mergedInto.ts';
import { recordRead } from './reads.ts';
import { maySee, type Scope } from './scope.ts';
import type { StoredEntry } from './types.ts';

/**
 * The incident to which a message's channel belongs, and the line that the message stands for; null where there is
 * none. One that the person may not see is as if it were not: that of the channel may have gone on elsewhere.
 */
export async function messageHere(
  scope: Scope,
  message: SourceMessage,
): Promise<{ incident: Incident | null; entry: StoredEntry | null }> {
  const incident = await incidentOfChannel(scope, message.channelId);
  if (!incident || !(await maySee(scope, incident))) return { incident: null, entry: null };
  const entry = await scope.tx.entryOf(incident.id, message);
  if (entry) await recordRead(scope, incident, 'form');
  return { incident, entry };
}
