import { editDistance } from '../time/editDistance.ts';
import { OPEN_STATUSES } from './lifecycle.ts';
import {
  MILESTONE_NAMES,
  MILESTONE_WORDS,
  MILESTONES,
  type Milestone,
  type MilestoneNames,
  milestoneNamed,
  milestoneWord,
} from './milestones.ts';

/** A thing that one types after `/incident`. Help, hints and the README's table come from this list. */
export interface Command {
  name: string;
  /** Other words for the same command. */
  aliases: readonly string[];
  usage: string;
  help: string;
  /** Whether it speaks of one incident: implied in its channel, elsewhere named (`INC-42`). */
  needsIncident: boolean;
}

const command = <Name extends string>(
  name: Name,
  usage: string,
  help: string,
  needsIncident = true,
  aliases: readonly string[] = [],
) => ({ name, aliases, usage, help, needsIncident });

export const COMMANDS = [
  command(
    'declare',
    'declare [sev2] [private] [test] [retrospective] TITLE [at TIME]',
    'Declare an incident at once; alone: a form. A severity’s own name stands before a colon: `critical: TITLE`.',
    false,
    ['new', 'open'],
  ),
  command('note', 'note [TIME] TEXT', 'Put a line on the timeline.', true, ['add', 'log']),
  command(
    'milestone',
    'milestone NAME[,NAME…] [TIME or #N] [TEXT]',
    'Put a line with milestones on the timeline, or mark line #N.',
  ),
  command('timeline', 'timeline [all]', 'Read the timeline. `all` shows retracted lines too.'),
  command('edit', 'edit #N TEXT', 'Change the text of a line.'),
  command('time', 'time #N TIME', 'Change when a line happened.'),
  command('retract', 'retract #N', 'Take a line off the timeline. It stays on record.', true, ['remove']),
  command('restore', 'restore #N', 'Bring a retracted line back.'),
  command('status', 'status investigating | identified | monitoring | resolved', 'Change the status.'),
  command(
    'severity',
    'severity SEV1 | SEV2 | SEV3 | SEV4 [REASON]',
    'Change the severity, by its key or its name.',
    true,
    ['sev'],
  ),
  command('lead', 'lead [@user]', 'Take the lead, or give it to somebody.'),
  command('role', 'role ROLE [@user]', 'Take a role of the settings, or give it to somebody.', true, [
    'roles',
  ]),
  command('title', 'title TEXT', 'Change the title.', true, ['rename']),
  command('service', 'service [add | remove] NAME[, NAME…]', 'Say which services are affected.', true, [
    'services',
  ]),
  command('region', 'region [add | remove] NAME[, NAME…]', 'Say which regions are affected.', true, [
    'regions',
  ]),
  command('customers', 'customers [SERVICE:] TEXT', 'Say how many customers are affected, and how.'),
  command(
    'impact',
    'impact from TIME to TIME | clear',
    'Set when there was impact. Several windows are possible.',
  ),
  command('tracker', 'tracker [URL | none]', 'Link the ticket in your own tracker. Alone: which one it is.'),
  command('summary', 'summary TEXT', 'Write the summary of the postmortem.'),
  command(
    'section',
    'section NAME TEXT',
    'Write a section: what-happened, root-cause, mitigation, resolution, verification, next-steps.',
  ),
  command(
    'update',
    'update [TEXT]',
    'Tell stakeholders: in the announcement channel, to subscribers, on the timeline. Without a text: a form.',
  ),
  command('factor', 'factor TEXT', 'Add a contributing factor.'),
  command(
    'action',
    'action TEXT [@owner] [due DATE] | done N | drop N REASON | undo N | N owner @user | N due DATE',
    'Add an action item, or change item N. Alone: a form.',
  ),
  command('resolve', 'resolve [TIME]', 'Close the incident. The postmortem draft follows.', true, ['close']),
  command('reopen', 'reopen', 'Open a resolved incident again. A new impact window begins.'),
  command('cancel', 'cancel [REASON]', 'Cancel an incident that was none.'),
  command('merge', 'merge INC-7', 'Merge this incident into another: its lines move there.'),
  command('relate', 'relate INC-7', 'Say that another incident has to do with this one.'),
  command(
    'postmortem',
    'postmortem [public]',
    'Make the draft anew and link it. `public`: get it without names and internal links.',
    true,
    ['draft'],
  ),
  command(
    'review',
    'review [@people] [MESSAGE]',
    'Send the postmortem to review. Without people: the managers, else the lead.',
  ),
  command('actions', 'actions [all]', 'Your open action items across incidents, or everybody’s.', false),
  command(
    'subscribe',
    'subscribe [SERVICE | sev1]',
    'Get declarations and updates as direct messages. Alone: what you get.',
    false,
  ),
  command('unsubscribe', 'unsubscribe SERVICE | sev1 | all', 'Get them no more.', false),
  command(
    'list',
    'list [all] [mine] [sev1] [service NAME]',
    'Incidents, the open ones unless you say `all`.',
    false,
  ),
  command('find', 'find TEXT', 'Search titles, services and timelines.', false, ['search']),
  command('settings', 'settings', 'Settings of the workspace, for its admins.', false),
  command('help', 'help', 'What applies here.', false),
] as const satisfies readonly Command[];

