import type { Gateway } from './gateway/gateway.ts';
import { declareIncident } from './replay/declaring.ts';
import { type Draft, resolveAndFetch } from './replay/draft.ts';
import { captureEntry, type Responders } from './replay/entries.ts';
import { typeParticulars } from './replay/particulars.ts';
import type { Scenario } from './scenario.ts';

export interface Replayed {
  /** `INC-4`. */
  incident: string;
  /** Id of its channel. */
  channel: string;
  draft: Draft;
  people: Responders;
}

export interface ReplayOptions {
  scenario: Scenario;
  gateway: Gateway;
  /** The channel in which the incident is declared. */
  place?: string;
  log: (line: string) => void;
}

/**
 * Replays a scenario through Slack alone: two people of the scenario's zone declare the incident, put its entries
 * on the timeline, type the rest and resolve it. Throws a StepError when the bot does not take a step.
 */
export async function replay({
  scenario,
  gateway,
  place = 'incidents',
  log,
}: ReplayOptions): Promise<Replayed> {
  const people = await newResponders(gateway, scenario.timezone);
  const { lead, witness } = people;
  await gateway.channel(place);
  const incident = await declareIncident(scenario, lead, gateway, place);
  log(`  ${incident.name} declared by ${lead.name}: ${scenario.title}`);
  await witness.join(incident.channel);
  for (const entry of scenario.entries) {
    await captureEntry(entry, scenario, incident, people);
    log(
      `  ${entry.via.padEnd(8)} ${shortened(entry.text)}${entry.milestones.length > 0 ? `  [${entry.milestones.join(', ')}]` : ''}`,
    );
  }
  await typeParticulars(scenario, lead, incident);
  log('  services, regions, customers, summary, factors and actions typed');
  const draft = await resolveAndFetch(lead, incident);
  log(`  ${incident.name} resolved, the draft has arrived`);
  return { incident: incident.name, channel: incident.channel, draft, people };
}

/** Two new accounts in the zone: a person's zone is what the bot reads their times in. */
async function newResponders(gateway: Gateway, tz: string): Promise<Responders> {
  const lead = await gateway.person({ name: 'ana', realName: 'Ana Silva', tz, admin: true });
  const witness = await gateway.person({ name: 'bo', realName: 'Bo Chen', tz });
  return { lead, witness };
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
