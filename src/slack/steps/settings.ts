import { followSettings } from '../../usecases/followSettings.ts';
import { act } from '../../usecases/scope.ts';
import { reading, type StepHandler } from './types.ts';

/** Saved settings reach one open incident: its timers at once, what is shown of it by the steps that follow. */
export const bringInLine: StepHandler<'follow-settings'> = async (deps, { incidentId, delivery }) => {
  const { teamId } = await reading(deps, (tx) => tx.incident(incidentId));
  const who = { teamId, userId: delivery.by, zone: null };
  return act(deps.runner, { who }, async (scope) => ({
    followed: await followSettings(scope, { ...delivery, incidentId }),
  }));
};
