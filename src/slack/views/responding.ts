import type { InputBlock, ModalView } from '@slack/types';
import { OPEN_STATUSES } from '../../incident/lifecycle.ts';
import { MILESTONES } from '../../incident/milestones.ts';
import { severityWords } from '../../incident/settings.ts';
import { type Incident, type Names, SEVERITIES } from '../../incident/types.ts';
import type { Instant } from '../../time/types.ts';
import type { ImpactEnd } from '../../usecases/resolve.ts';
import { CALLBACKS } from '../ids.ts';
import { clip, safe } from '../mrkdwn.ts';
import { context, type Message, message, section } from './blocks.ts';
import { modal, option, TIME_HINT, textInput, words } from './inputs.ts';
import { type Reader, timeFor } from './words.ts';

const timeInput = (labelText: string, empty: string): InputBlock =>
  textInput({
    id: 'time',
    label: labelText,
    hint: `Empty: ${empty}. ${TIME_HINT}`,
    optional: true,
    longest: 200,
  });

const select = <Value extends string>(
  id: string,
  labelText: string,
  values: readonly Value[],
  initial: Value,
  text: (value: Value) => string = (value) => value,
): InputBlock => ({
  type: 'input',
  block_id: id,
  label: words(labelText),
  element: {
    type: 'static_select',
    action_id: id,
    initial_option: option(initial, text(initial)),
    options: values.map((one) => option(one, text(one))),
  },
});

/** "Add a note" on the headline. */
export const noteModal = (incident: Incident): ModalView =>
  modal(CALLBACKS.note, `Note on INC-${incident.number}`, 'Add', incident.id, [
    textInput({ id: 'text', label: 'What happened', multiline: true }),
    timeInput('When', 'now'),
  ]);

/** "Mark a milestone" on the headline. */
export const milestoneModal = (incident: Incident, { milestones }: Names): ModalView =>
  modal(CALLBACKS.milestone, `Milestone of INC-${incident.number}`, 'Mark', incident.id, [
    {
      type: 'input',
      block_id: 'milestone',
      label: words('Milestone'),
      element: {
        type: 'static_select',
        action_id: 'milestone',
        options: MILESTONES.map((key) => option(key, milestones[key])),
      },
    },
    timeInput('When', 'now'),
    textInput({ id: 'text', label: 'What happened', optional: true, multiline: true }),
  ]);

/** "Status and severity" on the headline. What is seen comes back, so that a change in between is noticed. */
export const stateModal = ({ id, number, status, severity }: Incident, names: Names): ModalView =>
  modal(
    CALLBACKS.state,
    `State of INC-${number}`,
    'Change',
    JSON.stringify({ id, seen: { status, severity } }),
    [
      select('status', 'Status', OPEN_STATUSES, status),
      select('severity', 'Severity', SEVERITIES, severity, (one) => severityWords(one, names)),
      textInput({ id: 'reason', label: 'Why the severity changes', optional: true, longest: 1000 }),
      context('“Resolve” on the headline closes the incident.'),
    ],
  );

/** "Resolve" on the headline: when the impact ended, where there is more than one answer. */
export const resolveModal = (incident: Incident, ends: readonly ImpactEnd[], reader: Reader): ModalView => {
  // One line may carry both milestones.
  const endLabel = (entryId: string, at: Instant) =>
    `${ends
      .filter((end) => end.entryId === entryId)
      .map(({ milestone }) => reader.names.milestones[milestone])
      .join(', ')} · ${timeFor(at, reader)}`;
  const lines = [...new Map(ends.map((end) => [end.entryId, end.at]))];
  const choices = [
    option('now', 'Now'),
    ...lines.map(([entryId, at]) => option(entryId, endLabel(entryId, at))),
  ];
  return modal(CALLBACKS.resolve, `Resolve INC-${incident.number}`, 'Resolve', incident.id, [
    section(`*${clip(safe(incident.title), 300)}*\nThe postmortem draft follows in its channel.`),
    ...(ends.length === 0
      ? []
      : [
          {
            type: 'input' as const,
            block_id: 'end',
            label: words('When did the impact end?'),
            element: {
              type: 'radio_buttons' as const,
              action_id: 'end',
              initial_option: choices[0] ?? option('now', 'Now'),
              options: choices,
            },
          },
        ]),
    timeInput('Resolved at', ends.length === 0 ? 'now' : 'as chosen above'),
  ]);
};

/** Reply to "Take the lead". */
export const leadTakenReply = ({ number }: Incident): Message => message(`You lead INC-${number}.`);

/** Reply to "Join as …". */
export const roleTakenReply = ({ number }: Incident, role: string): Message =>
  message(`You are *${safe(role)}* of INC-${number}.`);

/** Said in the channel when a role changes hands. */
export const handoverText = (role: string, userId: string, before: string | null): string => {
  const name = role === 'lead' ? 'leads' : `is *${safe(role)}*`;
  return `:bust_in_silhouette: <@${userId}> ${name} now${before ? ` (before: <@${before}>)` : ''}.`;
};

/** Said in both channels of a merge. A private one is named by its number only. */
export function mergedText(other: Incident, moved: number, here: boolean): string {
  const name = `INC-${other.number}${other.private ? '' : ` ${clip(safe(other.title), 300)}`}`;
  const where = other.channelId ? ` (<#${other.channelId}>)` : '';
  const lines = moved === 1 ? '1 line' : `${moved} lines`;
  return here
    ? `:twisted_rightwards_arrows: *${name}*${where} was merged into this incident: ${lines} came in, with the links to their messages.`
    : `:twisted_rightwards_arrows: This incident was merged into *${name}*${where}, and ${lines} went with it. Please go on there. Reactions here still reach its timeline; commands do not.`;
}
