import { DateTime } from 'luxon';
import { parseAction } from '../incident/arguments.ts';
import { planFollowUp, planReminders } from './actionReminders.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { textFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { IncidentRef } from './types.ts';

export interface ActionAdded {
  incidentId: string;
  number: number;
  text: string;
  ownerId: string | null;
  due: string | null;
}

/** Adds an action item from one line: `TEXT [@owner] [due DATE]`. */
export function addAction(scope: Scope, input: { ref: IncidentRef; text: string }): Promise<ActionAdded> {
  const { text, ownerId, due } = parseAction(input.text);
  return makeAction(scope, { ref: input.ref, text, ownerId, date: due ?? '' });
}

/** Adds an action item. `date` may be empty; `today` and `tomorrow` are dates of the asker's calendar. */
export async function makeAction(
  scope: Scope,
  input: { ref: IncidentRef; text: string; ownerId: string | null; date: string },
): Promise<ActionAdded> {
  const incident = await goingOn(scope, input.ref);
  const text = textFor('action', input.text, '/incident action Test the rollback @ana due 2026-03-01');
  const date = input.date.trim();
  const action = { text, ownerId: input.ownerId, due: date === '' ? null : dateFor(scope, date) };
  const number = await scope.tx.addAction(incident.id, scope.who.userId, scope.now, action);
  const added = await scope.tx.actionNumbered(incident.id, number);
  if (added) await planReminders(scope, incident, added);
  await planFollowUp(scope, incident);
  await showChange(scope, incident, `Action item ${number} added`);
  return { incidentId: incident.id, number, ...action };
}

const DAYS = new Map([
  ['today', 0],
  ['tomorrow', 1],
]);

/** `YYYY-MM-DD`, or `today` and `tomorrow` of the asker's calendar. */
export function dateFor(scope: Scope, typed: string): string {
  const days = DAYS.get(typed.toLowerCase());
  if (days === undefined) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(typed) && DateTime.fromISO(typed).isValid) return typed;
    throw new Refusal({ code: 'time', message: `There is no ${typed}. Type a date such as 2026-03-01.` });
  }
  if (scope.who.zone === null) throw new Refusal({ code: 'no-zone' });
  return DateTime.fromMillis(scope.now, { zone: scope.who.zone }).plus({ days }).toFormat('yyyy-MM-dd');
}
