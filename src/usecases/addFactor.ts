import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { textFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** Adds a contributing factor. */
export async function addFactor(
  scope: Scope,
  input: { ref: IncidentRef; text: string },
): Promise<{ text: string }> {
  const incident = await goingOn(scope, input.ref);
  const text = textFor('factor', input.text, '/incident factor No tests on the endpoint');
  await scope.tx.addFactor(incident.id, scope.who.userId, scope.now, text);
  await showChange(scope, incident, 'Contributing factor added');
  return { text };
}
