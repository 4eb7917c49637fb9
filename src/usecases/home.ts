import type { Incident } from '../incident/types.ts';
import { type ActionOf, seenActions } from './actionItems.ts';
import { filterFor, incidentsFor, PAGE_SIZE } from './listIncidents.ts';
import { limitedTo } from './outsiders.ts';
import { recordShown } from './reads.ts';
import { maySee, type Scope } from './scope.ts';
import type { Home, ReviewDraft } from './types.ts';

/** What the select over the recent incidents offers, as it would be typed after `/incident list`. */
export const HOME_FILTERS = ['all', 'open', 'mine', 'sev1', 'all sev1'] as const;
export type HomeFilter = (typeof HOME_FILTERS)[number];

/** Everything on one person's Home. */
export interface HomeShown {
  mine: Incident[];
  actions: ActionOf[];
  drafts: ReviewDraft[];
  recent: Incident[];
  filter: HomeFilter;
}

/** Somebody opened their Home: it is published, and again when something changes in the hours to come. */
export async function openHome(scope: Scope, change: { filter?: HomeFilter } = {}): Promise<void> {
  const { tx, who, now } = scope;
  const id = await tx.openHome(who.teamId, who.userId, now, change.filter);
  await scope.send(id, { kind: 'home' });
}

/** What a person's Home shows, of what they may see: on record as read. */
export async function readHome(scope: Scope, home: Home): Promise<HomeShown> {
  const { tx, who } = scope;
  const filter = HOME_FILTERS.find((one) => one === home.filter) ?? 'all';
  // Outsiders see no lists: what is theirs to do is left.
  const outside = (await limitedTo(scope)) !== null;
  const listed = async (typed: string) =>
    outside ? [] : (await incidentsFor(scope, { filter: filterFor(scope, typed), page: 0 })).items;
  const [mine, recent] = [await listed('mine'), await listed(filter)];
  const found = await tx.draftsToReview(who.teamId, who.userId);
  const drafts: ReviewDraft[] = [];
  for (const one of found) if (await maySee(scope, one.incident)) drafts.push(one);
  const actions = (await seenActions(scope, { all: false })).slice(0, PAGE_SIZE);
  const shown = { mine, actions, drafts: drafts.slice(0, PAGE_SIZE), recent, filter };
  const beside = [...shown.actions, ...shown.drafts].map(({ incident }) => incident);
  await recordShown(scope, [...mine, ...recent, ...beside], 'home');
  return shown;
}
