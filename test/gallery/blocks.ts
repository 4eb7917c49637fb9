import type { View } from '@slack/types';
import type { Message } from '../../src/slack/views/blocks.ts';
import { mrkdwnHtml, plainHtml } from './mrkdwn.ts';

/** Blocks as Slack's client draws them, roughly: enough to read every word where it stands. */
type Json = Record<string, unknown>;

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

function textHtml(value: unknown): string {
  const { type, text } = object(value);
  const words = String(text ?? '');
  return type === 'mrkdwn' ? mrkdwnHtml(words) : plainHtml(words);
}

export const messageHtml = ({ text, blocks }: Message): string =>
  `<div class="message"><div class="avatar">D</div><div class="body"><div class="who">Debrief <span class="app">APP</span></div>${blocksHtml(blocks)}</div></div><div class="fallback">${mrkdwnHtml(text)}</div>`;

export function viewHtml(view: View): string {
  const given = object(view);
  if (view.type === 'home') return `<div class="home">${blocksHtml(view.blocks)}</div>`;
  const end = ['close', 'submit']
    .filter((name) => given[name] !== undefined)
    .map(
      (name) => `<span class="button ${name === 'submit' ? 'primary' : ''}">${textHtml(given[name])}</span>`,
    );
  return `<div class="modal"><div class="title">${textHtml(given.title)}</div><div class="inside">${blocksHtml(view.blocks)}</div><div class="end">${end.join('')}</div></div>`;
}

const blocksHtml = (blocks: unknown): string => list(blocks).map(blockHtml).join('');

function blockHtml(block: Json): string {
  switch (block.type) {
    case 'header':
      return `<h3>${textHtml(block.text)}</h3>`;
    case 'divider':
      return '<hr>';
    case 'context':
      return `<div class="context">${list(block.elements).map(textHtml).join(' ')}</div>`;
    case 'actions':
      return `<div class="actions">${list(block.elements).map(elementHtml).join('')}</div>`;
    case 'input':
      return inputHtml(block);
    case 'section': {
      const fields = list(block.fields).map((field) => `<div>${textHtml(field)}</div>`);
      const side = block.accessory ? `<div class="side">${elementHtml(object(block.accessory))}</div>` : '';
      const inner = fields.length > 0 ? `<div class="fields">${fields.join('')}</div>` : textHtml(block.text);
      return `<div class="section"><div>${inner}</div>${side}</div>`;
    }
    default:
      throw new Error(`The gallery does not draw ${String(block.type)}.`);
  }
}

function inputHtml(block: Json): string {
  const optional = block.optional === true ? ' <span class="optional">(optional)</span>' : '';
  const hint = block.hint ? `<div class="hint">${textHtml(block.hint)}</div>` : '';
  return `<div class="input"><label>${textHtml(block.label)}${optional}</label>${elementHtml(object(block.element))}${hint}</div>`;
}

function elementHtml(element: Json): string {
  const { type } = element;
  if (type === 'button')
    return `<span class="button ${String(element.style ?? '')}">${textHtml(element.text)}</span>`;
  if (type === 'plain_text_input') {
    const filled = element.initial_value !== undefined;
    const words = filled ? plainHtml(String(element.initial_value)) : textHtml(element.placeholder);
    return `<div class="field ${element.multiline === true ? 'tall' : ''} ${filled ? '' : 'empty'}">${words}</div>`;
  }
  const chosen = [element.initial_option ?? [], element.initial_options ?? []].flat().map(object);
  if (type === 'checkboxes' || type === 'radio_buttons') {
    const mark = type === 'checkboxes' ? ['☐', '☑'] : ['○', '●'];
    return list(element.options)
      .map((one) => {
        const on = chosen.some(({ value }) => value === one.value);
        const more = one.description ? `<div class="hint">${textHtml(one.description)}</div>` : '';
        return `<div class="choice">${on ? mark[1] : mark[0]} ${textHtml(one.text)}${more}</div>`;
      })
      .join('');
  }
  return menuHtml(element, chosen);
}

function menuHtml(element: Json, chosen: Json[]): string {
  const ids = Object.entries(element)
    .filter(([key]) => /^initial_(?:users?|conversations?)$/.test(key))
    .flatMap(([, value]) => [value].flat().map(String));
  const filled = [
    ...chosen.map((one) => textHtml(one.text)),
    ...ids.map((id) => mrkdwnHtml(/^[CG]/.test(id) ? `<#${id}>` : `<@${id}>`)),
  ];
  const options = list(element.options).map((one) => textHtml(one.text));
  const shown = filled.join(', ') || textHtml(element.placeholder) || 'Choose an option';
  const rest = options.length > 0 ? `<div class="options">${options.join(' · ')}</div>` : '';
  return `<div class="field menu ${filled.length > 0 ? '' : 'empty'}">${shown} ▾</div>${rest}`;
}
