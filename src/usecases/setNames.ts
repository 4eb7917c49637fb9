import { isOpen } from '../incident/lifecycle.ts';
import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { tellSubscribers } from './subscribers.ts';
import { namesFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

/** Adds services, or removes them (`remove NAME`). The text may begin with `add`. */
export async function setServices(
  scope: Scope,
  input: { ref: IncidentRef; text: string },
): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  const verb = /^(add|remove)\s+/i.exec(input.text);
  const names = namesFor(
    'service',
    input.text.slice(verb?.[0].length ?? 0),
    '/incident service add Checkout',
  );
  const same = (a: string) => (b: string) => a.toLowerCase() === b.toLowerCase();
  const removing = verb?.[1]?.toLowerCase() === 'remove';
  const services = removing
    ? incident.services.filter((one) => !names.some(same(one)))
    : [...incident.services, ...names.filter((one) => !incident.services.some(same(one)))];
  await scope.tx.updateIncident(incident.id, { services });
  await showChange(scope, incident, `Services: ${services.join(', ') || 'none'}`, { subject: 'services' });
  const changed = { ...incident, services };
  // It is declared to those who care for what is hit, whenever that is said.
  if (isOpen(incident.status)) await tellSubscribers(scope, changed, incident);
  return changed;
}

/** Replaces the regions. */
export async function setRegions(scope: Scope, input: { ref: IncidentRef; text: string }): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  const regions = namesFor('region', input.text, '/incident region EU, USA');
  await scope.tx.updateIncident(incident.id, { regions });
  await showChange(scope, incident, `Regions: ${regions.join(', ')}`, { subject: 'regions' });
  return { ...incident, regions };
}
