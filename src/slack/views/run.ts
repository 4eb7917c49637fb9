import type { ModalView } from '@slack/types';
import { slackInstant } from '../../time/slackTs.ts';
import { CALLBACKS } from '../ids.ts';
import { clip, plain } from '../mrkdwn.ts';
import { LIMITS, section } from './blocks.ts';
import { heading, modal, words } from './inputs.ts';
import { type Reader, timeFor } from './words.ts';

/** A message that may be put on the timeline. */
export interface RunOption {
  ts: string;
  authorId: string | null;
  author: string;
  /** As Slack sent it. */
  text: string;
  /** The line that it is already. */
  number: number | null;
}

const TITLE = 'Add several to timeline';
const CHOSEN_AT_FIRST = 5;

/** Shown at once: the messages follow when Slack has given them. */
export const runWaitingModal = (): ModalView => ({
  type: 'modal',
  title: heading(TITLE),
  close: heading('Cancel'),
  blocks: [section('Reading the messages from this one on …')],
});

/** The messages to choose from, the first five chosen; those on the timeline already are only named. */
export function runModal(channelId: string, messages: readonly RunOption[], reader: Reader): ModalView {
  const fresh = messages.filter(({ number }) => number === null);
  const there = messages.flatMap(({ number }) => (number === null ? [] : [`#${number}`]));
  const already = there.length > 0 ? [section(`On the timeline already: ${there.join(', ')}`)] : [];
  if (fresh.length === 0) {
    const none = section('There is no message to add from this one on. Mine are not offered.');
    return { ...runWaitingModal(), blocks: [none, ...already] };
  }
  const options = fresh.map(({ ts, author, text }) => ({
    value: ts,
    text: words(oneLine(text)),
    description: words(`${timeFor(slackInstant(ts), reader)} · ${author}`),
  }));
  const authors = Object.fromEntries(fresh.map(({ ts, authorId }) => [ts, authorId]));
  return modal(CALLBACKS.addRun, TITLE, 'Add', JSON.stringify({ channelId, authors }), [
    {
      type: 'input',
      block_id: 'messages',
      label: words('Messages, each at its own time'),
      element: {
        type: 'checkboxes',
        action_id: 'messages',
        options,
        initial_options: options.slice(0, CHOSEN_AT_FIRST),
      },
    },
    ...already,
  ]);
}

const oneLine = (text: string): string =>
  clip(plain(text).replace(/\s+/g, ' ').trim() || '(no words)', LIMITS.optionText);
