import type { Entry } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import { fromMessage } from './show.ts';

/** A channel came out of the archive, or we came back into it: what Slack refused meanwhile is shown there now. */
export async function channelBack(scope: Scope, { channelId }: { channelId: string }): Promise<void> {
  const { tx, who } = scope;
  const incident = await tx.lockIncident({ teamId: who.teamId, channelId });
  if (!incident) return;
  for (const kind of ['topic', 'headline', 'pin', 'members'] as const)
    await scope.send(incident.id, { kind });
  await scope.send(incident.id, { kind: 'bookmarks', tell: false });
  const { entries } = await tx.record(incident.id);
  const refused = await tx.linesRefused(incident.id);
  const missing = (entry: Entry) =>
    entry.message === null && entry.retractedAt === null && !fromMessage(entry);
  for (const entry of entries)
    if (missing(entry) || refused.includes(entry.id))
      await scope.send(incident.id, { kind: fromMessage(entry) ? 'react' : 'entry', entryId: entry.id });
}
