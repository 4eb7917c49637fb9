import { isOpen } from '../incident/lifecycle.ts';
import { slackText } from '../incident/slackText.ts';
import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import { showEntry } from './show.ts';

/**
 * Tells the channel who has a role now. A handover is a line of the timeline, which tells it; not of an incident that is
 * over, or was before it was declared.
 */
export async function tellOfRole(
  scope: Scope,
  incident: Incident,
  { role, userId, before }: { role: string; userId: string; before: string | null },
): Promise<void> {
  if (before === null || incident.retrospective || !isOpen(incident.status))
    return scope.send(incident.id, { kind: 'handover', role, userId, before });
  const entry = await scope.tx.addEntry(incident.id, scope.who.userId, scope.now, {
    occurredAt: scope.now,
    precision: 'exact',
    timeFrom: 'system',
    text: `<@${userId}> is ${slackText(role)} now (before: <@${before}>)`,
    source: 'command',
    message: null,
    authorId: scope.who.userId,
    kept: true,
  });
  await showEntry(scope, entry);
}
