import type { Entry, Incident, Names } from '../../incident/types.ts';
import type { Merged } from '../../usecases/merge.ts';
import { addressLink, clip, quote, safe } from '../mrkdwn.ts';
import { type Message, message } from './blocks.ts';
import { leftOutText } from './draft.ts';
import { labels, severityText } from './words.ts';

// Replies to whoever changed one thing, by command or button.

export const statusReply = ({ number, status }: Incident): Message =>
  message(`*INC-${number}* is now *${status}*.`);

export const severityReply = ({ number, severity }: Incident, names: Names): Message =>
  message(`*INC-${number}* is now *${severityText(severity, names)}*.`);

export const roleReply = ({ number }: Incident, role: string, userId: string): Message =>
  message(`<@${userId}> is *${safe(role.toLowerCase())}* of INC-${number}.`);

export const leadReply = ({ number, leadId }: Incident): Message =>
  message(`<@${leadId}> leads INC-${number}.`);

export const titleReply = ({ number, title }: Incident): Message =>
  message(`INC-${number} is now called *${safe(title)}*. Its channel keeps its name.`);

export function trackerReply({ number, tracker }: Incident, changed: boolean): Message {
  if (tracker) return message(`The tracker of INC-${number} is ${addressLink(tracker)}.`);
  return message(
    changed
      ? `INC-${number} links no tracker any more.`
      : `INC-${number} links no tracker. \`/incident INC-${number} tracker URL\` sets it.`,
  );
}

const listed = (names: string[]): string => clip(names.map(safe).join(', '), 2000) || 'none';

export const servicesReply = ({ number, services }: Incident): Message =>
  message(`Services of INC-${number}: ${listed(services)}.`);

export const regionsReply = ({ number, regions }: Incident): Message =>
  message(`Regions of INC-${number}: ${listed(regions)}.`);

/** `hidden`: the workspace's drafts leave the section out. */
export function customersReply(
  { service, text }: { service: string; text: string },
  hidden: boolean,
): Message {
  const said = `Customers affected${service && ` (${safe(service)})`}:\n${quote(text, 1500)}`;
  return message(hidden ? `${said}\n${leftOutText('customers')}` : said);
}

export const reopenedReply = ({ number }: Incident): Message =>
  message(
    `*INC-${number}* is open again, and a new impact window begins now. Did it begin earlier? \`/incident impact clear\`, then \`/incident impact from … to …\` for each.`,
  );

export const canceledReply = ({ number }: Incident): Message =>
  message(`*INC-${number}* is canceled. Its timeline stays; \`/incident reopen\` takes this back.`);

export const mergedReply = ({ from, into, moved, collided }: Merged, names: Names): Message =>
  message(
    [
      `*INC-${from.number}* is merged into *INC-${into.number}* ${clip(safe(into.title), 300)}. Lines moved: ${moved}.`,
      ...(collided.length > 0
        ? [`Marked there already, and left as they are there: ${labels(collided, names)}.`]
        : []),
    ].join('\n'),
  );

export const relatedReply = ({ number }: Incident, other: Incident): Message =>
  message(`*INC-${number}* and *INC-${other.number}* ${clip(safe(other.title), 300)} are related now.`);

export const editedReply = ({ number, text }: Entry, before: Pick<Entry, 'text'>): Message =>
  message(`*#${number}* now reads:\n${quote(text, 1200)}\nBefore:\n${quote(before.text, 1200)}`);

export const retractedReply = ({ number, text }: Entry): Message =>
  message(
    `*#${number}* is off the timeline and stays on record.\n${quote(text, 1200)}\n\`/incident restore #${number}\` brings it back.`,
  );

export const restoredReply = ({ number, text }: Entry): Message =>
  message(
    `*#${number}* is on the timeline again. Milestones that it had must be marked anew.\n${quote(text, 1200)}`,
  );
