import type { Entry, Incident } from '../incident/types.ts';
import type { ChoiceReason, ReadContext, Reading, ReadResult } from '../time/types.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';

/** Several readings: nothing is stored but the question. `typed` is what stood for the time. */
export interface Asked {
  kind: 'asked';
  choiceId: string;
  reason: ChoiceReason;
  readings: Reading[];
  anotherTime: boolean;
  typed: string;
}

export type Settled = { kind: 'read'; reading: Reading | null; notes: string[] } | Asked;

/** How a use case is run again once a reading is chosen: its name and its input without the time. */
export type Request = { verb: string; input: object };

// A time names one line; a text that is full of numbers must not become as many queries.
const MOST_LINES_NAMED = 50;

/**
 * Reads with `reader` in the typer's zone. Where that is not known, the reader refuses a time that does not name one:
 * nothing is guessed. `text` is scanned for `#N`, so that the entries it names can be looked up.
 */
export async function readWith<T>(
  scope: Scope,
  incident: Incident | null,
  text: string,
  reader: (context: ReadContext) => T,
  before?: number,
): Promise<T> {
  const context = await contextFor(scope, incident, text, before);
  return reader({ ...context, zone: scope.who.zone ?? NO_ZONE });
}

// No IANA name, which the reader knows.
const NO_ZONE = '';

async function contextFor(
  scope: Scope,
  incident: Incident | null,
  text: string,
  before?: number,
): Promise<Omit<ReadContext, 'zone'>> {
  const instants = new Map<number, number>();
  if (!incident) return { now: scope.now, retrospective: false, entryAt: () => undefined };
  const named = [...text.slice(0, 4000).matchAll(/#(\d{1,9})/g)].map(([, digits]) => Number(digits));
  for (const number of [...new Set(named)].slice(0, MOST_LINES_NAMED)) {
    const entry = await scope.tx.entryNumbered(incident.id, number);
    if (entry) instants.set(entry.number, entry.occurredAt);
  }
  const previous = await scope.tx.latestTime(incident.id, followed(incident), before);
  return {
    now: scope.now,
    retrospective: incident.retrospective,
    ...(previous !== null && { previous }),
    entryAt: (number) => instants.get(number),
  };
}

// A retrospective's messages are written long after the fact: there only a time that a person gave counts.
const followed = ({ retrospective }: Incident): Entry['timeFrom'][] =>
  retrospective ? ['person'] : ['person', 'message'];

/** Turns a result into a reading, or a stored question, or a refusal in the reader's own words. */
export async function settle(
  scope: Scope,
  result: ReadResult | null,
  typed: string,
  request: Request,
): Promise<Settled> {
  if (result === null) return { kind: 'read', reading: null, notes: [] };
  if (result.kind === 'one') return { kind: 'read', reading: result.reading, notes: result.notes };
  if (result.kind === 'refusal') throw new Refusal({ code: 'time', message: result.message });
  const { teamId, userId } = scope.who;
  const { reason, readings, anotherTime } = result;
  const choiceId = await scope.tx.addChoice({ teamId, userId, request, readings }, scope.now);
  return { kind: 'asked', choiceId, reason, readings, anotherTime, typed };
}
