import type { Button, KnownBlock } from '@slack/types';
import { filterWords } from '../../incident/listFilter.ts';
import type { Incident, Names } from '../../incident/types.ts';
import {
  type Found,
  type FoundPage,
  type Listed,
  PAGE_SIZE,
  type Page,
} from '../../usecases/listIncidents.ts';
import { ACTIONS } from '../ids.ts';
import { clip, code, escapeText, plain, safe } from '../mrkdwn.ts';
import { button, buttons, type Message, section } from './blocks.ts';
import { severityText } from './words.ts';

/** A page of incidents, with buttons to the others. */
export function listReply(listed: Listed, names: Names): Message {
  const { filter, items, total } = listed;
  const words = safe(filterWords(filter, names));
  if (total === 0) {
    const next =
      filter.state === 'open'
        ? '`/incident list all` shows closed ones too.'
        : 'Nothing matches, closed ones included.';
    return reply(`No incidents (${words}). ${next}`, []);
  }
  const head = `*${counted(total, 'incident')}* (${words})${pageWords(listed)}`;
  return reply(
    head,
    items.map((one) => incidentLine(one, names)),
    pageButtons(ACTIONS.listPage, listed, { filter }),
  );
}

/** A page of what a search found, each with the line that has the words. */
export function findReply(found: FoundPage, names: Names): Message {
  const { text, items, total } = found;
  if (total === 0)
    return reply(
      `Nothing found for ${code(text)}. Every word must be in the title, a service or a line of the timeline.`,
      [],
    );
  const head = `*${counted(total, 'incident')}* with ${code(text)}${pageWords(found)}`;
  return reply(
    head,
    items.map((one) => foundLine(one, text, names)),
    pageButtons(ACTIONS.findPage, found, { text }),
  );
}

/** One incident on a line: what it is, how it stands, where, who. */
export function incidentLine(incident: Incident, names: Names): string {
  const { number, severity, status, title, channelId, leadId } = incident;
  const badges = [incident.private && ':lock: private', incident.test && ':test_tube: test'];
  const parts = [
    severityText(severity, names),
    status,
    ...badges,
    channelId && `<#${channelId}>`,
    leadId ? `led by <@${leadId}>` : 'no lead',
  ];
  return `*INC-${number}* ${clip(safe(title).replace(/\s+/g, ' '), 150)}\n${parts.filter(Boolean).join(' · ')}`;
}

function foundLine({ incident, line }: Found, text: string, names: Names): string {
  if (!line) return incidentLine(incident, names);
  return `${incidentLine(incident, names)}\n> *#${line.number}* ${excerpt(line.text, text)}`;
}

const AROUND = 80;

/** The text around the first word that is found in it. */
function excerpt(line: string, searched: string): string {
  const text = plain(line).replace(/\s+/g, ' ');
  const low = text.toLowerCase();
  const places = plain(searched)
    .toLowerCase()
    .split(/\s+/)
    .map((word) => low.indexOf(word))
    .filter((place) => place >= 0);
  const start = Math.max(0, Math.min(...places, text.length) - AROUND);
  const from = places.length === 0 ? 0 : start;
  // By characters, so that none is cut in half.
  const shown = [...text.slice(from, from + 400)].slice(from > 0 ? 1 : 0, 2 * AROUND + 60).join('');
  return `${from > 0 ? '…' : ''}${escapeText(shown.replace(/[\ud800-\udfff]$/, ''))}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / PAGE_SIZE));

const pageWords = ({ page, total }: Page<unknown>): string =>
  pagesOf(total) > 1 ? ` · page ${page + 1} of ${pagesOf(total)}` : '';

function pageButtons(id: string, { page, total }: Page<unknown>, what: object): Button[] {
  const to = (name: string, label: string, at: number) =>
    button(`${id}_${name}`, label, JSON.stringify({ ...what, page: at }));
  return [
    ...(page > 0 ? [to('previous', 'Previous', page - 1)] : []),
    ...(page + 1 < pagesOf(total) ? [to('next', 'Next', page + 1)] : []),
  ];
}

function reply(head: string, lines: string[], paging: Button[] = []): Message {
  const blocks: KnownBlock[] = [section(head), ...lines.map(section), ...buttons(paging)];
  return { text: clip(head, 300), blocks };
}
