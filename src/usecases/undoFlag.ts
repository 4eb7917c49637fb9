import { type DeclareFlag, severityNamed } from '../incident/arguments.ts';
import { slackText } from '../incident/slackText.ts';
import type { Incident } from '../incident/types.ts';
import { DEFAULT_SEVERITY } from './declare.ts';
import { infer } from './marks.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import { incidentFor, type Scope } from './scope.ts';
import { showChange } from './show.ts';
import { tellSubscribers } from './subscribers.ts';
import { titleFor } from './texts.ts';
import type { IncidentPatch } from './types.ts';

/**
 * "Undo" beside a flag that was read from a declaration: the word was meant as the title's first. Pressed again, or
 * after somebody changed what the flag said, it does nothing. What was `private` stays so: only its title changes,
 * since Slack lets no app open a private channel. What is no test any more is announced.
 */
export async function undoFlag(
  scope: Scope,
  input: { incidentId: string; flag: DeclareFlag; typed: string },
): Promise<Incident> {
  const incident = await incidentFor(scope, { id: input.incidentId });
  if (isUndone(scope, incident, input))
    throw new Refusal({ code: 'already', what: `“${slackText(input.typed)}” is undone` });
  const title = titleFor(`${input.typed} ${incident.title}`);
  const patches: Record<DeclareFlag, IncidentPatch> = {
    severity: { severity: DEFAULT_SEVERITY },
    private: {},
    test: { test: false },
    retrospective: { retrospective: false },
  };
  const patch = { ...patches[input.flag], title };
  await scope.tx.updateIncident(incident.id, patch);
  const changed = { ...incident, ...patch };
  // As if it had been declared so in the first place: called then, not now.
  if (input.flag === 'retrospective')
    await infer(scope, changed, 'incident_called', 'Incident declared', incident.declaredAt);
  if (input.flag === 'test') {
    await scope.send(incident.id, { kind: 'announce' });
    await tellSubscribers(scope, changed);
  }
  await replan(scope, changed);
  await showChange(scope, incident, `“${slackText(input.typed)}” read as part of the title`, { topic: true });
  return changed;
}

function isUndone(
  { names }: Scope,
  incident: Incident,
  { flag, typed }: { flag: DeclareFlag; typed: string },
): boolean {
  const inTitle = incident.title.startsWith(`${typed} `);
  if (flag === 'private') return inTitle;
  if (flag === 'severity') return inTitle || severityNamed(typed, names.severities) !== incident.severity;
  return !incident[flag];
}
