import { isJson, type Json, listOf, textOf } from '../types.ts';

/** What a person types or chooses; several for menus of several; null to empty a field. */
export type Input = string | string[] | null;

/** Slack's longest text in an input that sets no limit. */
const LONGEST = 3000;

/** The elements of a view that have a value, with the block that they stand in. */
export function inputElements(blocks: Json[]): { block: Json; element: Json }[] {
  return blocks.flatMap((block) => {
    if (block.type === 'input') return isJson(block.element) ? [{ block, element: block.element }] : [];
    const elements = [...listOf(block.elements), ...(isJson(block.accessory) ? [block.accessory] : [])];
    const valued = elements.filter(
      (element) => !['button', 'overflow', 'image'].includes(textOf(element.type)),
    );
    return block.type === 'actions' || block.type === 'section'
      ? valued.map((element) => ({ block, element }))
      : [];
  });
}

/** The value of an element in Slack's form: as it starts, or as the person set it. */
export function elementValue(element: Json, input: Input | undefined): Json {
  const type = textOf(element.type);
  if (/_input$/.test(type)) {
    const value = input === undefined ? textOf(element.initial_value) : one(input);
    return { type, value: value || null };
  }
  if (/static_select$|external_select$|^radio_buttons$|^checkboxes$|^overflow$/.test(type)) {
    return optionValue(element, type, input);
  }
  const thing = /date/.test(type)
    ? type.replace('picker', '').replace('datetime', 'date_time')
    : subject(type);
  if (/^multi_/.test(type)) {
    return {
      type,
      [`selected_${thing}s`]: input === undefined ? (element[`initial_${thing}s`] ?? []) : many(input),
    };
  }
  const chosen = input === undefined ? element[`initial_${thing}`] : one(input);
  return { type, [`selected_${thing}`]: (type === 'datetimepicker' ? Number(chosen) : chosen) || null };
}

/** What the client itself refuses to submit, by block id: empty or too long fields. */
export function clientFaults(
  blocks: Json[],
  values: (block: Json, element: Json) => Json,
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { block, element } of inputElements(blocks)) {
    if (block.type !== 'input') continue;
    const { type: _, ...rest } = values(block, element);
    const [value] = Object.values(rest);
    const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    if (empty && block.optional !== true)
      faults[textOf(block.block_id)] = 'Please complete this required field.';
    if (typeof value !== 'string' || element.type !== 'plain_text_input') continue;
    const longest = Number(element.max_length) || LONGEST;
    const length = [...value].length;
    if (length > longest)
      faults[textOf(block.block_id)] = `Please shorten this text to ${longest} characters or less.`;
    if (length < Number(element.min_length ?? 0)) faults[textOf(block.block_id)] = 'This text is too short.';
  }
  return faults;
}

function optionValue(element: Json, type: string, input: Input | undefined): Json {
  const several = /^multi_|^checkboxes$/.test(type);
  const options = [
    ...listOf(element.options),
    ...listOf(element.option_groups).flatMap((g) => listOf(g.options)),
  ];
  const find = (wanted: string): Json => {
    const found = options.find((o) => o.value === wanted || (isJson(o.text) && o.text.text === wanted));
    if (found) return found;
    const known = options.map((option) => textOf(option.value)).join(', ');
    throw new Error(`"${wanted}" is no option of ${textOf(element.action_id)}; it has: ${known}`);
  };
  if (several) {
    return {
      type,
      selected_options: input === undefined ? listOf(element.initial_options) : many(input).map(find),
    };
  }
  if (input === undefined) return { type, selected_option: element.initial_option ?? null };
  const wanted = one(input);
  return { type, selected_option: wanted ? find(wanted) : null };
}

function subject(type: string): string {
  return type.replace(/^multi_/, '').replace(/s_select$|picker$/, '');
}

function one(input: Input): string {
  return Array.isArray(input) ? (input[0] ?? '') : (input ?? '');
}

function many(input: Input): string[] {
  return Array.isArray(input) ? input : input ? [input] : [];
}
