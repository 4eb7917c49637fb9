import type { OpenStatus } from '../incident/lifecycle.ts';
import type { Incident, Severity } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, type Scope } from './scope.ts';
import { setSeverity } from './setSeverity.ts';
import { openIncident, setStatus } from './setStatus.ts';
import { severitySaid } from './texts.ts';
import type { IncidentRef } from './types.ts';

export interface StateInput {
  ref: IncidentRef;
  /** What the person saw when they began. */
  seen: { status: string; severity: string };
  status: OpenStatus;
  severity: Severity;
  /** Why the severity changed; may be empty. */
  reason: string;
}

/** Status and severity from one form: what somebody else changed meanwhile stays, and is named. */
export async function changeState(scope: Scope, input: StateInput): Promise<Incident> {
  const { seen, status, severity, reason } = input;
  const incident = await openIncident(scope, input.ref);
  const ref = { id: incident.id };
  if (status === seen.status && severity === seen.severity)
    throw new Refusal({
      code: 'already',
      what: `The incident is ${severitySaid(severity, scope.names)} and ${status}`,
    });
  const words = { status: incident.status, severity: severitySaid(incident.severity, scope.names) };
  for (const key of ['status', 'severity'] as const) {
    const change = incident[key] === seen[key] ? null : await scope.tx.lastChange(incident.id, key);
    if (change)
      throw new Refusal({ code: 'overtaken', what: `The ${key} is ${words[key]} already`, ...change });
  }
  if (status !== incident.status) await setStatus(scope, { ref, status });
  if (severity !== incident.severity) await setSeverity(scope, { ref, severity, reason });
  return incidentFor(scope, ref);
}
