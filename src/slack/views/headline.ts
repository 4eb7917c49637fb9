import { isOpen } from '../../incident/lifecycle.ts';
import type { IncidentRecord } from '../../incident/types.ts';
import type { Facts } from '../../postmortem/types.ts';
import { formatMinutes } from '../../time/duration.ts';
import { formatUtc } from '../../time/format.ts';
import { ACTIONS } from '../ids.ts';
import { clip, escapeText, plain, safe } from '../safeText.ts';
import { button, buttons, context, fields, header, LIMITS, type Message, section } from './blocks.ts';
import { label, timeForAll } from './words.ts';

/** The incident's headline message, whole from its state. An open impact says since when; a closed one how long. */
export function headline(record: IncidentRecord, facts: Facts, pageUrl: string | null): Message {
  const { incident } = record;
  const name = `INC-${incident.number} ${plain(incident.title)}`;
  const badges = [
    incident.test && 'TEST',
    incident.private && 'private',
    incident.retrospective && 'retrospective',
  ];
  const line = [incident.severity, incident.status, ...badges.filter(Boolean)].join(' · ');
  const facing = [
    `*Severity*\n${incident.severity}`,
    `*Status*\n${incident.status}`,
    `*Lead*\n${incident.leadId ? `<@${incident.leadId}>` : 'nobody yet'}`,
    `*Impact*\n${impactText(facts)}`,
    `*Services*\n${list(incident.services)}`,
    `*Regions*\n${list(incident.regions)}`,
    `*Customers*\n${customers(record)}`,
    `*Declared*\n<@${incident.declaredBy}>, ${timeForAll(incident.declaredAt)}`,
  ];
  const lead = incident.leadId ? [] : [button(ACTIONS.lead, 'Take the lead', incident.id, 'primary')];
  return {
    text: clip(`INC-${incident.number}: ${line} · ${safe(incident.title)}`, LIMITS.messageText),
    blocks: [
      header(`${incident.test ? '🧪 ' : ''}${name}`),
      section(`*${line}*${incident.summary ? `\n${clip(safe(incident.summary), 1500)}` : ''}`),
      fields(facing),
      ...(facts.milestones.length > 0 ? [section(milestoneLines(facts))] : []),
      ...buttons(isOpen(incident.status) ? lead : []),
      context(
        [
          `${facts.lines.length} ${facts.lines.length === 1 ? 'line' : 'lines'} on the timeline`,
          ...(pageUrl ? [`<${pageUrl}|Postmortem draft>`] : []),
          'React with :pushpin: or type `/incident note` to add one.',
        ].join(' · '),
      ),
    ],
  };
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
  if (!impact.end || impact.minutes === null) return `since ${timeForAll(impact.start.at)}`;
  return `${formatMinutes(impact.minutes)} (${formatUtc(impact.start.at)} to ${formatUtc(impact.end.at)})`;
}

function milestoneLines(facts: Facts): string {
  return facts.milestones
    .map(({ milestone, at, provenance, entryNumber }) => {
      const inferred = provenance === 'inferred' ? ' _(inferred)_' : '';
      return `*${label(milestone)}* ${timeForAll(at)} · #${entryNumber}${inferred}`;
    })
    .join('\n');
}

/** Slack allows 250 characters in a topic. */
export function topic({ incident }: IncidentRecord): string {
  const lead = incident.leadId ? ` · Lead <@${incident.leadId}>` : '';
  const head = `${incident.severity} · ${incident.status}${incident.test ? ' · TEST' : ''}${lead} · `;
  return `${head}${clip(escapeText(plain(incident.title)), 250 - head.length)}`;
}

/** For the announcement channel: whole from the state, and the parent of the updates. */
export function announcement(record: IncidentRecord): Message {
  const { incident } = record;
  const where = incident.channelId ? ` · <#${incident.channelId}>` : '';
  const services = incident.services.length > 0 ? ` · ${list(incident.services)}` : '';
  const icon = isOpen(incident.status) ? ':rotating_light:' : ':white_check_mark:';
  const lead = incident.leadId ? ` · led by <@${incident.leadId}>` : '';
  const text = `${icon} *INC-${incident.number}* ${safe(incident.title)}`;
  const detail = `${incident.severity} · ${incident.status}${services}${where}${lead} · declared by <@${incident.declaredBy}>`;
  return {
    text: clip(`INC-${incident.number} (${incident.severity}) ${safe(incident.title)}`, LIMITS.messageText),
    blocks: [section(`${clip(text, 2000)}\n${detail}`)],
  };
}
