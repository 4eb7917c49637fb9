import type { RootContent } from 'mdast';
import type { ChangedFigure } from './changed-figures.ts';
import type { Corrections, Writers } from './corrections.ts';
import { isCorrected } from './corrections.ts';
import { type Inline, link, list, paragraph, time } from './document-nodes.ts';
import { longDate, utcClock } from './document-time.ts';
import type { Publication } from './document-types.ts';

// A merge may move hundreds of figures: the versions themselves show them all.
const MOST_FIGURES = 12;

/**
 * What stands over a published postmortem: which version it is, since when, by whom, and what was corrected since.
 * `url`: the page's address, with which the version as published is linked.
 */
export function publicationNodes(
  { version, at, by }: Publication,
  corrected: Corrections | null,
  people: Readonly<Record<string, string>>,
  url?: string,
): RootContent[] {
  const nameOf = (id: string) => people[id] ?? id;
  const as = version === null ? '' : ` as version ${version}`;
  const head: Inline[] = [
    `Published${as} on `,
    time(at, `${longDate(at)}, ${utcClock(at)} UTC`),
    `, by ${nameOf(by)}.`,
  ];
  if (!corrected || !isCorrected(corrected)) return [paragraph(...head)];
  const nodes: RootContent[] = [paragraph(...head, ' Corrected since:'), list(items(corrected, nameOf))];
  if (version !== null && url)
    nodes.push(paragraph(link(versionUrl(url, version), `Version ${version} as published`)));
  return nodes;
}

/** The page of one version, by the same signature: `/postmortems/ID/history/3?…`. */
export const versionUrl = (url: string, version: number): string =>
  url.replace(/\?|$/, `/history/${version}$&`);

function items({ figures, figuresFrom, sections }: Corrections, nameOf: (id: string) => string): Inline[][] {
  return [
    ...(figures.length > 0 ? [[figuresText(figures, MOST_FIGURES), ...whoAndWhen(figuresFrom, nameOf)]] : []),
    ...sections.map(({ title, from }): Inline[] => [
      `Section “${title}” edited`,
      ...whoAndWhen(from, nameOf),
    ]),
  ];
}

/** The impact first: `Impact duration 2 h → 2 h 5 min; Line #9: new, 2026-03-10 14:20 UTC; and 3 more` */
export function figuresText(figures: readonly ChangedFigure[], most: number): string {
  const inOrder = [...figures].sort((a, b) => Number(b.name === 'impact') - Number(a.name === 'impact'));
  const shown = inOrder.slice(0, most).map(({ label, from, to }) => {
    if (from === null) return `${label}: new, ${to}`;
    return to === null ? `${label}: gone, was ${from}` : `${label} ${from} → ${to}`;
  });
  const left = figures.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more figures`] : [])].join('; ');
}

/** ` (26 November 2026, by Ana and Ben)`; the latest day where it was several. */
function whoAndWhen(from: Writers, nameOf: (id: string) => string): Inline[] {
  if (!from) return [];
  return [' (', time(from.at, longDate(from.at)), `, by ${joined(from.by.map(nameOf))})`];
}

/** `Ana, Ben and Cy` */
export const joined = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
