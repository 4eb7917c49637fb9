/** Slack: a channel's name has at most 80 characters, lower case letters, digits, hyphens and underscores. */
const LONGEST = 80;

/**
 * The name of an incident's channel: `inc-42-provisioning-invites`. `attempt` (from 0) is the number of names
 * found taken before. Slack documents lower case letters, digits, hyphens and underscores only, so accents fall
 * away and other scripts are left out; the title itself stands in the topic and the headline.
 */
export function channelName(number: number, title: string, attempt = 0): string {
  const slug = title
    .replace(/&(amp|lt|gt);/g, ' ')
    .replace(/<[@#!][^<>]*>|<(?:https?:\/\/|mailto:)[^<>]*>/g, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const tail = attempt === 0 ? '' : `-${attempt + 1}`;
  const whole = `inc-${number}-${slug}`.slice(0, Math.min(60, LONGEST - tail.length));
  return whole.replace(/-+/g, '-').replace(/-$/, '') + tail;
}
