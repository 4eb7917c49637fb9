import { isPerson, leadOf } from '../incident/people.ts';
import type { Incident } from '../incident/types.ts';
import { limitedTo } from './outsiders.ts';
import { Refusal } from './refusal.ts';
import { mayHear, type Scope } from './scope.ts';
import type { LeftOut } from './types.ts';

/** So many people are asked at once. */
export const MOST_REVIEWERS = 20;

export interface Reviewers {
  reviewers: string[];
  leftOut: LeftOut[];
}

type Asker = Pick<Scope, 'tx' | 'who'>;

/**
 * Those of the picked people who may be asked to review. Where nobody is picked: the managers who are people, else the
 * lead (who declared, where nobody leads). A test's draft goes to no manager by itself.
 */
export async function chooseReviewers(
  asker: Asker,
  incident: Incident,
  picked: readonly string[] = [],
): Promise<Reviewers> {
  const count = new Set(picked).size;
  if (count > MOST_REVIEWERS)
    throw new Refusal({ code: 'too-many', what: 'reviewers', most: MOST_REVIEWERS, count });
  if (count > 0) return sift(asker, incident, picked);
  const { managers } = (await asker.tx.settings(incident.teamId)).settings;
  const asked = await sift(asker, incident, incident.test ? [] : managers.filter(isPerson));
  if (asked.reviewers.length > 0) return asked;
  const { reviewers } = await sift(asker, incident, [leadOf(incident)]);
  return { ...asked, reviewers };
}

async function sift(asker: Asker, incident: Incident, people: readonly string[]): Promise<Reviewers> {
  const found: Reviewers = { reviewers: [], leftOut: [] };
  for (const userId of new Set(people)) {
    const why = userId === asker.who.userId ? 'yourself' : await barred(asker, incident, userId);
    if (why === null) found.reviewers.push(userId);
    else found.leftOut.push({ userId, why });
  }
  return found;
}

/** Why that person cannot review the incident's draft; null: they can. */
export async function barred(
  { tx }: Pick<Scope, 'tx'>,
  incident: Incident,
  userId: string,
): Promise<Exclude<LeftOut['why'], 'yourself'> | null> {
  const who = { teamId: incident.teamId, userId, zone: null };
  if (await tx.isBot(incident.teamId, userId)) return 'bot';
  if ((await limitedTo({ tx, who })) !== null) return 'outsider';
  return (await mayHear(tx, incident, userId)) ? null : 'cannot-see';
}
