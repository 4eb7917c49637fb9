import { type Json, textOf } from '../types.ts';
import { elementValue, type Input, inputElements } from './inputs.ts';
import type { View } from './person.ts';
import type { Self } from './self.ts';

/** Keeps what was entered into a view until it is submitted. Throws when it has no such field. */
export function keepDraft(self: Self, view: View, values: Record<string, Input>): void {
  const known = inputElements(view.blocks).flatMap(({ block, element }) => [
    block.block_id,
    element.action_id,
  ]);
  const strange = Object.keys(values).filter((key) => !known.includes(key));
  if (strange.length > 0)
    throw new Error(`The modal has no field ${strange.join(', ')}; it has: ${known.join(', ')}`);
  self.drafts.set(view.id, { ...self.drafts.get(view.id), ...values });
}

/** An element's value in Slack's form: as entered, else as the view began. */
export function enteredValue(self: Self, view: View, block: Json, element: Json): Json {
  const draft = self.drafts.get(view.id) ?? {};
  const input = draft[textOf(block.block_id)] ?? draft[textOf(element.action_id)];
  const emptied =
    Object.hasOwn(draft, textOf(block.block_id)) || Object.hasOwn(draft, textOf(element.action_id));
  return elementValue(element, (input ?? (emptied ? null : undefined)) as Input | undefined);
}

/** The view as its payloads carry it: with what has been entered. */
export function withState(self: Self, view: View): Json {
  const values: Record<string, Json> = {};
  for (const { block, element } of inputElements(view.blocks)) {
    const id = textOf(block.block_id);
    values[id] = { ...values[id], [textOf(element.action_id)]: enteredValue(self, view, block, element) };
  }
  return { ...view, state: { values } };
}
