import { hasGap } from '../../postmortem/document-gaps.ts';
import type { Draft } from '../../postmortem/document-types.ts';
import { type CheckNote, checkId } from '../../postmortem/render/check-note.ts';
import { sectionId } from '../../postmortem/render/html.ts';
import type { PageLinks } from './draft-page.ts';
import { type Html, html } from './html.ts';
import { capital } from './page-header.ts';

/** Beside the draft: what to look at, what is still to fill in, and the other forms of it. */
export function pageSide(draft: Draft, checks: readonly CheckNote[], links: PageLinks): Html {
  return html`<aside class="side" aria-label="About this draft">
<section aria-labelledby="checks-title"><h2 id="checks-title">${checksTitle(checks.length)}</h2>${checkList(draft, checks)}</section>
<nav class="contents" aria-labelledby="contents-title"><h2 id="contents-title">Contents</h2><ol>${draft.sections.map(
    (section) =>
      html`<li><a href="#${sectionId(section.key)}">${section.title}</a>${hasGap(section) && html`<span class="todo">to fill in</span>`}</li>`,
  )}</ol></nav>
${exportsPart(links)}
</aside>`;
}

function checksTitle(count: number): string {
  if (count === 0) return 'Checks';
  return count === 1 ? '1 thing to check' : `${count} things to check`;
}

function checkList(draft: Draft, checks: readonly CheckNote[]): Html {
  if (checks.length === 0) return html`<p class="good">Nothing in this draft contradicts its timeline.</p>`;
  return html`<ol class="checks">${checks.map((check, index) => {
    const section = draft.sections.find(({ key }) => key === check.section);
    const where = [
      ...check.entryNumbers.map((number) => html`<a href="#entry-${number}">line #${number}</a>`),
      ...(section ? [html`<a href="#${sectionId(section.key)}">${section.title}</a>`] : []),
    ];
    return html`<li id="${checkId(index)}" class="${check.severity}"><p class="kind">${index + 1} · ${capital(check.severity)}</p><p>${check.message}</p>${
      where.length > 0 && html`<p class="where">${where.map((each, nth) => [nth > 0 && ', ', each])}</p>`
    }</li>`;
  })}</ol>`;
}

function exportsPart({ markdown, html: file, json }: PageLinks): Html | null {
  const all = [
    [markdown, 'Markdown'],
    [file, 'HTML'],
    [json, 'JSON'],
  ] as const;
  const there = all.filter(([href]) => href !== undefined);
  if (there.length === 0) return null;
  return html`<section class="exports-part" aria-labelledby="exports-title"><h2 id="exports-title">Take it with you</h2><ul class="exports">${there.map(
    ([href, name]) => html`<li><a href="${href}">${name}</a></li>`,
  )}</ul></section>`;
}
