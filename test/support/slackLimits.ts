import type { KnownBlock, View } from '@slack/types';

type Json = Record<string, unknown>;

/**
 * Everything in a message that Slack would refuse, cut or show wrongly: its documented limits, counted in UTF-16
 * units (the strictest way), and mrkdwn that is not well formed or calls everybody. Empty when all is well.
 */
export function messageFaults(message: { text?: unknown; blocks?: readonly KnownBlock[] }): string[] {
  return [
    ...within('text', message.text, 1, 4000),
    ...mrkdwnFaults('text', message.text),
    ...blocksFaults(message.blocks ?? [], 50),
  ];
}

/** The same for a modal or Home tab. */
export function viewFaults(view: View): string[] {
  const modal = view as unknown as Json;
  const blocks = view.blocks as KnownBlock[];
  const asks = blocks.some((block) => block.type === 'input');
  if (view.type === 'home') return blocksFaults(blocks, 100);
  return [
    ...(view.type === 'modal' ? [] : [`type is ${view.type}`]),
    ...plainFaults('title', modal.title, 24),
    ...(modal.submit === undefined && !asks ? [] : plainFaults('submit', modal.submit, 24)),
    ...(modal.close === undefined ? [] : plainFaults('close', modal.close, 24)),
    ...within('private_metadata', modal.private_metadata ?? '', 0, 3000),
    ...within('callback_id', modal.callback_id ?? '', asks ? 1 : 0, 255),
    ...blocksFaults(blocks, 100),
  ];
}

/** The same for the topic of a channel. */
export const topicFaults = (topic: string): string[] => [
  ...within('topic', topic, 1, 250),
  ...mrkdwnFaults('topic', topic),
];

function blocksFaults(blocks: readonly KnownBlock[], most: number): string[] {
  const ids = blocks.map((block) => block.block_id).filter((id) => id !== undefined);
  const actions = blocks.flatMap((block) => elementsOf(block as unknown as Json)).map((one) => one.action_id);
  return [
    ...count('blocks', blocks, 1, most),
    ...unique('block_id', ids),
    ...unique(
      'action_id',
      actions.filter((id) => id !== undefined),
    ),
    ...ids.flatMap((id) => within('block_id', id, 1, 255)),
    ...blocks.flatMap((block, index) => blockFaults(`blocks[${index}]`, block as unknown as Json)),
  ];
}

/** The interactive elements of a block. */
function elementsOf(block: Json): Json[] {
  if (block.type === 'actions') return block.elements as Json[];
  return [block.element, block.accessory].filter((one) => one !== undefined) as Json[];
}

function blockFaults(at: string, block: Json): string[] {
  switch (block.type) {
    case 'section': {
      const fields = block.fields as unknown[] | undefined;
      return [
        ...(block.text === undefined && fields === undefined ? [`${at} has neither text nor fields`] : []),
        ...(block.text === undefined ? [] : textFaults(`${at}.text`, block.text, 3000)),
        ...(fields === undefined ? [] : count(`${at}.fields`, fields, 1, 10)),
        ...(fields ?? []).flatMap((field, index) => textFaults(`${at}.fields[${index}]`, field, 2000)),
        ...elementsOf(block).flatMap((one) => elementFaults(`${at}.accessory`, one)),
      ];
    }
    case 'header':
      return plainFaults(`${at}.text`, block.text, 150);
    case 'context': {
      const elements = block.elements as unknown[];
      return [
        ...count(`${at}.elements`, elements, 1, 10),
        ...elements.flatMap((one, index) => textFaults(`${at}.elements[${index}]`, one, 2000)),
      ];
    }
    case 'actions': {
      const elements = block.elements as Json[];
      return [
        ...count(`${at}.elements`, elements, 1, 25),
        ...elements.flatMap((one, index) => elementFaults(`${at}.elements[${index}]`, one)),
      ];
    }
    case 'input':
      return [
        ...plainFaults(`${at}.label`, block.label, 2000),
        ...(block.hint === undefined ? [] : plainFaults(`${at}.hint`, block.hint, 2000)),
        ...elementFaults(`${at}.element`, block.element as Json),
      ];
    case 'divider':
      return [];
    default:
      return [`${at} is a ${String(block.type)}: this check does not know its limits`];
  }
}

/** Menus that Slack fills itself. */
const FILLED_BY_SLACK = [
  'users_select',
  'multi_users_select',
  'conversations_select',
  'multi_conversations_select',
];

/** How many options an element takes at most. */
const OPTIONS: Record<string, number> = {
  static_select: 100,
  multi_static_select: 100,
  radio_buttons: 10,
  checkboxes: 10,
  overflow: 5,
};

