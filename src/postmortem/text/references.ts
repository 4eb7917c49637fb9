import type { PhrasingContent, Text } from 'mdast';
import { formatUtc } from '../../time/format.ts';
import { cleanLine } from './clean.ts';
import { linkNode } from './links.ts';

/** Display names by Slack user id, channel names by channel id: the parts of a record that references need. */
export interface Names {
  people: Record<string, string>;
  channels: Record<string, string>;
}

/**
 * What stands between `<` and `>` in Slack's text: people and channels by name, dates in UTC (their fallback text
 * could say another time), links. Undefined for anything else, which is then plain text.
 */
export function referenceNode(inside: string, names: Names): PhrasingContent | undefined {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  const user = /^@([UW][A-Z0-9]+)$/.exec(target)?.[1];
  if (user) return personNode(user, names, label);
  const channel = /^#([CGD][A-Z0-9]+)$/.exec(target)?.[1];
  if (channel) return text(`#${cleanLine(names.channels[channel] || label || channel)}`);
  if (target.startsWith('!')) return special(target.slice(1), label);
  if (/^(?:https?:\/\/|[a-z][a-z0-9+.-]*:)/i.test(target)) return linkNode(decode(target), decodeAll(label));
  return undefined;
}

/** A person's name, marked so that a form of the document without names can leave it out. */
export function personNode(id: string, names: Names, label?: string): Text {
  const name = cleanLine(names.people[id] || label || `@${id}`);
  return { type: 'text', value: name, data: { hName: 'bdi', hProperties: { className: ['person'] } } };
}

/** Slack escapes three characters, once. */
export function decode(escaped: string): string {
  return escaped.replace(/&(amp|lt|gt);/g, (_, name) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));
}

function decodeAll(label: string | undefined): string | undefined {
  return label === undefined ? undefined : decode(label);
}

function special(target: string, label: string | undefined): Text | undefined {
  const date = /^date\^(\d{1,12})\^/.exec(target)?.[1];
  if (date) return text(formatUtc(Number(date) * 1000));
  if (/^(?:here|channel|everyone)$/.test(target)) return text(`@${target}`);
  if (target.startsWith('subteam^')) return text(cleanLine(decode(label ?? '@group')));
  return undefined;
}

function text(value: string): Text {
  return { type: 'text', value };
}
