/** In the incident's channel: somebody who has to do with it is not there. */
export const notInvitedText = (userId: string, code: string): string =>
  `:warning: Slack did not let me invite <@${userId}> (\`${code}\`). Invite them by hand, or give what they were to do to somebody else.`;
