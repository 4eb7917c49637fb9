import type { Incident, SourceMessage } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import type { StoredEntry } from './types.ts';

/** The incident of a message's channel, and the line that the message stands for; null where there is none. */
export async function messageHere(
  { tx, who }: Scope,
  message: SourceMessage,
): Promise<{ incident: Incident | null; entry: StoredEntry | null }> {
  const incident = await tx.lockIncident({ teamId: who.teamId, channelId: message.channelId });
  return { incident, entry: incident && (await tx.entryOf(incident.id, message)) };
}
