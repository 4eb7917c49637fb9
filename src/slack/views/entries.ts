import type { Button, ModalView } from '@slack/types';
import { isOpen } from '../../incident/lifecycle.ts';
import type { Entry, Mark, Names } from '../../incident/types.ts';
import type { Noted } from '../../usecases/note.ts';
import type { Retimed } from '../../usecases/retime.ts';
import { ACTIONS } from '../ids.ts';
import { clip, quote, safe } from '../mrkdwn.ts';
import { button, buttons, context, type Message, message, section } from './blocks.ts';
import { heading } from './inputs.ts';
import { label, labels, type Reader, timeFor, timeForAll } from './words.ts';

/** Reply to whoever put a line on the timeline or marked one. */
export function notedReply(noted: Noted, reader: Reader): Message {
  const { entry, incident, marked, notes } = noted;
  const offerClose = offersClose(noted);
  const text = [
    `*#${entry.number}* on the timeline of INC-${incident.number}: *${timeFor(entry.occurredAt, reader, entry.precision)}*`,
    quote(entry.text, 1500),
    ...(marked.length > 0 ? [`Marks: ${labels(marked, reader.names)}`] : []),
    ...notes,
    ...(noted.twin === undefined
      ? []
      : [
          `You put the same there a moment ago: *#${noted.twin}*. If once was enough, retract one of the two.`,
        ]),
    ...heldLines(noted.held, reader.names),
    ...(offerClose ? [STILL_OPEN] : []),
  ].join('\n');
  return message(
    text,
    ...buttons([
      ...(offerClose ? [closeButton(incident.number)] : []),
      ...entryButtons(entry),
      ...noted.held.map((mark) => moveButton(mark, entry.id, reader.names)),
    ]),
  );
}

// DESIGN: on an entry `resolved` only marks, and offers to close.
const offersClose = ({ marked, incident }: Noted): boolean =>
  marked.includes('resolved') && isOpen(incident.status);

const STILL_OPEN = 'The incident is still open. Close it too?';

const closeButton = (incidentNumber: number): Button =>
  button(ACTIONS.close, `Resolve INC-${incidentNumber}`, String(incidentNumber), 'primary');

const heldLines = (held: readonly Mark[], names: Names): string[] =>
  held.map(
    (mark) =>
      `*${label(mark.milestone, names)}* stays where <@${mark.markedBy}> marked it. Only one line can carry it.`,
  );

const moveButton = (mark: Pick<Mark, 'milestone'>, entryId: string, { milestones }: Names): Button =>
  button(`${ACTIONS.moveMark}_${mark.milestone}`, `Move ${milestones[mark.milestone]} here`, entryId);

/** In place of a form: the line is stored, and what stands elsewhere has its buttons. Null: nothing does. */
export function notedModal(noted: Noted, names: Names): ModalView | null {
  const { entry, incident, held } = noted;
  const offerClose = offersClose(noted);
  if (held.length === 0) return null;
  const lines = [
    `*#${entry.number}* is on the timeline.`,
    ...heldLines(held, names),
    ...(offerClose ? [STILL_OPEN] : []),
  ];
  return {
    type: 'modal',
    title: heading(`INC-${incident.number}`),
    close: heading('Leave it'),
    blocks: [
      section(lines.join('\n')),
      ...buttons([
        ...(offerClose ? [closeButton(incident.number)] : []),
        ...held.map((mark) => moveButton(mark, entry.id, names)),
      ]),
    ],
  };
}

const entryButtons = (entry: Pick<Entry, 'id'>): Button[] => [
  button(ACTIONS.retimeOpen, 'Change time', entry.id),
  button(ACTIONS.editOpen, 'Change text', entry.id),
  button(ACTIONS.retract, 'Retract', entry.id),
];

export function retimedReply({ entry, before, notes }: Retimed, reader: Reader): Message {
  const was = timeFor(before.occurredAt, reader, before.precision);
  const now = timeFor(entry.occurredAt, reader, entry.precision);
  const text = [
    `*#${entry.number}* happened at *${now}* (before: ${was})`,
    quote(entry.text, 500),
    ...notes,
  ].join('\n');
  return message(text, ...buttons([button(ACTIONS.retimeOpen, 'Change time', entry.id)]));
}

/** Said to whoever reacted: which line the message is, and what could not be marked. */
export function capturedMessage(
  entry: Entry,
  marks: readonly Mark[],
  held: readonly Mark[],
  reader: Reader,
  { offer, incident, elsewhere }: { offer: boolean; incident: number; elsewhere: boolean },
): Message {
  const text = [
    `*#${entry.number}* on the timeline${elsewhere ? ` of INC-${incident}` : ''}: *${timeFor(entry.occurredAt, reader, entry.precision)}*`,
    ...(entry.text ? [quote(entry.text, 500)] : []),
    ...(marks.length > 0
      ? [
          `Marks: ${labels(
            marks.map((mark) => mark.milestone),
            reader.names,
          )}`,
        ]
      : []),
    ...heldLines(held, reader.names),
    ...(offer ? [STILL_OPEN] : []),
    `Wrong time? \`/incident ${elsewhere ? `INC-${incident} ` : ''}time #${entry.number} 14:05\``,
  ].join('\n');
  const close = offer ? [closeButton(incident)] : [];
  return message(
    text,
    ...buttons([
      ...close,
      ...entryButtons(entry),
      ...held.map((mark) => moveButton(mark, entry.id, reader.names)),
    ]),
  );
}

/**
 * The bot's line in the channel that stands for an entry which has no message of its own. `elsewhere`: number of the
 * incident that has it, where that is not the channel's.
 */
export function entryLine(
  entry: Entry,
  marks: readonly Mark[],
  names: Names,
  elsewhere: number | null = null,
): Message {
  const icon = marks.length > 0 ? ':round_pushpin:' : ':pushpin:';
  const milestones = marks.map(
    (mark) => `*${label(mark.milestone, names)}*${mark.provenance === 'inferred' ? ' (inferred)' : ''}`,
  );
  const when = timeForAll(entry.occurredAt, entry.precision);
  const head = `${icon} *${elsewhere === null ? '' : `INC-${elsewhere} `}#${entry.number}* · ${when}${milestones.length > 0 ? ` · ${milestones.join(', ')}` : ''}`;
  if (entry.retractedAt !== null)
    return message(`~${clip(head, 200)}~\nretracted: ${clip(safe(entry.text), 500)}`);
  return message(
    `${head}\n${clip(safe(entry.text), 2600)}`,
    context(
      `by <@${entry.authorId ?? entry.capturedBy}>${entry.movedFrom ? ` · was ${entry.movedFrom}` : ''}`,
    ),
  );
}
