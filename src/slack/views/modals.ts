import type { InputBlock, ModalView } from '@slack/types';
import { MILESTONE_WORDS, MILESTONES } from '../../incident/milestones.ts';
import { SEVERITIES } from '../../incident/types.ts';
import { CALLBACKS } from '../ids.ts';
import { LIMITS, section } from './blocks.ts';
import { heading, modal, option, textInput, words } from './inputs.ts';

const TIME_HINT = '14:05, 2:05pm, 10m ago, 2025-09-23 19:53 UTC. Read in your time zone unless you name one.';

const milestoneSelect: InputBlock = {
  type: 'input',
  block_id: 'milestones',
  optional: true,
  label: words('Milestones'),
  element: {
    type: 'multi_static_select',
    action_id: 'milestones',
    placeholder: words('None'),
    options: MILESTONES.map((key) => option(key, MILESTONE_WORDS[key].label)),
  },
};

/** The form of a bare `/incident declare`. `metadata` comes back with the submission. */
export const declareModal = (metadata: string): ModalView =>
  modal(CALLBACKS.declare, 'Declare an incident', 'Declare', metadata, [
    textInput({
      id: 'title',
      label: 'Title',
      placeholder: 'Checkout fails for some customers',
      longest: 250,
    }),
    {
      type: 'input',
      block_id: 'severity',
      label: words('Severity'),
      element: {
        type: 'static_select',
        action_id: 'severity',
        initial_option: option('SEV3'),
        options: SEVERITIES.map((one) => option(one)),
      },
    },
    textInput({ id: 'services', label: 'Services', hint: 'Separated by commas.', optional: true }),
    textInput({ id: 'description', label: 'Description', optional: true, multiline: true }),
    textInput({ id: 'started', label: 'When did it start?', hint: TIME_HINT, optional: true, longest: 200 }),
    {
      type: 'input',
      block_id: 'lead',
      optional: true,
      label: words('Lead'),
      element: { type: 'users_select', action_id: 'lead', placeholder: words('Nobody yet') },
    },
    {
      type: 'input',
      block_id: 'flags',
      optional: true,
      label: words('Kind'),
      element: {
        type: 'checkboxes',
        action_id: 'flags',
        options: [
          option('private', 'Private: only those invited see it'),
          option('test', 'Test: left out of metrics and announcements'),
          option('retrospective', 'Retrospective: it is over, record it'),
        ],
      },
    },
  ]);

/** "Add to timeline" on a message. */
export const addToTimelineModal = (text: string, metadata: string): ModalView =>
  modal(CALLBACKS.addToTimeline, 'Add to timeline', 'Add', metadata, [
    textInput({ id: 'text', label: 'Text', initial: text, multiline: true }),
    textInput({
      id: 'time',
      label: 'When it happened',
      hint: `Empty: when the message was sent. ${TIME_HINT}`,
      optional: true,
      longest: 200,
    }),
    milestoneSelect,
  ]);

export const retimeModal = (number: number, current: string, metadata: string): ModalView =>
  modal(CALLBACKS.retime, `When #${number} happened`, 'Change', metadata, [
    section(`Now: *${current}*`),
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
    textInput({ id: 'text', label: 'Text', initial: text, multiline: true }),
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
