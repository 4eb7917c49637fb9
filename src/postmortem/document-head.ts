import type { RootContent } from 'mdast';
import type { IncidentRecord } from '../incident/types.ts';
import { formatMinutes } from '../time/duration.ts';
import { formatIn, withPrecision } from '../time/format.ts';
import { offsetAt } from '../time/zones.ts';
import { guidance } from './document-guidance.ts';
import { gap, type Inline, lineReference, list, paragraph, strong, text, when } from './document-nodes.ts';
import { longDate, utcClock, utcDate } from './document-time.ts';
import { slackPhrasing } from './slack-text.ts';
import { cleanLine } from './text/clean.ts';
import type { Fact, Facts, Moment } from './types.ts';

/** When it was: both ends in UTC, both dates where they differ; every window; the same on the zone's clock. */
export function dateNodes({ impact }: Facts, zone: string): RootContent[] {
  if (!impact.start) return [gap(...guidance('impact'))];
  const nodes: RootContent[] = [paragraph(...range(impact.start, impact.end))];
  if (impact.windows.length > 1) {
    nodes.push(
      paragraph('In separate windows:'),
      list(impact.windows.map(({ from, to }) => range(from, to))),
    );
  }
  const ends = [impact.start, ...(impact.end ? [impact.end] : [])];
  if (ends.some(({ at }) => offsetAt(zone, at) !== 0)) {
    const local = ends.map(({ at, precision }) => withPrecision(formatIn(at, zone), precision));
    nodes.push(paragraph(`In ${zone}: ${local.join(' to ')}`));
  }
  return nodes;
}

/** The duration, its two named ends and, with several windows, each and what lies between them. */
export function impactNodes({ impact }: Facts): RootContent[] {
  if (!impact.start || impact.minutes === null) return [gap(...guidance('impact'))];
  const total = strong(formatMinutes(impact.minutes), 'figure');
  const running = impact.open ? ' so far' : '';
  const several = impact.windows.length > 1 ? ' in total, overlaps counted once' : '';
  const nodes: RootContent[] = [
    paragraph(
      total,
      `${running}${several}: from `,
      ...end(impact.start),
      ' to ',
      ...(impact.end ? end(impact.end) : ['now (not over)']),
      '.',
    ),
  ];
  if (impact.windows.length > 1)
    nodes.push(list([...impact.windows, ...impact.relapses].sort(byStart).map(windowItem)));
  return nodes;
}

export function serviceNodes({ incident }: IncidentRecord): RootContent[] {
  if (incident.services.length === 0) return [gap(...guidance('services'))];
  return [list(incident.services.map((service) => [text(cleanLine(service))]))];
}

/** Per service: what is known of its customers. Then what concerns all of them, and the regions. */
export function customerNodes(record: IncidentRecord): RootContent[] {
  const { services, regions } = record.incident;
  const said = (service: string | null) => record.customers.filter((one) => one.service === service);
  const named = [...new Set([...services, ...record.customers.flatMap(({ service }) => service ?? [])])];
  const items = named.flatMap((service) =>
    said(service).map(({ text: words }): Inline[] => [
      strong(cleanLine(service)),
      text(': '),
      ...slackPhrasing(words, record),
    ]),
  );
  const general = said(null).map(({ text: words }): Inline[] => [
    strong('Customers'),
    text(': '),
    ...slackPhrasing(words, record),
  ]);
  const where: Inline[][] =
    regions.length > 0 ? [[strong('Regions'), text(`: ${regions.map(cleanLine).join(', ')}`)]] : [];
  const known = [...general, ...items, ...where];
  return [
    ...(known.length > 0 ? [list(known)] : []),
    ...(record.customers.length === 0 ? [gap(...guidance('customers'))] : []),
    ...(regions.length === 0 ? [gap(...guidance('regions'))] : []),
  ];
}

function range(from: Moment, to: Moment | null): Inline[] {
  const start = when(from, `${longDate(from.at)}, ${utcClock(from.at)} UTC`);
  if (!to) return [...start, ', not over'];
  const sameDay = utcDate(from.at) === utcDate(to.at);
  const printed = sameDay ? `${utcClock(to.at)} UTC` : `${longDate(to.at)}, ${utcClock(to.at)} UTC`;
  return [...start, ' to ', ...when(to, printed)];
}

/** `19:53 UTC on 23 September 2025 (First report, #2)` */
function end(moment: Moment): Inline[] {
  const { at, label, entryNumber } = moment;
  const printed = when(moment, `${utcDate(at)} ${utcClock(at)} UTC`);
  return entryNumber === null
    ? [...printed, ` (${label})`]
    : [...printed, ` (${label}, `, lineReference(entryNumber), ')'];
}

function windowItem({ label, minutes, from, to }: Fact): Inline[] {
  return [
    strong(label),
    `: ${formatMinutes(minutes)}, `,
    ...end(from),
    ' to ',
    ...(to ? end(to) : ['now (not over)']),
  ];
}

function byStart(a: Fact, b: Fact): number {
  return a.from.at - b.from.at;
}
