import type { Incident } from '../../incident/types.ts';
import type { Instant } from '../../time/types.ts';
import { ACTIONS } from '../ids.ts';
import { button, buttons, type Message, message } from './blocks.ts';
import { timeForAll } from './words.ts';

/** Says a day ahead that the channel goes to the archive. */
export const archiveNotice = ({ id, number, status }: Incident, at: Instant): Message =>
  message(
    `:file_cabinet: INC-${number} is ${status}. This channel goes to the archive ${timeForAll(at)}: nobody can write here then, everything stays readable.`,
    ...buttons([button(ACTIONS.keepChannel, 'Keep this channel', id)]),
  );

export const channelKeptText = ({ number }: Incident): string =>
  `The channel of INC-${number} stays as it is. I do not archive it.`;

/** Slack refused the archiving. */
export const notArchivedText = (code: string): string =>
  `Slack did not let me archive this channel (${code}). Whoever may archive channels can do it in the channel’s settings.`;

/** To whoever opened an incident again whose channel stays in the archive. */
export const stillArchivedText = ({ number }: Incident, channel: string, code: string): string =>
  [
    `*INC-${number}* is open again, but Slack did not let me take its channel <#${channel}> out of the archive (${code}).`,
    'Open the channel, choose “Unarchive channel” in its settings, and invite me again if I am gone. I then bring it up to date.',
    `Until then name the incident: \`/incident INC-${number} note …\` works anywhere.`,
  ].join('\n');
