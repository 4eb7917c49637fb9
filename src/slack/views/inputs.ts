import type { InputBlock, KnownBlock, ModalView, PlainTextInput } from '@slack/types';
import { clip } from '../mrkdwn.ts';
import { LIMITS } from './blocks.ts';

/** Under every field in which a time is typed. */
export const TIME_HINT =
  '14:05, 2:05pm, 10m ago, 2025-09-23 19:53 UTC. Read in your time zone unless you name one.';

export const words = (text: string) => ({ type: 'plain_text' as const, text: clip(text, LIMITS.optionText) });
/** A modal's title and its two buttons. */
export const heading = (text: string) => ({
  type: 'plain_text' as const,
  text: clip(text, LIMITS.modalTitle),
});
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
  /** Its changes are sent while it is typed. */
  live?: boolean;
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
  longest = LIMITS.input,
  live = false,
}: TextInput): InputBlock {
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: id,
    multiline,
    max_length: longest,
    ...(placeholder && { placeholder: words(placeholder) }),
    ...(live && { dispatch_action_config: { trigger_actions_on: ['on_character_entered' as const] } }),
    ...(initial && { initial_value: clip(initial, longest) }),
  };
  return {
    type: 'input',
    block_id: id,
    optional,
    ...(live && { dispatch_action: true }),
    label: words(label),
    element,
    ...(hint && { hint: { type: 'plain_text', text: clip(hint, LIMITS.hint) } }),
  };
}

/** A form. `metadata` comes back with its submission. */
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
  title: heading(title),
  submit: heading(submit),
  close: heading('Cancel'),
  blocks,
});
