import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { titleFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** Changes the title. The channel keeps its name, so that links and memories stay good. */
export async function setTitle(scope: Scope, input: { ref: IncidentRef; title: string }): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  const title = titleFor(input.title);
  await scope.tx.updateIncident(incident.id, { title });
  await showChange(scope, incident, `Title “${incident.title}” → “${title}”`, { topic: true });
  return { ...incident, title };
}
