import type { InputBlock, ModalView } from '@slack/types';
import { MILESTONES } from '../../incident/milestones.ts';
import type { Names } from '../../incident/types.ts';
import { CALLBACKS } from '../ids.ts';
import { LIMITS, type Message, section } from './blocks.ts';
import { heading, modal, option, TIME_HINT, textInput, words } from './inputs.ts';

const milestoneSelect = ({ milestones }: Names): InputBlock => ({
  type: 'input',
  block_id: 'milestones',
  optional: true,
  label: words('Milestones'),
  element: {
    type: 'multi_static_select',
    action_id: 'milestones',
    placeholder: words('None'),
    options: MILESTONES.map((key) => option(key, milestones[key])),
  },
});

/** "Add to timeline" on a message. */
export const addToTimelineModal = (
  text: string,
  metadata: string,
  number: number | null,
  names: Names,
): ModalView =>
  modal(
    CALLBACKS.addToTimeline,
    number === null ? 'Add to timeline' : `Line #${number}`,
    number === null ? 'Add' : 'Change',
    metadata,
    [
      ...(number === null
        ? []
        : [section(`This message is *#${number}* already. What you change here changes that line.`)]),
      textInput({ id: 'text', label: 'Text', initial: text, multiline: true }),
      textInput({
        id: 'time',
        label: 'When it happened',
        hint: `Empty: ${number === null ? 'when the message was sent' : 'as it stands'}. ${TIME_HINT}`,
        optional: true,
        longest: 200,
      }),
      milestoneSelect(names),
    ],
  );

export const retimeModal = (number: number, current: string, metadata: string): ModalView =>
  modal(CALLBACKS.retime, `When #${number} happened`, 'Change', metadata, [
    section(`It stands at *${current}*.`),
    textInput({ id: 'time', label: 'Time', hint: TIME_HINT, longest: 200 }),
  ]);

/** A line's text to edit. A form takes less than a line may hold: then it says what saving would cut. */
export const editModal = (number: number, text: string, metadata: string): ModalView =>
  modal(CALLBACKS.edit, `Text of #${number}`, 'Change', metadata, [
    ...(text.length > LIMITS.input
      ? [
          section(
            `:warning: The line has ${text.length} characters and a form takes ${LIMITS.input}: saving here cuts it. \`/incident edit #${number} TEXT\` takes it whole.`,
          ),
        ]
      : []),
    textInput({
      id: 'text',
      label: 'Text',
      hint: `Links and mentions stay where their words stay.${/<[@#]/.test(text) ? ' What reads like <@U…> is a person.' : ''}`,
      initial: text,
      multiline: true,
    }),
  ]);

export const otherTimeModal = (metadata: string): ModalView =>
  modal(CALLBACKS.otherTime, 'Another time', 'Use it', metadata, [
    textInput({ id: 'time', label: 'Time', hint: TIME_HINT, longest: 200 }),
  ]);

/** Shown in place of a modal that has nothing to ask. */
export const wordsModal = (title: string, text: string): ModalView => ({
  type: 'modal',
  title: heading(title),
  close: heading('Close'),
  blocks: [section(text)],
});

/** The same for a reply with its buttons. */
export const replyModal = (title: string, { text, blocks }: Message): ModalView => ({
  ...wordsModal(title, text),
  blocks,
});
