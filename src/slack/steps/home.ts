import { readHome } from '../../usecases/home.ts';
import { act } from '../../usecases/scope.ts';
import { homeView } from '../views/home.ts';
import { reading, type StepDeps, type StepHandler } from './types.ts';

// Who has not looked for a day sees the present state when they open it.
const LOOKED_WITHIN_MS = 24 * 3_600_000;
// Several changes in a row are shown together.
const TOGETHER_MS = 2_000;

/** Publishes one person's Home, whole from the present state. The step's lane is the Home's id. */
export const publishHome: StepHandler<'home'> = async (deps, step) => {
  const home = await reading(deps, (tx) => tx.home(step.incidentId));
  if (!home) return { skipped: 'no such Home' };
  const { teamId, userId } = home;
  const zone = (await deps.people.known(teamId, userId))?.zone ?? null;
  const { shown, names } = await act(deps.runner, { who: { teamId, userId, zone } }, async (scope) => ({
    shown: await readHome(scope, home),
    names: scope.names,
  }));
  const pageUrl = (postmortemId: string) => deps.personalUrl(postmortemId, userId);
  const view = homeView(shown, { zone, now: deps.clock.now(), names }, pageUrl);
  const published = await step.write(() => deps.client.views.publish({ user_id: userId, view }));
  return { view: published.view?.id ?? null };
};

/** Something changed: whoever opened their Home lately gets it anew, a moment later. */
export async function refreshHomes(deps: StepDeps, teamId: string): Promise<void> {
  const at = deps.clock.now();
  const times = { openedAfter: at - LOOKED_WITHIN_MS, at, runAfter: at + TOGETHER_MS };
  await deps.store.transaction((tx) => tx.refreshHomes(teamId, times));
}
