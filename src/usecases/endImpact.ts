import type { Incident } from '../incident/types.ts';
import { BY_RULE, openEnded } from '../incident/windows.ts';
import { entryOfTeam } from './entries.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import type { StoredEntry } from './types.ts';

/**
 * Answers which instant ended the impact: the given line's, corrections of its time included. The latest window
 * that has no end of its own ends there, else the latest; without a window, one that begins where the rule says.
 */
export async function endImpact(
  scope: Scope,
  input: { entryId: string },
): Promise<{ incident: Incident; entry: StoredEntry }> {
  const { incident, entry } = await entryOfTeam(scope, input.entryId);
  if (entry.retractedAt !== null) throw new Refusal({ code: 'retracted', number: entry.number });
  const { windows } = await scope.tx.record(incident.id);
  const asked = windows.findLast(openEnded) ?? windows.at(-1);
  const ended = { ...(asked ?? BY_RULE), to: null, toPrecision: 'exact' as const, toEntryId: entry.id };
  await scope.tx.clearWindows(incident.id, scope.now);
  for (const window of [...windows.filter((one) => one !== asked), ended]) {
    await scope.tx.addWindow(incident.id, scope.who.userId, scope.now, window);
  }
  await showChange(scope, incident, `Impact ended with #${entry.number}`);
  return { incident, entry };
}
