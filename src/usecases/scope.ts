import type { TimerPurpose } from '../incident/timers.ts';
import type { Incident } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import type { Clock, Store, Tx } from './ports.ts';
import { Refusal } from './refusal.ts';
import type { Actor, Delivery, IncidentRef } from './types.ts';

/** What a use case works in: one transaction, one instant, one person. */
export interface Scope {
  tx: Tx;
  now: Instant;
  who: Actor;
  /** Writes an outbox row for the incident; it is relayed after the commit. */
  send(incidentId: string, delivery: Delivery): Promise<void>;
  /** Sets a timer, or moves the active one of the same key. Redis is told after the commit. */
  setTimer(incident: Pick<Incident, 'id' | 'teamId'>, dueAt: Instant, purpose: TimerPurpose): Promise<void>;
}

export interface Runner {
  store: Store;
  clock: Clock;
  /** Called after the commit with the incidents that have something to tell. Must not throw. */
  wake(incidentIds: string[]): void;
  /** Called after the commit with the timers that were set. Must not throw. */
  remind(timers: SetTimer[]): void;
}

/** A timer as Redis is told of it. */
export interface SetTimer {
  incidentId: string;
  dueAt: Instant;
}

/**
 * Runs use cases as one transaction: their rows, their outbox rows and the end of the inbox row stand or fall
 * together. What it returns is stored.
 */
export async function act<T>(
  runner: Runner,
  origin: { who: Actor; inboxId?: bigint },
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const now = runner.clock.now();
  const { done, woken, timers } = await runner.store.transaction(async (tx) => {
    const steps: { incidentId: string; delivery: Delivery }[] = [];
    const send: Scope['send'] = async (incidentId, delivery) => {
      steps.push({ incidentId, delivery });
    };
    const timers: SetTimer[] = [];
    const setTimer: Scope['setTimer'] = async (incident, dueAt, purpose) => {
      timers.push({ incidentId: incident.id, dueAt });
      await tx.setTimer(incident, dueAt, purpose, now);
    };
    const done = await work({ tx, now, who: origin.who, send, setTimer });
    // Written together: the fewer statements, the shorter the incident is locked.
    if (steps.length > 0) await tx.send(steps, now);
    if (origin.inboxId !== undefined) await tx.inboxDone(origin.inboxId, now);
    return { done, woken: [...new Set(steps.map(({ incidentId }) => incidentId))], timers };
  });
  if (woken.length > 0) runner.wake(woken);
  if (timers.length > 0) runner.remind(timers);
  return done;
}

/** The bot as the one who acts. */
export const ITSELF = 'debrief';

/** Locks the incident that is meant, or refuses in words; one that the person may not see is as if it were not. */
export async function incidentFor(scope: Scope, ref: IncidentRef): Promise<Incident> {
  const incident = await scope.tx.lockIncident(ref);
  // Slack lets nobody act in a private channel who is not in it.
  const within = incident !== null && 'channelId' in ref && incident.teamId === scope.who.teamId;
  if (incident && (within || (await maySee(scope, incident)))) return incident;
  throw new Refusal(
    'number' in ref ? { code: 'no-such-incident', number: ref.number } : { code: 'no-incident-here' },
  );
}

/**
 * Whether the person may know of the incident: of a private one only those who are in its channel. While nothing is
 * known of its members, that is who declared and who leads it.
 */
export async function maySee({ tx, who }: Pick<Scope, 'tx' | 'who'>, incident: Incident): Promise<boolean> {
  if (incident.teamId !== who.teamId) return false;
  if (!incident.private || who.userId === ITSELF) return true;
  const { teamId, channelId, declaredBy, leadId } = incident;
  const member = channelId === null ? null : await tx.isMember(teamId, channelId, who.userId);
  return member ?? (who.userId === declaredBy || who.userId === leadId);
}
