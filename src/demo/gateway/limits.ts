import { isJson, type Json, textOf } from './types.ts';

const BLOCKS_IN_MESSAGE = 50;
const BLOCKS_IN_VIEW = 100;
const VIEW_BYTES = 250_000;

/** What Slack refuses in the blocks of a message, as it words it; empty when all is well. */
export function blockFaults(blocks: Json[], limit = BLOCKS_IN_MESSAGE): string[] {
  const faults = blocks.length > limit ? [`no more than ${limit} items allowed [json-pointer:/blocks]`] : [];
  const ids = new Set<string>();
  blocks.forEach((block, index) => {
    const at = `/blocks/${index}`;
    const id = textOf(block.block_id);
    if (id && ids.has(id)) faults.push(`\`block_id\` should be unique [json-pointer:${at}/block_id]`);
    ids.add(id);
    faults.push(...tooLong(id, 255, `${at}/block_id`), ...faultsOfBlock(block, at));
  });
  return faults;
}

/** What Slack refuses in a view. */
export function viewFaults(view: Json): string[] {
  const blocks = Array.isArray(view.blocks) ? view.blocks.filter(isJson) : [];
  const faults = blockFaults(blocks, BLOCKS_IN_VIEW);
  if (view.type === 'modal') {
    if (!inner(view.title)) faults.push('missing required field: title [json-pointer:/view]');
    for (const part of ['title', 'submit', 'close'])
      faults.push(...tooLong(inner(view[part]), 24, `/view/${part}/text`));
    const asks = blocks.some((block) => block.type === 'input');
    if (asks && !view.submit)
      faults.push('`submit` is required when an input block is present [json-pointer:/view]');
  } else if (view.type !== 'home') faults.push('unsupported type [json-pointer:/view/type]');
  faults.push(...tooLong(textOf(view.private_metadata), 3000, '/view/private_metadata'));
  faults.push(...tooLong(textOf(view.callback_id), 255, '/view/callback_id'));
  if (JSON.stringify(view).length > VIEW_BYTES)
    faults.push('view is greater than 250kb [json-pointer:/view]');
  return faults;
}

function faultsOfBlock(block: Json, at: string): string[] {
  switch (block.type) {
    case 'section': {
      const fields = list(block.fields);
      return [
        ...(block.text || fields.length > 0 ? [] : [`missing required field: text [json-pointer:${at}]`]),
        ...filled(block.text, 3000, `${at}/text/text`),
        ...tooMany(fields, 10, `${at}/fields`),
        ...fields.flatMap((field, i) => filled(field, 2000, `${at}/fields/${i}/text`)),
        ...(isJson(block.accessory) ? faultsOfElement(block.accessory, `${at}/accessory`) : []),
      ];
    }
    case 'header':
      return filled(block.text, 150, `${at}/text/text`, true);
    case 'markdown':
      return tooLong(textOf(block.text), 12_000, `${at}/text`);
    case 'context':
      return [
        ...tooMany(list(block.elements), 10, `${at}/elements`, true),
        ...list(block.elements).flatMap((element, i) =>
          element.type === 'image' ? [] : filled(element, 2000, `${at}/elements/${i}/text`),
        ),
      ];
    case 'actions':
      return [
        ...tooMany(list(block.elements), 25, `${at}/elements`, true),
        ...list(block.elements).flatMap((element, i) => faultsOfElement(element, `${at}/elements/${i}`)),
      ];
    case 'input':
      return [
        ...filled(block.label, 2000, `${at}/label/text`, true),
        ...tooLong(inner(block.hint), 2000, `${at}/hint/text`),
        ...(isJson(block.element)
          ? faultsOfElement(block.element, `${at}/element`)
          : [`missing required field: element [json-pointer:${at}]`]),
      ];
    default:
      return KNOWN.has(textOf(block.type))
        ? []
        : [`unsupported type: ${textOf(block.type)} [json-pointer:${at}/type]`];
  }
}

const KNOWN = new Set(['divider', 'image', 'rich_text', 'video', 'file', 'table', 'context_actions']);

function faultsOfElement(element: Json, at: string): string[] {
  const options = [
    ...list(element.options),
    ...list(element.option_groups).flatMap((group) => list(group.options)),
  ];
  const pick = /select$|^radio_buttons$|^checkboxes$|^overflow$/.test(textOf(element.type));
  const few =
    element.type === 'radio_buttons' || element.type === 'checkboxes'
      ? 10
      : element.type === 'overflow'
        ? 5
        : 100;
  return [
    ...tooLong(textOf(element.action_id), 255, `${at}/action_id`),
    ...tooLong(textOf(element.value), 2000, `${at}/value`),
    ...tooLong(inner(element.placeholder), 150, `${at}/placeholder/text`),
    ...(element.type === 'button' ? filled(element.text, 75, `${at}/text/text`, true) : []),
    ...(element.url ? tooLong(textOf(element.url), 3000, `${at}/url`) : []),
    ...(element.type === 'plain_text_input'
      ? tooLong(textOf(element.initial_value), 3000, `${at}/initial_value`)
      : []),
    ...(pick ? tooMany(options, few, `${at}/options`) : []),
    ...(pick && /static|radio|checkboxes|overflow/.test(textOf(element.type)) && options.length === 0
      ? [`must provide at least one option [json-pointer:${at}/options]`]
      : []),
    ...options.flatMap((option, i) => [
      ...filled(option.text, 75, `${at}/options/${i}/text/text`),
      ...tooLong(textOf(option.value), 150, `${at}/options/${i}/value`),
      ...tooLong(inner(option.description), 75, `${at}/options/${i}/description/text`),
    ]),
  ];
}

function inner(value: unknown): string {
  return isJson(value) ? textOf(value.text) : '';
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A text object that must hold some text (`plain`: and be of type plain_text) within the limit. */
function filled(value: unknown, limit: number, at: string, plain = false): string[] {
  if (!isJson(value)) return plain ? [`missing required field [json-pointer:${at}]`] : [];
  const faults = tooLong(inner(value), limit, at);
  if (inner(value) === '') faults.push(`must be more than 0 characters [json-pointer:${at}]`);
  const type = value.type;
  const right = type === 'plain_text' || (type === 'mrkdwn' && !plain);
  if (!right)
    faults.push(`unsupported type: ${textOf(type)} [json-pointer:${at.replace(/\/text$/, '/type')}]`);
  return faults;
}

function tooLong(text: string, limit: number, at: string): string[] {
  return [...text].length > limit ? [`must be less than ${limit + 1} characters [json-pointer:${at}]`] : [];
}

function tooMany(items: Json[], limit: number, at: string, some = false): string[] {
  if (items.length > limit) return [`no more than ${limit} items allowed [json-pointer:${at}]`];
  return some && items.length === 0 ? [`must have at least 1 item [json-pointer:${at}]`] : [];
}
