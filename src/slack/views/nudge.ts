import type { Button, InputBlock, ModalView } from '@slack/types';
import type { Milestone } from '../../incident/milestones.ts';
import { isPerson } from '../../incident/people.ts';
import type { ExpectationKey } from '../../incident/reminders.ts';
import type { Policy } from '../../incident/settings.ts';
import type { Incident, Names } from '../../incident/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import { MOST_CALLED } from '../../usecases/callPeople.ts';
import type { Nudge } from '../../usecases/types.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { clip, safe } from '../mrkdwn.ts';
import { button, buttons, type Message, message } from './blocks.ts';
import { modal, option, textInput, words } from './inputs.ts';
import { label, severityText, timeForAll } from './words.ts';

export interface NudgeState {
  incident: Incident;
  nudge: Nudge;
  /** What it reminds of and is still missing. */
  missing: readonly ExpectationKey[];
  policy: Policy;
  /** Slack users and user groups who are called after the lead. */
  escalation: readonly string[];
  /** What came of calling them, where that is to be said. */
  contacts: Contacts | null;
  /** In the channel, since Slack takes no direct message to its person. */
  diverted: boolean;
  names: Names;
}

/** Who is called one by one, and who cannot be. */
export interface Contacts {
  called: readonly string[];
  /** They may not see the incident, so that they are told nothing. */
  barred: readonly string[];
  /** User groups whose members Slack did not name, with its word why. */
  unknown: { usergroup: string; code: string }[];
  /** How many more people there are than are called at once. */
  left: number;
}

/** A reminder, whole from its state: what is late, what came meanwhile, what somebody answered. */
export function nudgeMessage(state: NudgeState): Message {
  const { incident, nudge, missing, policy, escalation, contacts, diverted, names } = state;
  // In a direct message no incident is implied, nor is its channel at hand.
  const isDirect = isPerson(nudge.to) && !diverted;
  const place = isDirect && incident.channelId ? ` · <#${incident.channelId}>` : '';
  const name = `*INC-${incident.number}* ${clip(safe(incident.title), 200)}${place}`;
  const calls = diverted
    ? `:warning: Slack takes no direct message to <@${nudge.to}>. Reach them another way, or ask somebody else:`
    : nudge.stage !== 'escalation'
      ? ''
      : isDirect
        ? ':rotating_light: You are an escalation contact, and called now:'
        : escalation
            .filter((id) => !contacts?.barred.includes(id))
            .map(mention)
            .join(' ');
  const lines = nudge.keys.map((key) =>
    missing.includes(key)
      ? `:hourglass: ${lateText(key, incident, policy, names, isDirect)}`
      : `:ballot_box_with_check: ${nameOf(key, names)}: no longer late.`,
  );
  const { answer } = nudge;
  const said = answer ? [`_${ANSWERS[answer.kind]} by <@${answer.by}>, ${timeForAll(answer.at)}._`] : [];
  const text = [calls ? `${calls} ${name}` : name, ...lines, ...notCalled(contacts), ...said].join('\n');
  return message(
    text,
    ...buttons(answer || missing.length === 0 ? [] : nudgeButtons(incident, nudge, missing)),
  );
}

/** Slack tells of a mention those only who are in the channel: who was not called by direct message, and what helps. */
function notCalled(contacts: Contacts | null): string[] {
  if (!contacts) return [];
  const { barred, unknown, left } = contacts;
  const groups = unknown.map(({ usergroup }) => `\`${usergroup}\``).join(', ');
  const codes = [...new Set(unknown.map(({ code }) => code))];
  const help = codes.includes('missing_scope')
    ? 'An admin can install me again with the scope `usergroups:read`'
    : 'An admin can name people in their place: `/incident settings`, Channels and managers';
  return [
    ...(barred.length > 0 ? [`I may not call ${barred.map(mention).join(' ')} here: invite them.`] : []),
    ...(unknown.length > 0
      ? [
          `Slack did not tell me who is in the user group ${groups} (\`${codes.join('`, `')}\`), so I could not call its members one by one: only those in this channel notice. ${help}.`,
        ]
      : []),
    ...(left > 0
      ? [`I call ${MOST_CALLED} people at once: ${left} more of the user group are not called.`]
      : []),
  ];
}

const ANSWERS = { snoozed: 'Put off for 15 minutes', dismissed: 'Dismissed', done: 'Settled' };

const mention = (id: string): string => (id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`);

function lateText(
  key: ExpectationKey,
  incident: Incident,
  policy: Policy,
  names: Names,
  isDirect: boolean,
): string {
  const severity = severityText(incident.severity, names);
  if (key === 'lead')
    return `Nobody leads yet: at ${severity} somebody should within ${within(policy.leadWithin)}.`;
  if (key === 'update')
    return `Stakeholders are due an update: \`/incident ${isDirect ? `INC-${incident.number} ` : ''}update TEXT\`.`;
  return `*${label(key, names)}* is late: at ${severity} it is expected within ${within(policy.milestones[key])}.`;
}

const within = (minutes: number | null | undefined): string => formatMinutes(minutes ?? 0);

const nameOf = (key: ExpectationKey, names: Names): string =>
  key === 'lead' ? 'Lead' : key === 'update' ? 'Update for stakeholders' : label(key, names);

function nudgeButtons(incident: Incident, nudge: Nudge, missing: readonly ExpectationKey[]): Button[] {
  const done = missing.some((key) => key !== 'lead' && key !== 'update');
  return [
    ...(done ? [button(ACTIONS.nudgeDone, 'Done at …', nudge.id, 'primary')] : []),
    ...(missing.includes('lead') ? [button(ACTIONS.lead, 'Take the lead', incident.id, 'primary')] : []),
    button(ACTIONS.nudgeSnooze, 'Snooze 15 min', nudge.id),
    button(ACTIONS.nudgeDismiss, 'Dismiss', nudge.id),
  ];
}

export const snoozedReply = ({ number }: Incident): Message =>
  message(`I ask again in 15 minutes about INC-${number}.`);

export const dismissedReply = ({ number }: Incident): Message =>
  message(`Dismissed: I do not ask about this again. INC-${number} has on record that you did.`);

/** "Done at …": which milestone, where there are several, and when. */
export function nudgeDoneModal(nudgeId: string, milestones: readonly Milestone[], names: Names): ModalView {
  const options = milestones.map((key) => option(key, names.milestones[key]));
  const [first = option('none')] = options;
  const milestone: InputBlock = {
    type: 'input',
    block_id: 'milestone',
    label: words('Milestone'),
    element: { type: 'static_select', action_id: 'milestone', initial_option: first, options },
  };
  return modal(CALLBACKS.nudgeDone, 'Done at …', 'Record it', nudgeId, [
    milestone,
    textInput({
      id: 'time',
      label: 'When it was done',
      initial: 'now',
      hint: '14:05, 2:05pm, 10m ago, 2025-09-23 19:53 UTC. Read in your time zone unless you name one.',
      longest: 200,
    }),
  ]);
}
