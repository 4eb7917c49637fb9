import type { Incident } from '../incident/types.ts';
import type { ChoiceReason, ReadContext, Reading, ReadResult } from '../time/types.ts';
import type { StoredEntry } from './ports.ts';
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

// Two zones a day apart: a time that reads the same in both does not need the typer's.
const FAR_EAST = 'Pacific/Kiritimati';
const FAR_WEST = 'Pacific/Pago_Pago';

/**
 * Reads with `reader` in the typer's zone. Without a known zone a time that does not name one is refused:
 * nothing is guessed. `text` is scanned for `#N`, so that the entries it names can be looked up.
 */
export async function readWith<T extends { time: ReadResult | null }>(
  scope: Scope,
  incident: Incident | null,
  text: string,
  reader: (context: ReadContext) => T,
  before?: number,
): Promise<T> {
  const context = await contextFor(scope, incident, text, before);
  if (scope.who.zone !== null) return reader({ ...context, zone: scope.who.zone });
  const east = reader({ ...context, zone: FAR_EAST });
  const west = reader({ ...context, zone: FAR_WEST });
  const instant = (result: ReadResult | null) => (result?.kind === 'one' ? result.reading.instant : null);
  if (east.time !== null && (instant(east.time) === null || instant(east.time) !== instant(west.time))) {
    throw new Refusal({ code: 'no-zone' });
  }
  return east;
}

async function contextFor(
  scope: Scope,
  incident: Incident | null,
  text: string,
  before?: number,
): Promise<Omit<ReadContext, 'zone'>> {
  const instants = new Map<number, number>();
  if (!incident) return { now: scope.now, retrospective: false, entryAt: () => undefined };
  for (const [, digits] of text.slice(0, 4000).matchAll(/#(\d{1,9})/g)) {
    const entry = await scope.tx.entryNumbered(incident.id, Number(digits));
    if (entry) instants.set(entry.number, entry.occurredAt);
  }
  const previous = (await scope.tx.recentEntries(incident.id, before)).find((entry) =>
    follows(entry, incident),
  );
  return {
    now: scope.now,
    retrospective: incident.retrospective,
    ...(previous && { previous: previous.occurredAt }),
    entryAt: (number) => instants.get(number),
  };
}

// A retrospective's messages are written long after the fact: there only a time that a person gave counts.
const follows = (entry: StoredEntry, incident: Incident): boolean =>
  entry.timeFrom === 'person' || (entry.timeFrom === 'message' && !incident.retrospective);

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
