import type { ActionItem, Incident } from '../../incident/types.ts';
import type { ActionOf } from '../../usecases/actionItems.ts';
import { ACTIONS } from '../ids.ts';
import { clip, quote, safe } from '../mrkdwn.ts';
import { button, buttons, LIMITS, type Message, message, section } from './blocks.ts';

const owned = ({ ownerId, due }: ActionItem): string =>
  `${ownerId ? `owner <@${ownerId}>` : 'no owner yet'}, ${due ? `due ${due}` : 'no date yet'}`;

const line = (incident: Incident, action: ActionItem): string =>
  `*INC-${incident.number}* item ${action.number}: ${clip(safe(action.text).replaceAll('```', "'''"), 300)} (${owned(action)})`;

/** Reply to whoever changed an item; `words`: what became of it. */
export const actionReply = ({ incident, action }: ActionOf, words: string): Message =>
  message(
    `Action item ${action.number} of INC-${incident.number} ${clip(safe(words), 500)} (${owned(action)}):\n${quote(action.text, 1500)}`,
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

/** Reminds an owner, the day before and on the due date. */
export const actionReminder = (incident: Incident, action: ActionItem): Message =>
  message(
    `:calendar: Action item ${action.number} of INC-${incident.number} is due ${action.due ?? ''}:\n${quote(action.text, 1500)}\n${howToEnd(incident, action)}`,
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

const howToEnd = (incident: Incident, { number }: ActionItem): string =>
  `No longer needed: \`/incident INC-${incident.number} action drop ${number} REASON\``;

/** Said to whoever reacted: what the message has become. `number`: of the action item; null for a factor. */
export const partMessage = (number: number | null, text: string): Message =>
  message(
    number === null
      ? `This message is a contributing factor of the postmortem now:\n${quote(text, 1500)}`
      : `This message is action item ${number} now:\n${quote(text, 1500)}\n\`/incident action ${number} owner @user\` says who does it, \`/incident action ${number} due 2030-01-31\` until when.`,
  );
