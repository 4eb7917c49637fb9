import type { ActionItem, Incident } from '../incident/types.ts';
import { cancelReminders, planFollowUp, planReminders } from './actionReminders.ts';
import { dateFor } from './addAction.ts';
import { recordShown } from './reads.ts';
import { Refusal } from './refusal.ts';
import { incidentFor, maySee, type Scope } from './scope.ts';
import { showChange } from './show.ts';
import { textFor } from './texts.ts';
import { goingOn } from './timelineOf.ts';
import type { ActionPatch, IncidentRef } from './types.ts';

export interface ActionOf {
  incident: Incident;
  action: ActionItem;
}

interface Which {
  ref: IncidentRef;
  number: number;
}

/** Marks an action item as done, now. */
export const finishAction = (scope: Scope, input: Which): Promise<ActionOf> =>
  change(scope, input, { doneAt: scope.now, doneBy: scope.who.userId }, 'done');

/** Drops an action item, which takes a reason. It stays on record and leaves the draft. */
export function dropAction(scope: Scope, input: Which & { reason: string }): Promise<ActionOf> {
  const dropReason = textFor(
    'reason',
    input.reason,
    `/incident action drop ${input.number} Covered by INC-7`,
  );
  const patch = { droppedAt: scope.now, droppedBy: scope.who.userId, dropReason };
  return change(scope, input, patch, `dropped: ${dropReason}`);
}

const OPEN: ActionPatch = { doneAt: null, doneBy: null, droppedAt: null, droppedBy: null, dropReason: null };

/** Opens an action item that was done or dropped by mistake; it is reminded of and followed up again. */
export async function undoAction(scope: Scope, { ref, number }: Which): Promise<ActionOf> {
  const incident = await goingOn(scope, ref);
  const standing = await scope.tx.actionNumbered(incident.id, number);
  const dropped = standing ? null : await scope.tx.droppedAction(incident.id, number);
  if (!standing && !dropped) throw new Refusal({ code: 'no-such-action', number });
  if (standing?.doneAt === null)
    throw new Refusal({ code: 'already', what: `Action item ${number} is open` });
  if (dropped && dropped.instead !== null)
    throw new Refusal({ code: 'already', what: `Its message is action item ${dropped.instead}` });
  const action = await scope.tx.updateAction(incident.id, number, OPEN);
  await planReminders(scope, incident, action);
  await planFollowUp(scope, incident);
  await showChange(scope, incident, `Action item ${number} open again`);
  return { incident, action };
}

export function giveAction(scope: Scope, input: Which & { ownerId: string | null }): Promise<ActionOf> {
  const { ownerId, number } = input;
  const example = `/incident action ${number} owner @ana`;
  if (!ownerId) throw new Refusal({ code: 'empty', what: 'owner', example });
  return change(scope, input, { ownerId }, `now owned by <@${ownerId}>`);
}

export function dateAction(scope: Scope, input: Which & { date: string }): Promise<ActionOf> {
  const example = `/incident action ${input.number} due 2026-03-01`;
  if (input.date === '') throw new Refusal({ code: 'empty', what: 'date', example });
  const due = dateFor(scope, input.date);
  return change(scope, input, { due }, `now due ${due}`);
}

/** Owner and date of an item, from its form: what is empty stays as it is. */
export async function planAction(
  scope: Scope,
  input: Which & { ownerId: string | null; date: string },
): Promise<ActionOf> {
  const { ownerId } = input;
  const date = input.date.trim();
  if (ownerId === null && date === '')
    throw new Refusal({ code: 'empty', what: 'date', example: '2026-03-01' });
  const due = date === '' ? null : dateFor(scope, date);
  const patch = { ...(ownerId !== null && { ownerId }), ...(due !== null && { due }) };
  const words = [ownerId !== null && `owned by <@${ownerId}>`, due !== null && `due ${due}`];
  return change(scope, input, patch, `now ${words.filter(Boolean).join(', ')}`);
}

/** An item that is neither done nor dropped, for its form. */
export async function openAction(scope: Scope, { ref, number }: Which): Promise<ActionOf> {
  const incident = await incidentFor(scope, ref);
  const action = await scope.tx.actionNumbered(incident.id, number);
  if (!action) throw new Refusal({ code: 'no-such-action', number });
  if (action.doneAt !== null) throw new Refusal({ code: 'already', what: `Action item ${number} is done` });
  return { incident, action };
}

async function change(
  scope: Scope,
  { ref, number }: Which,
  patch: ActionPatch,
  words: string,
): Promise<ActionOf> {
  const { incident } = await openAction(scope, { ref, number });
  const action = await scope.tx.updateAction(incident.id, number, patch);
  await cancelReminders(scope, incident, number);
  if (patch.doneAt === undefined && patch.droppedAt === undefined)
    await planReminders(scope, incident, action);
  await showChange(scope, incident, `Action item ${number} ${words}`);
  return { incident, action };
}

/** Action items across incidents that somebody asked for: those of private incidents are on record as read. */
export async function openActions(scope: Scope, input: { all: boolean }): Promise<ActionOf[]> {
  const seen = await seenActions(scope, input);
  await recordShown(
    scope,
    seen.map(({ incident }) => incident),
    'actions',
  );
  return seen;
}

/** Action items across incidents that are neither done nor dropped: the person's own, or all that they may see. */
export async function seenActions(scope: Scope, input: { all: boolean }): Promise<ActionOf[]> {
  const found = await scope.tx.openActions(scope.who.teamId, input.all ? null : scope.who.userId);
  const seen: ActionOf[] = [];
  for (const one of found) if (await maySee(scope, one.incident)) seen.push(one);
  return seen;
}
