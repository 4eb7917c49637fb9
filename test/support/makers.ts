import { randomUUID } from 'node:crypto';
import type { Incident, IncidentRecord } from '../../src/incident/types.ts';
import type { Step } from '../../src/slack/steps/types.ts';
import { createStore } from '../../src/storage/store.ts';
import type { Instant } from '../../src/time/types.ts';
import type { Suspected } from '../../src/usecases/alike.ts';
import { type Declared, type DeclareInput, declare } from '../../src/usecases/declare.ts';
import { type Noted, type NoteInput, note } from '../../src/usecases/note.ts';
import type { Store, Tx } from '../../src/usecases/ports.ts';
import { type Reason, Refusal } from '../../src/usecases/refusal.ts';
import { act, type Runner, type Scope } from '../../src/usecases/scope.ts';
import type { Asked } from '../../src/usecases/times.ts';
import type { Actor, Delivery } from '../../src/usecases/types.ts';
import { type FixedClock, fixedClock } from './clock.ts';
import type { TestDatabase } from './database.ts';

export const TEAM = 'T1TEAM';

/** Somebody who acts: each call is one transaction of theirs. */
export interface Acting {
  userId: string;
  <T>(work: (scope: Scope) => Promise<T>, inboxId?: bigint, receivedAt?: Instant): Promise<T>;
}

export interface World {
  clock: FixedClock;
  store: Store;
  runner: Runner;
  /** Incidents that were woken, one list for each commit that woke any. */
  woken: string[][];
  /** What was asked for without the right to it. */
  denials: string[];
  /** `zone` null: Slack did not say. */
  person(userId: string, zone?: string | null, teamId?: string, more?: Partial<Actor>): Acting;
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  record(incidentId: string): Promise<IncidentRecord>;
}

/** Use cases on the file's database, with a clock that one moves. */
export function makeWorld(database: TestDatabase, start = '2026-03-10T14:00:00Z'): World {
  const clock = fixedClock(start);
  const woken: string[][] = [];
  // The database is there only once the tests run.
  const store: Store = { transaction: (work) => createStore(database.prisma).transaction(work) };
  const denials: string[] = [];
  const runner: Runner = {
    store,
    clock,
    wake: (ids) => void woken.push(ids),
    remind: () => undefined,
    denied: ({ teamId, userId }, what) => void denials.push(`${teamId} ${userId}: ${what}`),
  };
  const read: World['read'] = (work) => store.transaction(work);
  return {
    clock,
    store,
    runner,
    woken,
    denials,
    person: (userId, zone = 'UTC', teamId = TEAM, more = {}) => {
      const who = { teamId, userId, zone, ...more };
      const acting = <T>(work: (scope: Scope) => Promise<T>, inboxId?: bigint, receivedAt?: Instant) => {
        const stored = { ...(inboxId !== undefined && { inboxId }) };
        return act(runner, { who, ...stored, ...(receivedAt !== undefined && { receivedAt }) }, work);
      };
      return Object.assign(acting, { userId });
    },
    read,
    record: (incidentId) => read((tx) => tx.record(incidentId)),
  };
}

export const declaration = (over: Partial<DeclareInput> = {}): DeclareInput => ({
  severity: null,
  private: false,
  test: false,
  retrospective: false,
  flags: [],
  title: 'Checkout fails',
  services: [],
  description: '',
  leadId: null,
  responseUrl: null,
  anyway: true,
  ...over,
});

/** Declares an incident that has its channel already. */
export async function declared(
  who: Acting,
  over: Partial<DeclareInput> = {},
): Promise<Incident & { channelId: string }> {
  const { incident } = only<Declared>(await who((scope) => declare(scope, declaration(over))));
  const channelId = `C${randomUUID().slice(0, 8).toUpperCase()}`;
  const channelName = `inc-${incident.number}`;
  await who((scope) => scope.tx.updateIncident(incident.id, { channelId, channelName }));
  return { ...incident, channelId, channelName };
}

/** Notes a line; `text` may hold its time, which must have one reading. */
export async function noted(
  who: Acting,
  incident: Incident,
  text: string,
  over: Partial<NoteInput> = {},
): Promise<Noted> {
  const input: NoteInput = { ref: { id: incident.id }, text, source: 'command', milestones: [], ...over };
  return only<Noted>(await who((scope) => note(scope, input)));
}

/** The result that was stored; fails where a question came back. */
export function only<T extends { kind: string }>(result: T | Asked | Suspected): T {
  if (result.kind === 'asked' || result.kind === 'suspected') {
    throw new Error(`Asked instead: ${JSON.stringify(result)}`);
  }
  return result as T;
}

/** The question; fails where something was stored. */
export function asked(result: { kind: string }): Asked {
  if (result.kind !== 'asked') throw new Error(`Not asked: ${JSON.stringify(result)}`);
  return result as Asked;
}

/** Why it was refused; fails where it was not. */
export async function refused(work: Promise<unknown>): Promise<Reason> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  throw new Error('Not refused');
}

/** Slack's `ts` of an instant (ISO 8601 with an offset), unique by its microseconds. */
export function slackTs(iso: string, micros = 100): string {
  return `${Math.floor(Date.parse(iso) / 1000)}.${String(micros).padStart(6, '0')}`;
}

/** An open incident with its channel and nothing else: no line, no step for Slack. */
export async function opened(
  who: Acting,
  over: {
    retrospective?: boolean;
    private?: boolean;
    test?: boolean;
    services?: string[];
    leadId?: string;
  } = {},
): Promise<Incident & { channelId: string }> {
  const fresh = {
    title: 'Checkout fails',
    severity: 'SEV2' as const,
    private: false,
    test: false,
    retrospective: false,
    services: [],
    leadId: null,
    ...over,
  };
  const channelId = `C${randomUUID().slice(0, 8).toUpperCase()}`;
  const channelName = `room-${channelId.toLowerCase()}`;
  return who(async (scope) => {
    const incident = await scope.tx.declareIncident(scope.who, fresh, scope.now);
    await scope.tx.updateIncident(incident.id, { channelId, channelName });
    return { ...incident, channelId, channelName };
  });
}

/** Which milestone stands on which line, and how it came: `{ detected: '#3 observed' }`. */
export function marksOf(record: IncidentRecord): Record<string, string> {
  const number = new Map(record.entries.map((entry) => [entry.id, entry.number]));
  return Object.fromEntries(
    record.marks.map((mark) => [mark.milestone, `#${number.get(mark.entryId)} ${mark.provenance}`]),
  );
}

/** A row of the outbox as a step that is taken for the first time, and may always write. */
export const stepOf = (
  incidentId: string,
  { id, kind, payload }: { id: bigint | string; kind: string; payload: unknown },
): Step => ({
  id: BigInt(id),
  incidentId,
  delivery: { kind, ...(payload as object) } as Delivery,
  unsureSince: null,
  looked: null,
  write: (call) => call(),
});
