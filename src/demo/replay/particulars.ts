import type { Person } from '../gateway/people/person.ts';
import type { Scenario } from '../scenario.ts';
import type { DeclaredIncident } from './declaring.ts';
import { typeCommand } from './typing.ts';
import { typedTime } from './wallClock.ts';

/** Types all that the scenario says of the incident beside its timeline. */
export async function typeParticulars(
  scenario: Scenario,
  lead: Person,
  incident: DeclaredIncident,
): Promise<void> {
  const { services, regions, affectedCustomers, summary, impact, timezone } = scenario;
  const type = (rest: string, expected: RegExp, instants?: number[]) =>
    typeCommand(lead, incident.channel, `/incident ${rest}`, expected, instants);
  for (const name of services) await type(`service add ${quoted(name)}`, /Services of INC-/);
  if (regions.length > 0) await type(`region ${regions.map(quoted).join(', ')}`, /Regions of INC-/);
  if (affectedCustomers) await type(text(incident, 'customers', affectedCustomers), /Customers affected/);
  if (summary) await type(text(incident, 'summary', summary), /The summary is/);
  for (const { from, to } of impact) {
    const window = `impact from ${typedTime(from, timezone)} to ${typedTime(to, timezone)}`;
    await type(window, /Impact from/, [from, to]);
  }
  for (const factor of scenario.contributingFactors)
    await type(text(incident, 'factor', factor), /factor added/i);
  for (const item of scenario.actionItems) await type(text(incident, 'action', item), /Action item \d+/);
}

/** A command with a text. One that begins with an incident's name would be taken for another incident's. */
function text({ name }: DeclaredIncident, command: string, words: string): string {
  return /^\s*INC-\d/i.test(words) ? `${name} ${command} ${words}` : `${command} ${words}`;
}

// Quotes protect commas; inside them there can be no other quotes.
function quoted(name: string): string {
  return `"${name.replaceAll(/["“”]/g, "'")}"`;
}
