import type { ModalView } from '@slack/types';
import type { ActionItem, Incident } from '../../incident/types.ts';
import type { ActionOf } from '../../usecases/actionItems.ts';
import type { ActionAdded } from '../../usecases/addAction.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { clip, quote, safe } from '../mrkdwn.ts';
import { button, buttons, LIMITS, type Message, message, section } from './blocks.ts';
import { modal, textInput, words } from './inputs.ts';

const owned = ({ ownerId, due }: Pick<ActionItem, 'ownerId' | 'due'>): string =>
  `${ownerId ? `owner <@${ownerId}>` : 'no owner yet'}, ${due ? `due ${due}` : 'no date yet'}`;

const line = (incident: Incident, action: ActionItem): string =>
  `*INC-${incident.number}* item ${action.number}: ${clip(safe(action.text).replaceAll('```', "'''"), 300)} (${owned(action)})`;

/** Reply to whoever changed an item; `become`: what became of it; `ended`: it can be taken back. */
export const actionReply = ({ incident, action }: ActionOf, become: string, ended = false): Message =>
  message(
    `Action item ${action.number} of INC-${incident.number} ${clip(safe(become), 500)} (${owned(action)}):\n${quote(action.text, 1500)}`,
    ...buttons(ended ? [button(`${ACTIONS.actionUndo}_${action.number}`, 'Undo', incident.id)] : []),
  );

/** Action items across incidents. */
export function actionsReply(found: ActionOf[], all: boolean): Message {
  if (found.length === 0) {
    return message(
      all
        ? 'No open action items.'
        : 'You have no open action items. `/incident actions all` shows everybody’s.',
    );
  }
  const lines = found.slice(0, MOST).map(({ incident, action }) => line(incident, action));
  const left = found.length - lines.length;
  const text = `${found.length === 1 ? '1 open action item' : `${found.length} open action items`}${left > 0 ? `, ${left} not shown` : ''}`;
  return {
    text,
    blocks: [section(`*${text}*`), ...lines.map((one) => section(clip(one, LIMITS.sectionText)))],
  };
}

const MOST = 40;

/** Reminds an owner, the day before and on the due date; or the channel (not `toOwner`). */
export const actionReminder = (incident: Incident, action: ActionItem, toOwner: boolean): Message =>
  message(
    [
      `:calendar: Action item ${action.number} of INC-${incident.number} is due ${action.due ?? ''}:`,
      quote(action.text, 1500),
      ...(toOwner || !action.ownerId ? [] : [unheard(incident, action)]),
      howToEnd(incident, action),
    ].join('\n'),
    ...buttons([doneButton(incident, action)]),
  );

/** What is left of somebody's action items after the postmortem was published. */
export function leftMessage(incident: Incident, left: ActionItem[]): Message {
  const [first] = left;
  const shown = left.slice(0, 8);
  const more = left.length > shown.length ? [`… and ${left.length - shown.length} more.`] : [];
  const text = [
    `The postmortem of *INC-${incident.number}* is published; of its action items these are open:`,
    ...shown.map((one) => line(incident, one)),
    ...more,
    ...(first ? [howToEnd(incident, first)] : []),
  ].join('\n');
  return message(
    clip(text, LIMITS.sectionText),
    ...buttons(shown.slice(0, 5).map((one) => doneButton(incident, one))),
  );
}

const doneButton = (incident: Incident, { number }: ActionItem) =>
  button(`${ACTIONS.actionDone}_${number}`, `Item ${number} is done`, incident.id);

const unheard = (incident: Incident, { number, ownerId }: ActionItem): string =>
  `<@${ownerId}> owns it and may not see this incident. Give it to somebody who may: \`/incident INC-${incident.number} action ${number} owner @user\``;

const howToEnd = (incident: Incident, { number }: ActionItem): string =>
  `No longer needed: \`/incident INC-${incident.number} action drop ${number} REASON\``;

/** Reply to whoever added an item. */
export const actionAdded = ({ incidentId, ...action }: ActionAdded): Message =>
  message(
    `Action item ${action.number}, ${owned(action)}:\n${quote(action.text)}`,
    ...buttons(action.ownerId && action.due ? [] : [planButton(incidentId, action.number)]),
  );

const planButton = (incidentId: string, number: number) =>
  button(`${ACTIONS.actionPlan}_${number}`, 'Owner and date', incidentId);

/** Said to whoever reacted: what the message has become. `number`: of the action item; null for a factor. */
export const partMessage = (incidentId: string, number: number | null, text: string): Message =>
  number === null
    ? message(`This message is a contributing factor of the postmortem now:\n${quote(text, 1500)}`)
    : message(
        `This message is action item ${number} now. Who does it, until when?\n${quote(text, 1500)}`,
        ...buttons([planButton(incidentId, number)]),
      );

/** The form of a new item; or of owner and date of one that is there. */
export function actionModal(
  { id, number }: Pick<Incident, 'id' | 'number'>,
  action: ActionItem | null,
): ModalView {
  const title = action ? `Action item ${action.number}` : `To do after INC-${number}`;
  const metadata = JSON.stringify({ id, number: action?.number ?? null });
  return modal(CALLBACKS.action, title, action ? 'Change' : 'Add', metadata, [
    action
      ? section(quote(action.text, 1500))
      : textInput({ id: 'action', label: 'What is to be done', multiline: true }),
    {
      type: 'input',
      block_id: 'owner',
      optional: true,
      label: words('Owner'),
      element: {
        type: 'users_select',
        action_id: 'owner',
        placeholder: words('Nobody yet'),
        ...(action?.ownerId && { initial_user: action.ownerId }),
      },
    },
    textInput({
      id: 'date',
      label: 'Due',
      hint: 'A date such as 2030-01-31, today or tomorrow.',
      optional: true,
      initial: action?.due ?? '',
      longest: 40,
    }),
  ]);
}
