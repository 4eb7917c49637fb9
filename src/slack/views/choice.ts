import type { ModalView } from '@slack/types';
import { readingLabel } from '../../time/format.ts';
import type { ChoiceReason } from '../../time/types.ts';
import type { Asked } from '../../usecases/times.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { clip, code, quote } from '../mrkdwn.ts';
import { button, buttons, LIMITS, type Message, message, section } from './blocks.ts';
import { TIME_HINT, textInput } from './inputs.ts';
import type { Reader } from './words.ts';

const WHY: Record<ChoiceReason, string> = {
  skipped: 'the clocks skip that time',
  twice: 'the clocks show that time twice',
  'older-than-12h': 'the latest such time is over 12 hours ago',
  'am-or-pm': 'it may be morning or afternoon',
  abbreviation: 'that abbreviation has several meanings',
  'skipped-day': 'that day does not exist there',
};

// Slack takes no more radio buttons; there are two or three readings, hardly ever more.
const MOST = 10;

/** The buttons that ask which instant was meant. Nothing is stored before one is pressed; `kept` repeats the text. */
export function askedReply(asked: Asked, reader: Reader, kept: string): Message {
  const text = [
    `Which time is ${code(asked.typed)}? ${capital(WHY[asked.reason])}.`,
    kept.trim() === ''
      ? 'Nothing is stored yet.'
      : `Nothing is stored yet. Your text is kept:\n${quote(kept, 2000)}`,
  ].join('\n');
  const choices = asked.readings
    .slice(0, MOST)
    .map((reading, index) =>
      button(
        `${ACTIONS.chooseTime}_${index}`,
        readingLabel(reading, reader.now),
        `${asked.choiceId}|${index}`,
      ),
    );
  const other = asked.anotherTime ? [button(ACTIONS.chooseOther, 'Another time', asked.choiceId)] : [];
  return message(text, ...buttons([...choices, ...other]));
}

/** The same question inside a modal, as the answer to a submission. */
export function readingModal(asked: Asked, reader: Reader): ModalView {
  const options = asked.readings.slice(0, MOST).map((reading, index) => ({
    text: { type: 'plain_text' as const, text: clip(readingLabel(reading, reader.now), LIMITS.optionText) },
    value: String(index),
  }));
  return {
    type: 'modal',
    callback_id: CALLBACKS.reading,
    private_metadata: asked.choiceId,
    title: { type: 'plain_text', text: 'Which time?' },
    submit: { type: 'plain_text', text: 'Use this one' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      section(`${code(asked.typed)}: ${WHY[asked.reason]}. Nothing is stored yet.`),
      {
        type: 'input',
        block_id: 'reading',
        optional: asked.anotherTime,
        label: { type: 'plain_text', text: 'Time' },
        element: { type: 'radio_buttons', action_id: 'reading', options },
      },
      ...(asked.anotherTime ? [anotherTime] : []),
    ],
  };
}

// A name of its own: Slack keeps what was typed into a field of the same name in the form that this one replaces.
const anotherTime = textInput({
  id: 'another_time',
  label: 'Or another time',
  hint: `If you type one, it counts instead of what is chosen above. ${TIME_HINT}`,
  optional: true,
  longest: 200,
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
