import { isOpen } from '../incident/lifecycle.ts';
import type { Incident } from '../incident/types.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { tellSubscribers } from './subscribers.ts';
import { mustBeFew, namesFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

const EXAMPLES = { service: 'Checkout', region: 'EU' };

/** The names as `[add] NAMES` or `remove NAMES` leaves them. A verb without a name is refused, not taken for one. */
function namesAfter(what: keyof typeof EXAMPLES, before: readonly string[], typed: string): string[] {
  const text = typed.trim();
  const verb = /^(add|remove)(?:\s+|$)/i.exec(text);
  const removing = verb?.[1]?.toLowerCase() === 'remove';
  const example = `/incident ${what} ${removing ? 'remove' : 'add'} ${EXAMPLES[what]}`;
  const names = namesFor(what, text.slice(verb?.[0].length ?? 0), example);
  const same = (a: string) => (b: string) => a.toLowerCase() === b.toLowerCase();
  if (removing) return before.filter((one) => !names.some(same(one)));
  const all = [...before, ...names.filter((one) => !before.some(same(one)))];
  mustBeFew(`${what}s`, all);
  return all;
}

/** Adds services, or removes them (`remove NAME`). The text may begin with `add`. */
export async function setServices(
  scope: Scope,
  input: { ref: IncidentRef; text: string },
): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  const services = namesAfter('service', incident.services, input.text);
  await scope.tx.updateIncident(incident.id, { services });
  await showChange(scope, incident, `Services: ${services.join(', ') || 'none'}`, { subject: 'services' });
  const changed = { ...incident, services };
  // It is declared to those who care for what is hit, whenever that is said.
  if (isOpen(incident.status)) await tellSubscribers(scope, changed, incident);
  return changed;
}

/** Adds regions, or removes them, in the same way. */
export async function setRegions(scope: Scope, input: { ref: IncidentRef; text: string }): Promise<Incident> {
  const incident = await goingOn(scope, input.ref);
  const regions = namesAfter('region', incident.regions, input.text);
  await scope.tx.updateIncident(incident.id, { regions });
  await showChange(scope, incident, `Regions: ${regions.join(', ') || 'none'}`, { subject: 'regions' });
  return { ...incident, regions };
}
