import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';

/** The incident that has this one's lines: itself, or the last one that it was merged into. Locked. */
export async function mergedInto(scope: Scope, incident: Incident): Promise<Incident> {
  let holder = incident;
  for (let next = holder.mergedIntoId; next !== null; next = holder.mergedIntoId) {
    const locked = await scope.tx.lockIncident({ id: next });
    if (!locked) break;
    holder = locked;
  }
  return holder;
}

/**
 * The incident to which the messages of a channel belong, locked: that of the channel or, once it was merged, the one
 * that has its lines. Null where the channel is no incident's.
 */
export async function incidentOfChannel(scope: Scope, channelId: string): Promise<Incident | null> {
  const incident = await scope.tx.lockIncident({ teamId: scope.who.teamId, channelId });
  return incident && mergedInto(scope, incident);
}

/** Said where a merged incident is asked for what it had: names the one that has it now. */
export async function mergedAway(scope: Scope, incident: Incident): Promise<Refusal> {
  const into = (await mergedInto(scope, incident)).number;
  return new Refusal({ code: 'merged', number: incident.number, into });
}
