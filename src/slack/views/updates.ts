import type { ModalView } from '@slack/types';
import { severityNamed } from '../../incident/arguments.ts';
import type { Incident, IncidentRecord, Names } from '../../incident/types.ts';
import type { Given } from '../../usecases/giveUpdate.ts';
import type { StakeholderUpdate, Subscription } from '../../usecases/types.ts';
import { CALLBACKS } from '../ids.ts';
import { clip, quote, safe } from '../mrkdwn.ts';
import { type Message, message } from './blocks.ts';
import { announcement } from './headline.ts';
import { modal, option, textInput, words } from './inputs.ts';
import { NO_ANNOUNCEMENTS } from './refused.ts';
import { type Reader, severityText, timeFor, timeForAll } from './words.ts';

/** Minutes until the next update, as they are offered. */
const NEXT: [string, string][] = [
  ['15', 'in 15 minutes'],
  ['30', 'in 30 minutes'],
  ['60', 'in an hour'],
  ['120', 'in 2 hours'],
  ['240', 'in 4 hours'],
  ['1440', 'in a day'],
];

/** "Update for stakeholders": what is known, the impact, when they hear more. */
export const updateModal = (incidentId: string, number: number): ModalView =>
  modal(CALLBACKS.update, `Update on INC-${number}`, 'Tell them', incidentId, [
    textInput({ id: 'text', label: 'What we know', multiline: true }),
    textInput({ id: 'impact', label: 'Impact', optional: true, multiline: true }),
    {
      type: 'input',
      block_id: 'next',
      optional: true,
      label: words('Next update'),
      element: {
        type: 'static_select',
        action_id: 'next',
        placeholder: words('As the severity asks for it'),
        options: NEXT.map(([minutes, text]) => option(minutes, text)),
      },
    },
  ]);

/** An update as stakeholders read it. */
export function updateMessage(incident: Incident, update: StakeholderUpdate, names: Names): Message {
  const text = [
    `:loudspeaker: *Update ${update.number} on INC-${incident.number}* · ${severityText(incident.severity, names)} · ${incident.status}`,
    clip(safe(update.text), 1500),
    ...(update.impact ? [`*Impact*: ${clip(safe(update.impact), 800)}`] : []),
    ...(update.nextBy === null ? [] : [`Next update by ${timeForAll(update.nextBy)}.`]),
    `_<@${update.by}>, ${timeForAll(update.at)}_`,
  ].join('\n');
  return message(text);
}

/** Reply to whoever gave the update: who was told. */
export function givenReply(given: Given, reader: Reader): Message {
  const { incident, update } = given;
  const who = toldText(given);
  const next =
    update.nextBy === null ? [] : [`Next update by *${timeFor(update.nextBy, reader)}*: I ask you then.`];
  return message(
    [
      `Update ${update.number} is on the timeline of INC-${incident.number}. ${who}`,
      quote(update.text, 1500),
      ...next,
    ].join('\n'),
  );
}

function toldText({ to, subscribers }: Pick<Given, 'to' | 'subscribers'>): string {
  const people = subscribers === 1 ? '1 subscriber' : `${subscribers} subscribers`;
  switch (to.kind) {
    case 'channel':
      return `It goes to the announcement channel${subscribers > 0 ? ` and to ${people}` : ''}.`;
    case 'nowhere':
      return `${subscribers > 0 ? `It goes to ${people} and nowhere else` : 'Nobody outside is told'}. ${NO_ANNOUNCEMENTS}`;
    default:
      return 'The incident is private or a test, so nobody outside is told.';
  }
}

/** What a subscriber gets: the declaration, or an update. */
export function subscriberMessage(record: IncidentRecord, update: StakeholderUpdate | null): Message {
  const { incident } = record;
  if (!update) return announcement(record);
  const { text } = updateMessage(incident, update, record.names);
  return message(`${clip(safe(incident.title), 250)}\n${text}`);
}

/** What somebody is subscribed to. */
export function subscriptionsReply(subscriptions: Subscription[], names: Names): Message {
  if (subscriptions.length === 0)
    return message(
      'You have no subscriptions. `/incident subscribe SERVICE` or `/incident subscribe sev1` adds one.',
    );
  const lines = subscriptions.map(({ kind, value }) => {
    const severity = kind === 'severity' && severityNamed(value);
    return severity
      ? `• ${severityText(severity, names)}${severity === 'SEV1' ? '' : ' and worse'}`
      : `• ${safe(value)}`;
  });
  return message(
    clip(
      [
        'You get declarations and updates by direct message for:',
        ...lines,
        '`/incident unsubscribe …` ends one.',
      ].join('\n'),
      2900,
    ),
  );
}
