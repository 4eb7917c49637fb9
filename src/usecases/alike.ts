import { type Comparable, looksAlike } from '../incident/similar.ts';
import type { Incident } from '../incident/types.ts';
import { recordShown } from './reads.ts';
import type { Scope } from './scope.ts';

/** Open incidents may be the same as the one being declared: nothing is stored but the question. */
export interface Suspected {
  kind: 'suspected';
  choiceId: string;
  title: string;
  alike: Incident[];
}

const MOST_SHOWN = 3;

/** Open incidents that the person may see and that may be the same: private ones are on record as read. */
export async function alike(scope: Scope, one: Comparable): Promise<Incident[]> {
  const { teamId, userId } = scope.who;
  const open = await scope.tx.openIncidents(teamId, userId);
  const found = open.filter((other) => looksAlike(one, other)).slice(0, MOST_SHOWN);
  await recordShown(scope, found, 'similar');
  return found;
}

/** Keeps the declaration as a question, or null when nothing is like it or the person knows of it. */
export async function suspect(
  scope: Scope,
  input: Comparable & { anyway?: boolean },
): Promise<Suspected | null> {
  if (input.anyway) return null;
  const found = await alike(scope, input);
  if (found.length === 0) return null;
  const { teamId, userId } = scope.who;
  const request = { verb: 'declare', input: { ...input, anyway: true } };
  const choiceId = await scope.tx.addChoice({ teamId, userId, request, readings: [] }, scope.now);
  return { kind: 'suspected', choiceId, title: input.title, alike: found };
}
