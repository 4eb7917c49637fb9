import { COMMANDS, COMMON, type CommandName } from '../../incident/commands.ts';
import {
  MILESTONE_NAMES,
  MILESTONE_WORDS,
  MILESTONES,
  type MilestoneNames,
  milestoneWord,
} from '../../incident/milestones.ts';
import type { Settings } from '../../incident/settings.ts';
import type { Names } from '../../incident/types.ts';
import { clip, code, escapeText } from '../mrkdwn.ts';
import { type Message, pack, section } from './blocks.ts';

/** What one can type; `here`: in an incident's channel, where the incident is implied. What is used most stands first. */
export function helpReply(
  here: number | null,
  emoji: Settings['emoji'],
  { milestones: names }: Names,
): Message {
  const common = COMMANDS.filter(isCommon).filter((one) => one.needsIncident || here === null);
  const others = COMMANDS.filter((one) => !common.includes(one));
  const own = others.filter((one) => one.needsIncident).map(line);
  const free = others.filter((one) => !one.needsIncident).map(line);
  const first =
    here === null
      ? '*Most used* (those for an incident in its channel, or name it: `/incident INC-42 note …`)'
      : `*Most used here, for INC-${here}*`;
  const times =
    '\n*Times*: `14:05`, `2:05pm`, `10m ago`, `yesterday 23:50 Berlin`, `2025-09-23 19:53 UTC`, a message link, `#12 + 5m`. Read in your Slack time zone unless you name one.';
  const renamed = MILESTONES.filter((key) => names[key] !== MILESTONE_NAMES[key]).map(
    (key) => `${code(milestoneWord(key, names))} (${MILESTONE_WORDS[key].command})`,
  );
  const typed = renamed.length > 0 ? ` Also typed here: ${renamed.join(', ')}.` : '';
  const marks = `*Milestones* have commands of their own: \`/incident root-cause 14:05 Bad config\`.${typed}`;
  const rest = ['\n*More for an incident*', ...own, '\n*Everywhere*', ...free];
  return {
    text: 'What you can type',
    blocks: pack([first, ...common.map(line), times, marks, ...reactionsLine(emoji, names), ...rest]).map(
      section,
    ),
  };
}

const isCommon = ({ name }: { name: CommandName }): boolean => COMMON.includes(name);

const line = ({ usage, help }: { usage: string; help: string }): string => `\`/incident ${usage}\` ${help}`;

/** What the workspace's emoji do to a message; no line where it has none. */
function reactionsLine(emoji: Settings['emoji'], names: MilestoneNames): string[] {
  const uses: [string | undefined, string][] = [
    [emoji.timeline[0], 'puts it on the timeline'],
    [emoji.action[0], 'makes an action item'],
    [emoji.factor[0], 'makes a contributing factor'],
    ...MILESTONES.map((key): [string | undefined, string] => [
      emoji.milestones[key][0],
      escapeText(names[key]),
    ]),
  ];
  const set = uses.flatMap(([name, use]) => (name === undefined ? [] : [`:${name}: ${use}`]));
  return set.length > 0 ? [clip(`*Reactions* on a message: ${set.join(', ')}.`, 2500)] : [];
}
