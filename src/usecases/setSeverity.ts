import type { Incident, Severity } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { tellSubscribers } from './subscribers.ts';
import { severitySaid, textFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** Raises or lowers the severity. A closed incident's may be corrected too: the draft shows it. */
export async function setSeverity(
  scope: Scope,
  input: { ref: IncidentRef; severity: Severity; reason?: string },
): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  if (incident.severity === input.severity) {
    throw new Refusal({
      code: 'already',
      what: `The severity is ${severitySaid(input.severity, scope.names)}`,
    });
  }
  const given = input.reason?.trim() ?? '';
  const reason = given && textFor('reason', given, '/incident severity sev1 Payments are down too');
  await scope.tx.updateIncident(incident.id, { severity: input.severity });
  await showChange(
    scope,
    incident,
    `Severity ${severitySaid(incident.severity, scope.names)} → ${severitySaid(input.severity, scope.names)}${reason && `: ${reason}`}`,
    { topic: true, subject: 'severity' },
  );
  const changed = { ...incident, severity: input.severity };
  // SEV1 is the highest. What a lower one expects is still counted from before; a higher one gives its whole time.
  const raised = input.severity < incident.severity;
  if (raised) await tellSubscribers(scope, changed, incident);
  await replan(scope, changed, { anew: raised });
  return changed;
}
