import type { InputBlock, KnownBlock, ModalView, PlainTextInput } from '@slack/types';
import { clip } from '../safeText.ts';
import { LIMITS } from './blocks.ts';

export const words = (text: string) => ({ type: 'plain_text' as const, text: clip(text, LIMITS.optionText) });
export const option = (value: string, text = value) => ({ text: words(text), value });

export interface TextInput {
  id: string;
  label: string;
  hint?: string;
  placeholder?: string;
  initial?: string;
  optional?: boolean;
  multiline?: boolean;
  longest?: number;
}

/** A text input whose block and action have the same id. */
export function textInput({
  id,
  label,
  hint,
  placeholder,
  initial,
  optional = false,
  multiline = false,
  longest = 3000,
}: TextInput): InputBlock {
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: id,
    multiline,
    max_length: longest,
    ...(placeholder && { placeholder: words(placeholder) }),
    ...(initial && { initial_value: initial.slice(0, longest) }),
  };
  return {
    type: 'input',
    block_id: id,
    optional,
    label: words(label),
    element,
    ...(hint && { hint: { type: 'plain_text', text: hint } }),
  };
}

export const modal = (
  callbackId: string,
  title: string,
  submit: string,
  metadata: string,
  blocks: KnownBlock[],
): ModalView => ({
  type: 'modal',
  callback_id: callbackId,
  private_metadata: metadata,
  title: words(title),
  submit: words(submit),
  close: words('Cancel'),
  blocks,
});
