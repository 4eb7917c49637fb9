import type { Button, KnownBlock, ModalView } from '@slack/types';
import { severityWords } from '../../incident/settings.ts';
import { type Incident, type Names, SEVERITIES, type Severity } from '../../incident/types.ts';
import type { Suspected } from '../../usecases/alike.ts';
import type { DeclarePreview } from '../../usecases/previewDeclare.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { clip, quote, safe } from '../mrkdwn.ts';
import { button, buttons, context, type Message, message, section } from './blocks.ts';
import { modal, option, TIME_HINT, textInput, words } from './inputs.ts';
import { severityText } from './words.ts';

export interface DeclareForm {
  /** Comes back with the submission. */
  metadata: string;
  preview: DeclarePreview;
  title?: string;
  /** The message that it is declared from, as Slack sent it. */
  fromMessage?: string;
}

/** The form of a bare `/incident declare`, or of the shortcut on a message. Title and kind update the preview. */
export function declareModal({ metadata, preview, title, fromMessage }: DeclareForm): ModalView {
  const severityOption = (one: Severity) => option(one, severityWords(one, preview.names));
  return modal(CALLBACKS.declare, 'Declare an incident', 'Declare', metadata, [
    ...(fromMessage === undefined
      ? []
      : [section(`Declared from this message:\n${quote(fromMessage, 1000)}`), firstReport]),
    textInput({
      id: 'title',
      label: 'Title',
      placeholder: 'Checkout fails for some customers',
      longest: 250,
      live: true,
      ...(title && { initial: title }),
    }),
    previewBlock(preview),
    {
      type: 'input',
      block_id: 'severity',
      label: words('Severity'),
      element: {
        type: 'static_select',
        action_id: 'severity',
        initial_option: severityOption('SEV3'),
        options: SEVERITIES.map(severityOption),
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
      dispatch_action: true,
      label: words('Kind'),
      element: {
        type: 'checkboxes',
        action_id: 'flags',
        options: [
          option('private', 'Private: only those invited see it'),
          option('test', 'Test or drill: left out of metrics and announcements'),
          option('retrospective', 'Retrospective: it is over, record it'),
        ],
      },
    },
  ]);
}

const firstReport: KnownBlock = {
  type: 'input',
  block_id: 'first_report',
  optional: true,
  label: words('The message'),
  element: {
    type: 'checkboxes',
    action_id: 'first_report',
    options: [option('first_report', 'It is the first report')],
  },
};

/** What declaring would do, said before: the channel's name, who is told, what looks the same. */
export function previewBlock({ channelName, announceChannel, managers, alike }: DeclarePreview): KnownBlock {
  const told = [
    'you and the lead are invited',
    announceChannel ? `announced in <#${announceChannel}>` : 'announced nowhere',
    managers.length > 0 ? `the draft goes to ${managers.map(reference).join(', ')}` : 'the draft stays there',
  ];
  const same = alike.map((one) => `INC-${one.number}`).join(', ');
  return context(
    [
      `Channel: \`#${channelName}\``,
      `Told: ${told.join('; ')}`,
      ...(same ? [`:warning: Perhaps the same as ${same}, still open`] : []),
    ].join('\n'),
  );
}

const reference = (id: string): string => (/^[CG]/.test(id) ? `<#${id}>` : `<@${id}>`);

/** Reply to a one-line declaration that looks like an open incident. Nothing is stored but the question. */
export function suspectedReply(suspected: Suspected, names: Names): Message {
  const text = [
    sameText(suspected, names),
    `Nothing is declared yet. Your text is kept:\n${quote(suspected.title, 1000)}`,
  ];
  const anyway = button(ACTIONS.declareAnyway, 'Declare anyway', suspected.choiceId);
  return message(text.join('\n'), ...buttons([...joinButtons(suspected), anyway]));
}

/** The same question over the form: its own button declares, going back keeps what was typed. */
export const suspectedModal = (suspected: Suspected, names: Names): ModalView => ({
  ...modal(CALLBACKS.declareAnyway, 'Is it the same?', 'Declare anyway', suspected.choiceId, [
    section(
      `${sameText(suspected, names)}\nNothing is declared yet. You are about to declare:\n${quote(suspected.title, 1000)}`,
    ),
    ...buttons(joinButtons(suspected)),
  ]),
  close: { type: 'plain_text', text: 'Back' },
});

function sameText({ alike }: Suspected, names: Names): string {
  const lines = alike.map(
    ({ number, severity, status, title, channelId }) =>
      `*INC-${number}* ${severityText(severity, names)} · ${status} · ${clip(safe(title), 200)}${channelId ? ` · <#${channelId}>` : ''}`,
  );
  return [':warning: This may be an incident that is open already:', ...lines].join('\n');
}

const joinButtons = ({ alike }: Suspected): Button[] =>
  alike.map(({ id, number }) => button(`${ACTIONS.join}_${number}`, `Join INC-${number}`, id, 'primary'));

/** Reply to "Join INC-42". */
export const joinedReply = ({ number, channelId }: Incident): Message =>
  message(`You are being invited to <#${channelId}>, the channel of INC-${number}.`);
