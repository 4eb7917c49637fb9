import { parseCustomers } from '../incident/arguments.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { nameFor, textFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

const EXAMPLE = '/incident customers about 500, payments only';

/** Says how many customers are affected and how, for the whole incident or for one service. */
export async function setCustomers(
  scope: Scope,
  input: { ref: IncidentRef; text: string },
): Promise<{ service: string; text: string }> {
  const incident = await goingOn(scope, input.ref);
  const whole = textFor('customers', input.text, EXAMPLE);
  const read = parseCustomers(whole, incident.services);
  const { text } = read;
  const service = read.service && nameFor('service', read.service, EXAMPLE);
  await scope.tx.setCustomers(incident.id, scope.who.userId, scope.now, service, text);
  await showChange(scope, incident, `Customers affected${service && ` (${service})`}: ${text}`);
  return { service, text };
}