function elementFaults(at: string, element: Json): string[] {
  const type = String(element.type);
  const most = OPTIONS[type];
  const initial = [element.initial_option ?? [], element.initial_options ?? []].flat() as unknown[];
  const options = (element.options ?? []) as Json[];
  const known = options.map((one) => JSON.stringify(one));
  return [
    ...within(`${at}.action_id`, element.action_id, 1, 255),
    ...(element.placeholder === undefined ? [] : plainFaults(`${at}.placeholder`, element.placeholder, 150)),
    ...(type === 'button' ? buttonFaults(at, element) : []),
    ...(type === 'plain_text_input' ? inputFaults(at, element) : []),
    ...(most === undefined ? [] : count(`${at}.options`, options, 1, most)),
    ...unique(
      `${at}.options value`,
      options.map((one) => one.value),
    ),
    ...options.flatMap((one, index) => [
      ...plainFaults(`${at}.options[${index}].text`, one.text, 75),
      ...within(`${at}.options[${index}].value`, one.value, 1, 150),
    ]),
    ...initial
      .filter((one) => !known.includes(JSON.stringify(one)))
      .map(() => `${at}: an initial option is not among the options`),
    ...(['button', 'plain_text_input', ...FILLED_BY_SLACK, ...Object.keys(OPTIONS)].includes(type)
      ? []
      : [`${at} is a ${type}: this check does not know its limits`]),
  ];
}

const buttonFaults = (at: string, button: Json): string[] => [
  ...plainFaults(`${at}.text`, button.text, 75),
  ...within(`${at}.value`, button.value ?? '', 0, 2000),
  ...within(`${at}.url`, button.url ?? '', 0, 3000),
];

function inputFaults(at: string, input: Json): string[] {
  const longest = Number(input.max_length ?? 3000);
  return [
    ...(longest >= 1 && longest <= 3000 ? [] : [`${at}.max_length is ${longest}`]),
    ...within(`${at}.initial_value`, input.initial_value ?? '', 0, longest),
    ...brokenFaults(`${at}.initial_value`, String(input.initial_value ?? '')),
  ];
}

/** A text object of either kind. */
function textFaults(at: string, value: unknown, longest: number): string[] {
  const { type, text } = value as Json;
  if (type === 'plain_text') return plainFaults(at, value, longest);
  if (type !== 'mrkdwn') return [`${at} is of type ${String(type)}`];
  return [...within(at, text, 1, longest), ...mrkdwnFaults(at, text)];
}

/** A text object that must be plain text: what looks like an entity is shown letter by letter there. */
function plainFaults(at: string, value: unknown, longest: number): string[] {
  if (typeof value !== 'object' || value === null) return [`${at} is missing`];
  const { type, text } = value as Json;
  return [
    ...(type === 'plain_text' ? [] : [`${at} is of type ${String(type)}, not plain_text`]),
    ...within(at, text, 1, longest),
    ...brokenFaults(at, String(text)),
  ];
}

const REFERENCE = /<(?:[@#][A-Z0-9]+|!date\^\d+\^[^<>|]+|(?:https?:\/\/|mailto:)[^<>|\s]+)(?:\|[^<>|]*)?>/g;

/** Slack's control characters stand only where they mean something, and nobody is called. */
function mrkdwnFaults(at: string, value: unknown): string[] {
  const text = String(value ?? '');
  const rest = text.replace(REFERENCE, '');
  return [
    ...(/<!(?:channel|here|everyone|subteam)/.test(text) ? [`${at} calls everybody`] : []),
    ...(/</.test(rest) ? [`${at} has a loose < at “${around(rest, rest.indexOf('<'))}”`] : []),
    ...(/(?<!^)>|>(?! )/m.test(rest) ? [`${at} has a loose >`] : []),
    ...(/&(?!(?:amp|lt|gt);)/.test(rest) ? [`${at} has a loose &`] : []),
    ...(/&amp;(?:amp|lt|gt);/.test(rest) ? [`${at} is escaped twice`] : []),
    ...brokenFaults(at, text),
  ];
}

/** Half a surrogate pair is refused, or shown as a replacement character. */
const brokenFaults = (at: string, text: string): string[] =>
  /\p{Surrogate}/u.test(text) ? [`${at} has half a character`] : [];

function within(at: string, value: unknown, least: number, most: number): string[] {
  if (typeof value !== 'string') return [`${at} is ${typeof value}, not text`];
  if (value.length > most) return [`${at} has ${value.length} characters, ${most} are allowed`];
  return value.trim().length < least ? [`${at} is empty`] : [];
}

function count(at: string, list: readonly unknown[], least: number, most: number): string[] {
  return list.length < least || list.length > most
    ? [`${at}: ${list.length}, allowed are ${least} to ${most}`]
    : [];
}

const unique = (at: string, ids: unknown[]): string[] =>
  new Set(ids).size === ids.length ? [] : [`${at} occurs twice`];

const around = (text: string, at: number): string => text.slice(Math.max(0, at - 10), at + 20);
