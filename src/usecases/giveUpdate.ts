import type { Incident } from '../incident/types.ts';
import { Refusal } from './refusal.ts';
import { replan } from './replan.ts';
import type { Scope } from './scope.ts';
import { showEntry } from './show.ts';
import { announcedTo, isOpenToAll, tellSubscribers } from './subscribers.ts';
import { textFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef, PublishedTo, StakeholderUpdate } from './types.ts';

export interface UpdateInput {
  ref: IncidentRef;
  /** What is known. */
  text: string;
  impact: string;
  /** When the next one is promised; null: by the rhythm of the severity's policy. */
  nextInMinutes: number | null;
  source: 'command' | 'modal';
}

export interface Given {
  incident: Incident;
  update: StakeholderUpdate;
  /** Where it goes besides subscribers. */
  to: PublishedTo;
  subscribers: number;
}

/** Tells stakeholders: a line of the timeline, the announcement's thread, subscribers; the next one is asked for when due. */
export async function giveUpdate(scope: Scope, input: UpdateInput): Promise<Given> {
  const { tx, now, who } = scope;
  const incident = await goingOn(scope, input.ref);
  if (incident.status === 'canceled')
    throw new Refusal({ code: 'closed', number: incident.number, status: incident.status });
  const text = textFor('text', input.text, '/incident update Payments fail for some, a fix is being tested');
  const impact = input.impact.trim() && textFor('impact', input.impact, 'about 500 customers cannot pay');
  const entry = await tx.addEntry(incident.id, who.userId, now, {
    occurredAt: now,
    precision: 'exact',
    timeFrom: 'message',
    text: `Update to stakeholders: ${text}${impact && `\nImpact: ${impact}`}`,
    source: input.source,
    message: null,
    authorId: who.userId,
    kept: true,
  });
  const nextBy = input.nextInMinutes === null ? null : now + input.nextInMinutes * 60_000;
  const update = await tx.addUpdate(incident.id, {
    entryId: entry.id,
    text,
    impact,
    by: who.userId,
    at: now,
    nextBy,
  });
  await showEntry(scope, entry);
  // What was put off or passed on belonged to the update before.
  await tx.cancelTimer(incident.id, 'nudge:update', now);
  await replan(scope, incident);
  const to = await announcedTo(scope, incident);
  if (isOpenToAll(incident)) await scope.send(incident.id, { kind: 'update', updateId: update.id });
  return {
    incident,
    update,
    to,
    subscribers: await tellSubscribers(scope, incident, null, update.id),
  };
}
