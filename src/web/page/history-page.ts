import { renderHtmlNodes } from '../../postmortem/render/html.ts';
import { readMarkdown } from '../../postmortem/text/markdown.ts';
import { formatUtc } from '../../time/format.ts';
import type { Instant } from '../../time/types.ts';
import { type Html, html, trusted } from './html.ts';
import { linksInto } from './preview.ts';
import { shell } from './shell.ts';

export interface SectionHistory {
  key: string;
  title: string;
  /** The latest first, numbered without gaps. `beginning` null: given back to the timeline. */
  versions: { version: number; at: Instant; by: string; beginning: string | null }[];
  hrefOf(version: number): string;
}

export interface HistoryPage {
  nonce: string;
  /** `INC-4: Checkout fails` */
  incident: string;
  back: string;
  /** The latest first. */
  versions: {
    number: number;
    at: Instant;
    reason: string;
    /** Who published it; null: it never was. */
    published: { by: string } | null;
    href: string;
  }[];
  sections: SectionHistory[];
  /** What was written by command: the draft takes the latest, where nobody edited it. */
  texts: SectionHistory[];
  /** What became of the postmortem, the latest first; `words`: what somebody wrote with it, empty for nothing. */
  review: { at: Instant; by: string; what: string; words: string }[];
  /** Who read a private incident, the latest first; null: the incident is not private. */
  reads: { at: Instant; by: string; what: string }[] | null;
  /** Null for who may only read. */
  restoreAction: string | null;
  restoreTextAction: string | null;
}

/** Every version of the draft, and the latest of each section that people edited, with a way back to each. */
export function historyPage(page: HistoryPage): string {
  const { nonce, incident, back, versions, sections, texts, review, reads } = page;
  const body = html`<h1>History</h1>
<h2>Sections that people edited</h2>
${sections.length === 0 && html`<p class="good">Nobody has edited a section yet: all of the draft comes from the timeline.</p>`}
${sections.map((section) => sectionHistory(section, page.restoreAction))}
${
  texts.length > 0 &&
  html`<h2>Texts written by command</h2>
${texts.map((one) => sectionHistory(one, page.restoreTextAction, 'text-'))}`
}
${
  review.length > 0 &&
  html`<h2>Review</h2>
<ol class="versions" reversed>${review.map(
    ({ at, by, what, words }) =>
      html`<li><span class="why">${by}: ${what}</span> <time>${formatUtc(at)}</time>${words !== '' && html`<blockquote>${words}</blockquote>`}</li>`,
  )}</ol>`
}
<h2>Versions of the draft</h2>
<ol class="versions" reversed>${versions.map(
    ({ number, at, reason, published, href }) =>
      html`<li><a href="${href}">Version ${number}</a> <span class="why">${published ? html`published by ${published.by} <span class="chip">the whole page</span>` : reason}</span> <time>${formatUtc(at)}</time></li>`,
  )}</ol>
${
  reads !== null &&
  html`<h2>Who read it</h2>
<p>The incident is private: each reading is on record, the latest ${reads.length} are shown.</p>
<ol class="versions" reversed>${reads.map(
    ({ at, by, what }) =>
      html`<li><span class="why">${by}: ${what}</span> <time>${formatUtc(at)}</time></li>`,
  )}</ol>`
}`;
  return shell({ title: `History · ${incident}`, nonce, back: { href: back, words: incident }, body });
}

function sectionHistory(
  { key, title, versions, hrefOf }: SectionHistory,
  restoreAction: string | null,
  kind = '',
): Html {
  const newest = versions[0]?.version ?? 0;
  const earlier = (versions.at(-1)?.version ?? 1) - 1;
  const restore = (version: number) =>
    version !== newest && restoreAction !== null && restoreForm(restoreAction, key, version, newest);
  return html`<section class="pane edited" aria-labelledby="history-${kind}${key}"><h3 id="history-${kind}${key}">${title}</h3><ol class="versions" reversed>${versions.map(
    ({ version, at, by, beginning }) =>
      html`<li><span class="number">${version}</span> <span class="why">${by}${version === newest && html` <span class="chip">${kind === '' ? 'stands now' : 'latest'}</span>`}</span> <time>${formatUtc(at)}</time>${
        beginning === null
          ? html`<p class="given-back">Given back to the timeline</p>`
          : html`<a class="text" href="${hrefOf(version)}">${firstLine(beginning)}</a>`
      }${restore(version)}</li>`,
  )}</ol>${earlier > 0 && html`<p class="hint">${earlier} earlier ${earlier === 1 ? 'one is' : 'ones are'} not listed here: <a href="${hrefOf(earlier)}">version ${earlier}</a> is the latest of them, and each leads to the one before it.</p>`}</section>`;
}

const LONGEST_TITLE = 90;

function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  const characters = [...line];
  return characters.length > LONGEST_TITLE
    ? `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`
    : line || '(empty)';
}

export const restoreForm = (action: string, section: string, version: number, seen: number): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="section" value="${section}"><input type="hidden" name="version" value="${version}"><input type="hidden" name="seen" value="${seen}"><button aria-label="Restore version ${version}">Restore</button></form>`;

/** Anchors of the timeline's lines, which the Markdown file carries as HTML. */
const ANCHORS = /<a id="entry-\d+"><\/a>/g;

/** One version of the draft as it was made. `draft` is the address of the page as it stands. */
export function versionPage(page: {
  nonce: string;
  incident: string;
  back: string;
  draft: string;
  number: number;
  at: Instant;
  reason: string;
  markdown: string;
}): string {
  const { nonce, incident, back, draft, number, at, reason, markdown } = page;
  const nodes = linksInto(draft, readMarkdown(markdown.replace(ANCHORS, '')));
  const body = html`<h1>Version ${number}</h1>
<p class="warn">Made <time>${formatUtc(at)}</time>: ${reason}. It is kept as it was; <a href="${draft}">the draft as it stands</a> may say something else.</p>
<h2>As it was</h2>
<article class="reading pane">${trusted(renderHtmlNodes(nodes))}</article>`;
  return shell({
    title: `Version ${number} · ${incident}`,
    nonce,
    back: { href: back, words: 'History' },
    body,
  });
}
