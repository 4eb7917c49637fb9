import { type Input, inputElements } from '../gateway/people/inputs.ts';
import type { View } from '../gateway/people/person.ts';
import { shownView } from '../gateway/shown.ts';
import { isJson, type Json, listOf, textOf } from '../gateway/types.ts';

/** An open modal that is being filled in. */
export interface Form {
  view: View;
  values: Record<string, Input>;
}

/** The modal as text, with the names under which its fields are filled in. */
export function formLines({ view }: Form): string[] {
  const fields = inputElements(view.blocks).map(({ block, element }) => {
    const choices = listOf(element.options).map((option) => textOf(option.value));
    const several = /^multi_|checkboxes/.test(textOf(element.type));
    const hint =
      choices.length > 0 ? ` (${choices.join(' | ')}${several ? '; several with commas' : ''})` : '';
    return `  ${textOf(block.block_id)}: …${hint}`;
  });
  const how = view.submit
    ? 'Fill in with `field: value`, then `submit`, or `cancel`:'
    : 'Nothing to fill in; `cancel` closes it.';
  return [...shownView(view).split('\n'), how, ...fields];
}

/** Takes `field: value` into the form; false when the modal has no such field. An empty value empties the field. */
export function fillIn(form: Form, line: string): boolean {
  const [, name = '', value = ''] = /^([^:]+):\s*([\s\S]*)$/.exec(line) ?? [];
  const wanted = name.trim().toLowerCase();
  const found = inputElements(form.view.blocks).find(({ block, element }) =>
    [textOf(block.block_id), textOf(element.action_id), labelOf(block)].some(
      (known) => known.toLowerCase() === wanted,
    ),
  );
  if (!found) return false;
  const several = /^multi_|checkboxes/.test(textOf(found.element.type));
  const parts = value.split(',').map((part) => part.trim());
  form.values[textOf(found.block.block_id)] = value === '' ? null : several ? parts.filter(Boolean) : value;
  return true;
}

function labelOf(block: Json): string {
  return isJson(block.label) ? textOf(block.label.text) : '';
}
