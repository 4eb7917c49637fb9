import { renderHtmlNodes } from '../../postmortem/render/html.ts';
import { readMarkdown } from '../../postmortem/text/markdown.ts';
import { formatUtc } from '../../time/format.ts';
import type { Instant } from '../../time/types.ts';
import { type Html, html, trusted } from './html.ts';
import { shell } from './shell.ts';

export interface HistoryPage {
  nonce: string;
  reference: string;
  back: string;
  versions: { number: number; at: Instant; reason: string; href: string }[];
  sections: {
    key: string;
    title: string;
    versions: { version: number; at: Instant; by: string; text: string | null }[];
  }[];
  /** Null for who may only read. */
  restoreAction: string | null;
}

/** Every version of the draft, and of each section that people edited, with a way back to each. */
export function historyPage({
  nonce,
  reference,
  back,
  versions,
  sections,
  restoreAction,
}: HistoryPage): string {
  const body = html`<p><a href="${back}">${reference}</a></p>
<h1>History</h1>
<h2>Sections that people edited</h2>
${sections.length === 0 && html`<p>Nobody has edited a section yet.</p>`}
${sections.map((section) => sectionHistory(section, restoreAction))}
<h2>Versions of the draft</h2>
<table class="history"><thead><tr><th scope="col">Version</th><th scope="col">Made</th><th scope="col">Why</th></tr></thead><tbody>${versions.map(
    ({ number, at, reason, href }) =>
      html`<tr><td><a href="${href}">${number}</a></td><td><time>${formatUtc(at)}</time></td><td>${reason}</td></tr>`,
  )}</tbody></table>`;
  return shell({ title: `${reference}: history`, nonce, body });
}

function sectionHistory(
  { key, title, versions }: HistoryPage['sections'][number],
  restoreAction: string | null,
): Html {
  const seen = versions[0]?.version ?? 0;
  return html`<h3>${title}</h3><table class="history"><tbody>${versions.map(
    ({ version, at, by, text }) =>
      html`<tr><td>${version}</td><td><time>${formatUtc(at)}</time></td><td>${by}</td><td>${
        text === null
          ? 'given back to the timeline'
          : html`<details><summary>${text.split('\n')[0]?.slice(0, 80) || '(empty)'}</summary><pre>${text}</pre></details>`
      }</td><td>${version !== seen && restoreAction !== null && restoreForm(restoreAction, key, version, seen)}</td></tr>`,
  )}</tbody></table>`;
}

const restoreForm = (action: string, section: string, version: number, seen: number): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="section" value="${section}"><input type="hidden" name="version" value="${version}"><input type="hidden" name="seen" value="${seen}"><button>Restore</button></form>`;

/** One version of the draft as it was made. */
export function versionPage(page: {
  nonce: string;
  reference: string;
  back: string;
  number: number;
  at: Instant;
  markdown: string;
}): string {
  const { nonce, reference, back, number, at, markdown } = page;
  const body = html`<p><a href="${back}">History of ${reference}</a></p>
<p class="warn">Version ${number}, made <time>${formatUtc(at)}</time>. It is kept as it was.</p>
<div class="draft">${trusted(renderHtmlNodes(readMarkdown(markdown)))}</div>`;
  return shell({ title: `${reference}: version ${number}`, nonce, body });
}
