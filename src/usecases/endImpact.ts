import type { Incident } from '../incident/types.ts';
import { entryOfTeam } from './entries.ts';
import type { StoredEntry } from './ports.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';

/**
 * Answers which instant ended the impact: the given line's, corrections of its time included. The latest window
 * ends there; without a window, one that begins where the rule says.
 */
export async function endImpact(
  scope: Scope,
  input: { entryId: string },
): Promise<{ incident: Incident; entry: StoredEntry }> {
  const { incident, entry } = await entryOfTeam(scope, input.entryId);
  if (entry.retractedAt !== null) throw new Refusal({ code: 'retracted', number: entry.number });
  const { windows } = await scope.tx.record(incident.id);
  const last = windows.at(-1) ?? { from: null, fromEntryId: null };
  await scope.tx.clearWindows(incident.id, scope.now);
  const ended = { from: last.from, fromEntryId: last.fromEntryId, to: null, toEntryId: entry.id };
  for (const window of [...windows.slice(0, -1), ended]) {
    await scope.tx.addWindow(incident.id, scope.who.userId, scope.now, window);
  }
  await showChange(scope, incident, `Impact ended with #${entry.number}`);
  return { incident, entry };
}
