import type { KnownBlock } from '@slack/types';
import { isOpen } from '../../incident/lifecycle.ts';
import type { Settings } from '../../incident/settings.ts';
import type { IncidentRecord, Names } from '../../incident/types.ts';
import type { Facts } from '../../postmortem/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import { ACTIONS } from '../ids.ts';
import { addressLink, clip, escapeText, plain, safe } from '../mrkdwn.ts';
import { button, buttons, context, fields, header, LIMITS, type Message, section } from './blocks.ts';
import { impactSpan, label, severityText, timeForAll } from './words.ts';

/**
 * The incident's headline message, whole from its state. An open impact says since when; a closed one how long.
 * Of the settings it takes the roles (buttons offer those that nobody has) and the emoji that makes a line.
 */
export function headline(
  record: IncidentRecord,
  facts: Facts,
  page: { url: string; published: boolean } | null,
  { roles, emoji }: Pick<Settings, 'roles' | 'emoji'>,
): Message {
  const { incident } = record;
  const name = `INC-${incident.number} ${plain(incident.title)}`;
  const badges = [
    incident.test && 'TEST',
    incident.private && 'private',
    incident.retrospective && 'retrospective',
  ];
  const severity = severityText(incident.severity, record.names);
  const line = [severity, incident.status, ...badges.filter(Boolean)].join(' · ');
  const facing = [
    `*Lead*\n${incident.leadId ? `<@${incident.leadId}>` : 'nobody yet'}`,
    `*Roles*\n${holders(record)}`,
    `*Impact*\n${impactText(facts)}`,
    `*Services*\n${list(incident.services)}`,
    `*Regions*\n${list(incident.regions)}`,
    `*Customers*\n${customers(record)}`,
    `*Declared*\n<@${incident.declaredBy}>, ${timeForAll(incident.declaredAt)}`,
  ];
  return {
    text: clip(`INC-${incident.number}: ${line} · ${safe(incident.title)}`, LIMITS.messageText),
    blocks: [
      header(`${incident.test ? '🧪 ' : ''}${name}`),
      section(
        `*${line}*${incident.summary ? `\n${clip(safe(incident.summary), 1500)}` : ''}${ending(record)}${relatedLine(record)}`,
      ),
      fields(facing),
      ...(incident.tracker ? [section(`*Tracker*\n${addressLink(incident.tracker)}`)] : []),
      ...(facts.milestones.length > 0 ? [section(milestoneLines(facts, record.names))] : []),
      ...(isOpen(incident.status) ? controls(record, roles) : []),
      context(
        [
          `${facts.lines.length} ${facts.lines.length === 1 ? 'line' : 'lines'} on the timeline`,
          ...(page ? [`<${page.url}|${page.published ? 'Postmortem' : 'Postmortem draft'}>`] : []),
          `${reactWords(emoji)} \`/incident note\` to add one.`,
        ].join(' · '),
      ),
    ],
  };
}

/** `React with :pushpin: or type`, as far as the workspace has an emoji for it. */
const reactWords = ({ timeline: [name] }: Settings['emoji']): string =>
  name === undefined ? 'Type' : `React with :${name}: or type`;

/** What one may press while it is open, and the roles that one may take. */
function controls(
  { incident: { id, leadId }, roles: held }: IncidentRecord,
  roles: readonly string[],
): KnownBlock[] {
  const free = roles.filter((role) => !held.some((one) => one.role === role));
  return [
    ...buttons([
      ...(leadId ? [] : [button(ACTIONS.lead, 'Take the lead', id, 'primary')]),
      button(ACTIONS.note, 'Add a note', id),
      button(ACTIONS.milestone, 'Mark a milestone', id),
      button(ACTIONS.state, 'Status and severity', id),
      button(ACTIONS.resolve, 'Resolve', id),
    ]),
    ...buttons(
      free.map((role, index) =>
        button(`${ACTIONS.role}_${index}`, `Join as ${plain(role)}`, `${id}|${role}`),
      ),
    ),
  ];
}

const holders = ({ roles }: IncidentRecord): string =>
  clip(roles.map(({ role, userId }) => `${safe(role)}: <@${userId}>`).join('\n'), 800) || 'nobody yet';

/** Why it was canceled, or where its timeline is now. */
function ending({ incident, mergedInto }: IncidentRecord): string {
  if (mergedInto) {
    const where = mergedInto.channelId ? ` <#${mergedInto.channelId}>` : '';
    return `\nMerged into INC-${mergedInto.number}${where}: its timeline goes on there.`;
  }
  return incident.closeReason ? `\nReason: ${clip(safe(incident.closeReason), 500)}` : '';
}

/** Private ones are named nowhere but in their own channel. */
function relatedLine({ related }: IncidentRecord): string {
  const shown = related.filter((one) => !one.private).slice(0, 10);
  if (shown.length === 0) return '';
  const names = shown.map(
    ({ number, title, channelId }) =>
      `INC-${number} ${clip(safe(title), 60)}${channelId ? ` <#${channelId}>` : ''}`,
  );
  return `\nRelated: ${names.join(', ')}`;
}

const list = (names: string[]): string => clip(names.map(safe).join(', '), 800) || 'not said yet';

const customers = (record: IncidentRecord): string =>
  clip(
    record.customers
      .map(({ service, text }) => `${service ? `${safe(service)}: ` : ''}${safe(text)}`)
      .join('\n'),
    800,
  ) || 'not said yet';

function impactText({ impact }: Facts): string {
  if (!impact.start) return 'not known yet';
  if (!impact.end || impact.minutes === null)
    return `since ${timeForAll(impact.start.at, impact.start.precision)}`;
  return `${formatMinutes(impact.minutes)} (${impactSpan(impact.start, impact.end)})`;
}

function milestoneLines(facts: Facts, names: Names): string {
  return facts.milestones
    .map(({ milestone, at, precision, provenance, entryNumber }) => {
      const inferred = provenance === 'inferred' ? ' _(inferred)_' : '';
      return `*${label(milestone, names)}* ${timeForAll(at, precision)} · #${entryNumber}${inferred}`;
    })
    .join('\n');
}

/** Slack allows 250 characters in a topic. */
export function topic({ incident, names }: IncidentRecord): string {
  const lead = incident.leadId ? ` · Lead <@${incident.leadId}>` : '';
  const head = `${severityText(incident.severity, names)} · ${incident.status}${incident.test ? ' · TEST' : ''}${lead} · `;
  return `${head}${clip(escapeText(plain(incident.title)), 250 - head.length)}`;
}

/** For the announcement channel: whole from the state, and the parent of the updates. */
export function announcement(record: IncidentRecord): Message {
  const { incident } = record;
  const where = incident.channelId ? ` · <#${incident.channelId}>` : '';
  const services = incident.services.length > 0 ? ` · ${list(incident.services)}` : '';
  const live = isOpen(incident.status) ? ':rotating_light:' : ':white_check_mark:';
  const icon = incident.retrospective ? ':memo:' : live;
  const past = incident.retrospective ? ' · retrospective: it is over' : '';
  const lead = incident.leadId ? ` · led by <@${incident.leadId}>` : '';
  const text = `${icon} *INC-${incident.number}* ${safe(incident.title)}`;
  const severity = severityText(incident.severity, record.names);
  const detail = `${severity} · ${incident.status}${past}${services}${where}${lead} · declared by <@${incident.declaredBy}>`;
  return {
    text: clip(`INC-${incident.number} (${severity}${past}) ${safe(incident.title)}`, LIMITS.messageText),
    blocks: [section(`${clip(text, 2000)}\n${detail}`)],
  };
}
