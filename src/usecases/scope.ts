import { namesOf } from '../incident/settings.ts';
import type { TimerPurpose } from '../incident/timers.ts';
import type { Incident, Names } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import { limitedTo, type Wish } from './outsiders.ts';
import type { Clock, Store, Tx } from './ports.ts';
import { type Reason, Refusal } from './refusal.ts';
import { type Actor, type Delivery, type IncidentRef, ITSELF } from './types.ts';

export { ITSELF };

/** What a use case works in: one transaction, one instant, one person. */
export interface Scope {
  tx: Tx;
  now: Instant;
  /** The request was taken up late: what others did since `now` is there already. */
  late: boolean;
  who: Actor;
  /** What their workspace calls things, as of the beginning. */
  names: Names;
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
  /** Told of what somebody asked for without the right to it: ids, never texts. Must not throw. */
  denied(who: Actor, what: string): void;
}

/** A timer as Redis is told of it. */
export interface SetTimer {
  incidentId: string;
  dueAt: Instant;
}

/**
 * Runs use cases as one transaction: their rows, their outbox rows and the end of the inbox row stand or fall
 * together. What it returns is stored. `receivedAt`: when the request came, where it is taken up late; it happens then.
 */
export async function act<T>(
  runner: Runner,
  origin: { who: Actor; inboxId?: bigint; receivedAt?: Instant },
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const now = origin.receivedAt ?? runner.clock.now();
  const late = origin.receivedAt !== undefined;
  const { done, woken, timers } = await withDenials(runner, origin.who, async (tx) => {
    const steps: { incidentId: string; delivery: Delivery }[] = [];
    const send: Scope['send'] = async (incidentId, delivery) => {
      steps.push({ incidentId, delivery });
    };
    const timers: SetTimer[] = [];
    const setTimer: Scope['setTimer'] = async (incident, dueAt, purpose) => {
      timers.push({ incidentId: incident.id, dueAt });
      await tx.setTimer(incident, dueAt, purpose, now);
    };
    const names = namesOf((await tx.settings(origin.who.teamId)).settings);
    const done = await work({ tx, now, late, who: origin.who, names, send, setTimer });
    // Written together: the fewer statements, the shorter the incident is locked.
    if (steps.length > 0) await tx.send(steps, now);
    if (origin.inboxId !== undefined) await tx.inboxDone(origin.inboxId, runner.clock.now());
    return { done, woken: [...new Set(steps.map(({ incidentId }) => incidentId))], timers };
  });
  if (woken.length > 0) runner.wake(woken);
  if (timers.length > 0) runner.remind(timers);
  return done;
}

async function withDenials<T>(runner: Runner, who: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await runner.store.transaction(work);
  } catch (error) {
    if (error instanceof Refusal && error.denied !== null) runner.denied(who, error.denied);
    throw error;
  }
}

/**
 * Locks the incident that is meant, or refuses in words; one that the person may not see is as if it were not. This
 * is where it is decided who may do what: unless `wish` says less, the person wants to change something.
 */
export async function incidentFor(scope: Scope, ref: IncidentRef, wish: Wish = 'change'): Promise<Incident> {
  const unknown: Reason =
    'number' in ref ? { code: 'no-such-incident', number: ref.number } : { code: 'no-incident-here' };
  mustBeRef(ref);
  const incident = await scope.tx.lockIncident(ref);
  if (!incident) throw new Refusal(unknown, forged(ref, scope.who));
  if (!(await maySee(scope, incident))) throw new Refusal(unknown, `incident ${incident.id}`);
  const may = wish === 'read' ? null : await limitedTo(scope);
  if (may === 'nothing' || (may === 'notes' && wish === 'change'))
    throw new Refusal({ code: 'outsider', may }, `to change incident ${incident.id}`);
  if (incident.private) await keepPresence(scope, incident);
  return incident;
}

/** Of what is not there, what only a button or form can have named: a number is typed, and Slack names the own channel. */
function forged(ref: IncidentRef, { channelId }: Actor): string | null {
  if ('id' in ref) return `incident ${ref.id}, which is not there`;
  if (!('channelId' in ref) || ref.channelId === channelId) return null;
  const channel = CHANNEL.test(ref.channelId) ? ref.channelId : 'of no known form';
  return `channel ${channel}, which is no incident’s`;
}

/**
 * Who acts in a private incident's channel was in it: we have missed that they came, or hear of them late. Slack says
 * which, since a request that waited may come after its person was put out.
 */
async function keepPresence({ tx, who, send }: Scope, { id, teamId, channelId }: Incident): Promise<void> {
  if (channelId === null || channelId !== who.channelId) return;
  if ((await tx.isMember(teamId, channelId, who.userId)) === false) await send(id, { kind: 'members' });
}

/**
 * Whether the person may know of the incident: of a private one only those who are in its channel, and outsiders of
 * no other one either. While nothing is known of its members, that is who declared and who leads it.
 */
export async function maySee({ tx, who }: Pick<Scope, 'tx' | 'who'>, incident: Incident): Promise<boolean> {
  if (incident.teamId !== who.teamId) return false;
  if (who.userId === ITSELF) return true;
  const may = await limitedTo({ tx, who });
  if (may === 'nothing') return false;
  if (!incident.private && may === null) return true;
  const { teamId, channelId, declaredBy, leadId } = incident;
  const member = channelId === null ? null : await tx.isMember(teamId, channelId, who.userId);
  if (member === true) return true;
  // Slack lets nobody act in a channel who is not in it: we have missed that they came.
  if (channelId !== null && channelId === who.channelId) return true;
  return member ?? (may === null && (who.userId === declaredBy || who.userId === leadId));
}

/**
 * Whether a person may be told of the incident, as far as we know them: who owns, leads or reviews something of it may
 * have left its channel, or never been there.
 */
export const mayHear = (tx: Tx, incident: Incident, userId: string): Promise<boolean> =>
  maySee({ tx, who: { teamId: incident.teamId, userId, zone: null } }, incident);

const CHANNEL = /^[CDG][A-Z0-9]{1,30}$/;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Refuses an id that cannot be one of ours, as it may stand in a forged button, form or link. */
export function mustBeId(id: string): void {
  if (!UUID.test(id)) throw new Refusal({ code: 'no-incident-here' }, 'an id of no known form');
}

/** The same of an incident, where it is meant by its id. */
export function mustBeRef(ref: IncidentRef): void {
  if ('id' in ref) mustBeId(ref.id);
}
