import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { typedBlock } from '../errors.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { escapeText } from '../mrkdwn.ts';
import { button, buttons, type Message, section } from './blocks.ts';

/** What a listener answers a form with: Slack's `response_action`; nothing when all is done. */
export type FormAnswer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: ModalView }
  | { response_action: 'clear' };

/**
 * The answer to a form that Slack closed before it came, as a message; null when there is nothing to say: a form that
 * closes is one that was taken. `typed`: what was typed into the form.
 */
export function lateMessage(title: string, answer: FormAnswer | undefined, typed: string): Message | null {
  if (!answer || answer.response_action === 'clear') return null;
  const kept = typed === '' ? [] : [section(`What you typed:\n${typedBlock(typed)}`)];
  const shown =
    answer.response_action === 'errors'
      ? [section(escapeText(Object.values(answer.errors).join('\n'))), ...kept]
      : shownOutside(answer.view, kept);
  const text = `Slack closed the form “${escapeText(title)}” before my answer came. Here it is:`;
  return { text, blocks: [section(text), ...shown] };
}

/** A view's blocks where there is no view. A form cannot stand in a message: its question becomes buttons. */
function shownOutside(view: ModalView, kept: KnownBlock[]): KnownBlock[] {
  // Ours: no block of another kind.
  const blocks = view.blocks as KnownBlock[];
  const [words, inputs] = [blocks.filter(isPlain), blocks.filter(isInput)];
  switch (view.callback_id) {
    case CALLBACKS.reading:
      return [...words, ...buttons(readings(view, inputs)), ...kept];
    case CALLBACKS.declareAnyway: {
      const anyway = button(ACTIONS.declareAnyway, 'Declare anyway', view.private_metadata ?? '');
      return [...words, ...buttons([anyway])];
    }
    default:
      return inputs.length === 0
        ? words
        : [
            ...words,
            section('What follows is a form, and it can no longer open. Send yours again to get it.'),
            ...kept,
          ];
  }
}

const isInput = (block: KnownBlock): block is InputBlock => block.type === 'input';
const isPlain = (block: KnownBlock): boolean => !isInput(block);

function readings(view: ModalView, inputs: InputBlock[]) {
  const options = inputs.flatMap(({ element }) => (element.type === 'radio_buttons' ? element.options : []));
  const choiceId = view.private_metadata ?? '';
  return [
    ...options.map(({ text, value }) =>
      button(`${ACTIONS.chooseTime}_${value}`, text.text, `${choiceId}|${value}`),
    ),
    ...(inputs.some(({ block_id }) => block_id === 'another_time')
      ? [button(ACTIONS.chooseOther, 'Another time', choiceId)]
      : []),
  ];
}
