import { isPerson } from '../../incident/people.ts';
import type { Incident } from '../../incident/types.ts';
import { MOST_CALLED } from '../../usecases/callPeople.ts';
import { refusedWith } from '../slackErrors.ts';
import type { Contacts } from '../views/nudge.ts';
import { hears, type StepDeps } from './types.ts';

/** Who is to be called after the lead: the people of the settings and, as far as Slack says, the members of its groups. */
export async function contactsOf(
  deps: StepDeps,
  incident: Incident,
  escalation: readonly string[],
): Promise<Contacts> {
  const people = escalation.filter(isPerson);
  const unknown: Contacts['unknown'] = [];
  for (const usergroup of escalation.filter((id) => !isPerson(id))) {
    try {
      people.push(...((await deps.client.usergroups.users.list({ usergroup })).users ?? []));
    } catch (error) {
      const code = refusedWith(error);
      if (code === null) throw error;
      unknown.push({ usergroup, code });
    }
  }
  const all = [...new Set(people)];
  const wanted = all.slice(0, MOST_CALLED);
  const called: string[] = [];
  for (const id of wanted) if (await hears(deps, incident, id)) called.push(id);
  const barred = wanted.filter((id) => !called.includes(id));
  return { called, barred, unknown, left: all.length - wanted.length };
}
