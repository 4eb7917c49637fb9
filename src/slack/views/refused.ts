import { isPerson } from '../../incident/people.ts';

/** Why nothing is announced that could be. */
export const NO_ANNOUNCEMENTS =
  'No announcement channel is set: an admin sets one with `/incident settings`, Channels and managers.';

/** In the incident's channel: somebody who has to do with it is not there. */
export const notInvitedText = (userId: string, code: string): string =>
  `:warning: Slack did not let me invite <@${userId}> (\`${code}\`). Invite them by hand, or give what they were to do to somebody else.`;

const WHY: Record<string, string> = {
  not_in_channel: 'I am not in it. Invite me there',
  channel_not_found: 'I cannot find it: it is private or gone. Invite me there, or have an admin set another',
  is_archived: 'it is archived. Take it out of the archive, or have an admin set another',
  restricted_action: 'only some people may post there. Allow me to, or have an admin set another',
};

/** Slack refused a message in a channel of the settings: why, and what helps. Ends without a stop. */
export const postRefusedText = (what: string, channelId: string, code: string): string =>
  `:warning: Slack did not let me post ${what} in <#${channelId}> (\`${code}\`): ${WHY[code] ?? 'an admin of the workspace may know why, or set another channel'}`;

/** In the incident's channel: what a person or another channel did not get. */
export const notSentText = (what: string, to: string, code: string): string =>
  isPerson(to)
    ? `:warning: Slack did not let me send <@${to}> ${what} (\`${code}\`). Tell them another way, or give what they were to do to somebody else.`
    : `${postRefusedText(what, to, code)}. The next one tries again.`;

/** In the incident's channel: what stakeholders did not get. */
export const notAnnouncedText = (what: string, channelId: string, code: string): string =>
  `${postRefusedText(what, channelId, code)}. The next \`/incident update\` tries again.`;
