import type { SourceMessage } from '../incident/types.ts';
import { entryOfTeam } from './entries.ts';
import { reactedBefore } from './react.ts';
import type { Scope } from './scope.ts';

/**
 * The bot's line for an entry stands in the channel as `message`. Who reacted to it before that was known (a worker may
 * die in between) is heard now. A line that is linked already stays so.
 */
export async function linkLine(
  scope: Scope,
  { entryId, message }: { entryId: string; message: SourceMessage },
): Promise<void> {
  const { incident, entry } = await entryOfTeam(scope, entryId);
  if (entry.message !== null) return;
  await scope.tx.updateEntry(entry.id, { message });
  await reactedBefore(scope, incident, message);
}