export type CommandName = (typeof COMMANDS)[number]['name'];

/** What is typed during most incidents: help shows it first. */
export const COMMON: readonly CommandName[] = [
  'declare',
  'note',
  'milestone',
  'timeline',
  'status',
  'severity',
  'lead',
  'update',
  'action',
  'resolve',
  'list',
];

/** What was typed after `/incident`, taken apart but not yet understood further. */
export type Typed =
  | {
      kind: 'command';
      name: CommandName;
      incident: number | null;
      rest: string;
      /** What follows the command with the reference that stood there: in an incident's channel that is text. */
      said?: string;
      milestone?: Milestone;
    }
  | { kind: 'unknown'; word: string; near: string | null };

const REFERENCE = /^INC-(\d{1,9})(?=\s|$)\s*/i;

/**
 * Takes apart the text of a slash command. The incident may be named before or after the command
 * (`INC-42 note …`, `note INC-42 …`; the latter only where no incident is implied). A milestone's own word, or the
 * workspace's name for it (`names`), reads as `milestone` with that milestone.
 */
export function parseCommand(text: string, names: MilestoneNames = MILESTONE_NAMES): Typed {
  let rest = text.trim();
  let incident: number | null = null;
  const takeReference = () => {
    const found = REFERENCE.exec(rest);
    if (!found || incident !== null) return;
    incident = Number(found[1]);
    rest = rest.slice(found[0].length);
  };
  takeReference();
  const whole = /^\S*/.exec(rest)?.[0] ?? '';
  // `detected,first-report 14:05`: the list of milestones goes on in `rest`.
  const listed = /^[^\s,]+(?=,)/.exec(whole)?.[0];
  const inList = listed === undefined ? undefined : milestoneNamed(listed, names);
  const word = inList && listed ? listed : whole;
  const name = word.toLowerCase().replaceAll('_', '-');
  rest = rest.slice(word.length).trimStart();
  if (word === '') return { kind: 'command', name: 'help', incident, rest };
  const found = inList ? undefined : COMMANDS.find((one) => one.name === name || one.aliases.includes(name));
  const milestone = found ? undefined : milestoneNamed(name, names);
  if (!found && !milestone) return { kind: 'unknown', word, near: nearest(name, names) };
  const said = rest;
  // Their argument is another incident, never the one that they speak of.
  const another = found?.name === 'merge' || found?.name === 'relate';
  if (!another && (!found || found.needsIncident)) takeReference();
  return {
    kind: 'command',
    name: found?.name ?? 'milestone',
    incident,
    rest,
    ...(said !== rest && { said }),
    ...(milestone && { milestone }),
  };
}

function nearest(word: string, names: MilestoneNames): string | null {
  // These have no command of their own.
  const status = OPEN_STATUSES.find((one) => one === word);
  if (status) return `status ${status}`;
  const words = [
    ...COMMANDS.flatMap((one) => [one.name, ...one.aliases]),
    ...MILESTONES.flatMap((key) => [MILESTONE_WORDS[key].command, milestoneWord(key, names)]),
  ];
  const ranked = words.map((one) => ({ one, steps: editDistance(word.slice(0, 40), one) }));
  const best = ranked.reduce((a, b) => (b.steps < a.steps ? b : a));
  return best.steps <= Math.max(1, Math.floor(best.one.length / 3)) ? best.one : null;
}
