import { shownDate } from './dates.ts';
import { isJson, type Json, listOf, textOf } from './types.ts';

/** Who reads: how ids are called, and the zone in which dates are shown. */
export interface Reader {
  name: (id: string) => string | undefined;
  /** IANA zone. */
  zone: string;
  /** Milliseconds since 1970. */
  now: number;
}

const ANYBODY: Reader = { name: () => undefined, zone: 'UTC', now: 0 };

/** A text of Slack's as people read it: mentions as names, links as labels, entities as characters. */
export function plain(text: string, reader: Reader = ANYBODY): string {
  return text
    .replace(
      /<@([A-Z0-9]+)(?:\|([^>]*))?>/g,
      (_, id: string, label?: string) => `@${reader.name(id) ?? label ?? id}`,
    )
    .replace(
      /<#([A-Z0-9]+)(?:\|([^>]*))?>/g,
      (_, id: string, label?: string) => `#${label || reader.name(id) || id}`,
    )
    .replace(/<!date\^(\d+)\^([^|^>]*)(?:\^[^|>]*)?\|[^>]*>/g, (_, seconds: string, format: string) =>
      shownDate(Number(seconds), format, reader.zone, reader.now),
    )
    .replace(
      /<!(?:subteam\^)?(\w+)(?:\^[^|>]*)?(?:\|([^>]*))?>/g,
      (_, word: string, label?: string) => label ?? `@${word}`,
    )
    .replace(/<([^|>]+)\|([^>]*)>/g, (_, url: string, label: string) =>
      url === label || url === `mailto:${label}` ? label : `${label} (${url})`,
    )
    .replace(/<([^|>\s]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A message as its reader sees it: its blocks, or its text when it has none; buttons as `[label]`. */
export function shownMessage(
  message: { text?: string; blocks?: Json[]; files?: unknown },
  reader?: Reader,
): string {
  const blocks = message.blocks?.filter((block) => block.type !== 'rich_text') ?? [];
  const body = blocks.length > 0 ? shownBlocks(blocks, reader) : plain(message.text ?? '', reader);
  const files = listOf(message.files).map((file) => `[file: ${textOf(file.title) || textOf(file.name)}]`);
  return [body, ...files].filter(Boolean).join('\n');
}

/** A modal or Home tab as text. */
export function shownView(view: Json, reader?: Reader): string {
  const title = inner(view.title);
  return [title ? `== ${title} ==` : '', shownBlocks(listOf(view.blocks), reader)].filter(Boolean).join('\n');
}

function shownBlocks(blocks: Json[], reader?: Reader): string {
  return blocks
    .map((block) => shownBlock(block, reader))
    .filter(Boolean)
    .join('\n');
}

function shownBlock(block: Json, reader?: Reader): string {
  const read = (value: unknown) => plain(typeof value === 'string' ? value : inner(value), reader);
  switch (block.type) {
    case 'divider':
      return '---';
    case 'context':
      return listOf(block.elements)
        .map((element) => (element.type === 'image' ? textOf(element.alt_text) : read(element)))
        .join(' ');
    case 'actions':
      return listOf(block.elements).map(shownElement).join(' ');
    case 'input': {
      const element = isJson(block.element) ? block.element : {};
      const hint = inner(block.hint);
      return `${read(block.label)}${block.optional === true ? ' (optional)' : ''}: ${shownElement(element)}${hint ? `  ${hint}` : ''}`;
    }
    case 'image':
      return `[image: ${textOf(block.alt_text)}]`;
    default: {
      const parts = [read(block.text), ...listOf(block.fields).map(read)];
      if (isJson(block.accessory)) parts.push(shownElement(block.accessory));
      return parts.filter(Boolean).join('\n');
    }
  }
}

function shownElement(element: Json): string {
  const options = [
    ...listOf(element.options),
    ...listOf(element.option_groups).flatMap((g) => listOf(g.options)),
  ];
  switch (element.type) {
    case 'button':
      return `[${inner(element.text)}]`;
    case 'image':
      return `[image: ${textOf(element.alt_text)}]`;
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return `"${textOf(element.initial_value)}"`;
    case 'radio_buttons':
    case 'checkboxes': {
      const chosen = chosenValues(element);
      return options
        .map((o) => `(${chosen.includes(textOf(o.value)) ? 'x' : ' '}) ${inner(o.text)}`)
        .join('  ');
    }
    default: {
      const chosen = chosenValues(element);
      const labels = options.filter((o) => chosen.includes(textOf(o.value))).map((o) => inner(o.text));
      return `<${labels.join(', ') || inner(element.placeholder) || 'choose'}>`;
    }
  }
}

function chosenValues(element: Json): string[] {
  const one = isJson(element.initial_option) ? [element.initial_option] : [];
  return [...one, ...listOf(element.initial_options)].map((option) => textOf(option.value));
}

function inner(value: unknown): string {
  return isJson(value) ? textOf(value.text) : '';
}
