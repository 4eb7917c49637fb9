import type { Incident, SourceMessage } from '../incident/types.ts';
import { incidentOfChannel } from './mergedInto.ts';
import type { Scope } from './scope.ts';
import type { StoredEntry } from './types.ts';

/** The incident to which a message's channel belongs, and the line that the message stands for; null where there is none. */
export async function messageHere(
  scope: Scope,
  message: SourceMessage,
): Promise<{ incident: Incident | null; entry: StoredEntry | null }> {
  const incident = await incidentOfChannel(scope, message.channelId);
  return { incident, entry: incident && (await scope.tx.entryOf(incident.id, message)) };
}
