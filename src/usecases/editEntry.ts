import { activeEntry } from './entries.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showEntry } from './show.ts';
import { textFor } from './texts.ts';
import type { IncidentRef, StoredEntry } from './types.ts';

/** Changes the text of a line. Later edits of its message no longer replace it. */
export async function editEntry(
  scope: Scope,
  input: { ref: IncidentRef; number: number; text: string },
): Promise<{ entry: StoredEntry; before: StoredEntry }> {
  const incident = await incidentFor(scope, input.ref);
  const before = await activeEntry(scope, incident, input.number);
  const text = textFor('text', input.text, `/incident edit #${input.number} Rolled back, errors fall`);
  await scope.tx.updateEntry(before.id, { text, textEdited: true });
  await scope.tx.addRevision(before.id, scope.who.userId, scope.now, 'text', { text: before.text }, { text });
  const entry = { ...before, text, textEdited: true };
  await showEntry(scope, entry);
  return { entry, before };
}
