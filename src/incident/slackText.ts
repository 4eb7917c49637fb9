/** Plain text as Slack would send it: its three characters escaped. */
export const slackText = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
