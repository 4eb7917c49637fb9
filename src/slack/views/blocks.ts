import type { Button, KnownBlock, SectionBlock } from '@slack/types';
import { clip } from '../mrkdwn.ts';

/** A message: `text` is what notifications and screen readers get. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** Slack's documented limits, in characters or counts. One test checks every view against them. */
export const LIMITS = {
  blocks: 50,
  modalBlocks: 100,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  header: 150,
  button: 75,
  buttonValue: 2000,
  actions: 25,
  context: 10,
  modalTitle: 24,
  optionText: 75,
  options: 100,
  placeholder: 150,
  hint: 2000,
  label: 2000,
  input: 3000,
  messageText: 4000,
  privateMetadata: 3000,
} as const;

export const section = (text: string): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: clip(text, LIMITS.sectionText) },
});

export const header = (text: string): KnownBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: clip(text, LIMITS.header), emoji: true },
});

export const context = (text: string): KnownBlock => ({
  type: 'context',
  elements: [{ type: 'mrkdwn', text: clip(text, LIMITS.fieldText) }],
});

export const fields = (texts: string[]): KnownBlock => ({
  type: 'section',
  fields: texts
    .slice(0, LIMITS.fields)
    .map((text) => ({ type: 'mrkdwn', text: clip(text, LIMITS.fieldText) })),
});

export const button = (
  actionId: string,
  label: string,
  value: string,
  style?: 'primary' | 'danger',
): Button => ({
  type: 'button',
  action_id: actionId,
  text: { type: 'plain_text', text: clip(label, LIMITS.button), emoji: true },
  value,
  ...(style && { style }),
});

/** Nothing at all for no buttons: Slack refuses an empty block. */
export const buttons = (elements: Button[]): KnownBlock[] =>
  elements.length === 0 ? [] : [{ type: 'actions', elements: elements.slice(0, LIMITS.actions) }];

/** A message of one section, with what may follow. */
export const message = (text: string, ...more: KnownBlock[]): Message => ({
  text: clip(text, LIMITS.messageText),
  blocks: [section(text), ...more],
});

/** Lines joined into as few texts as fit into sections. */
export function pack(lines: string[]): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length + 1 <= LIMITS.sectionText)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.slice(0, LIMITS.blocks);
}
