import type { Gateway } from '../gateway/gateway.ts';
import type { Person } from '../gateway/people/person.ts';
import type { Scenario } from '../scenario.ts';
import { effect, PATIENCE, StepError, typeCommand } from './typing.ts';

export interface DeclaredIncident {
  /** `INC-4`. */
  name: string;
  /** Id of its channel. */
  channel: string;
}

// The words that stand before a title, and what makes a title's end read as a time.
const LIKE_A_FLAG = /^(sev-?[1-4]|private|test|drill|retrospective)(\s|$)/i;
const LIKE_A_TIME = /\bat\b|@/i;
const LONGEST_IN_FORM = 250;

/** Declares the incident in `place`, in one line; by the form where a line could be misread. Waits for its channel. */
export async function declareIncident(
  { title, severity }: Scenario,
  lead: Person,
  gateway: Gateway,
  place: string,
): Promise<DeclaredIncident> {
  const misread = LIKE_A_FLAG.test(title) || LIKE_A_TIME.test(title);
  const line = `/incident declare ${severity.toLowerCase()} retrospective ${title}`;
  const before = new Set((await gateway.channels()).map(({ id }) => id));
  if (misread && title.length <= LONGEST_IN_FORM) await fillForm(lead, place, title, severity);
  else await typeCommand(lead, place, line, /\bINC-\d+/);
  const made = await effect(line, 'no channel inc-… with the lead in it', async () => {
    const theirs = await lead.channels();
    return theirs.find(({ id, name }) => !before.has(id) && /^inc-\d+/.test(name));
  });
  const name = `INC-${/^inc-(\d+)/.exec(made.name)?.[1]}`;
  return { name, channel: made.id };
}

async function fillForm(lead: Person, place: string, title: string, severity: string): Promise<void> {
  const line = '/incident declare';
  const reply = await lead.command(place, line, { wait: PATIENCE });
  if (!reply.view) throw new StepError(line, reply.text || 'no form');
  const done = await lead.submit(reply.view, { title, severity, flags: ['retrospective'] });
  if (done.kind !== 'closed') throw new StepError(`${line} (form): ${title}`, JSON.stringify(done));
}
