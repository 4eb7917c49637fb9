import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import type { StoredEntry } from './types.ts';

/** What changed, for those who come second: they are told who changed it, and when. */
type Subject = 'lead' | 'status' | 'severity' | 'services' | 'regions' | `role:${string}` | '';

/** Tells the channel of a change of state: an activity line and the headline, rendered anew from state. */
export async function showChange(
  scope: Scope,
  incident: Incident,
  text: string,
  { topic = false, subject = '' }: { topic?: boolean; subject?: Subject } = {},
): Promise<void> {
  await scope.tx.addActivity(incident.id, scope.who.userId, scope.now, text, subject);
  await scope.send(incident.id, { kind: 'headline' });
  if (topic) await scope.send(incident.id, { kind: 'topic' });
}

/** Whether the entry stands for a message that was there before it; otherwise the bot posts a line for it. */
export const fromMessage = (entry: Pick<StoredEntry, 'source'>): boolean =>
  entry.source === 'reaction' || entry.source === 'shortcut';

/** Shows an entry's present state: on the bot's line for it, or as the check mark on the message it came from. */
export async function showEntry(scope: Scope, entry: StoredEntry): Promise<void> {
  await scope.send(entry.incidentId, { kind: fromMessage(entry) ? 'react' : 'entry', entryId: entry.id });
  await scope.send(entry.incidentId, { kind: 'headline' });
}
