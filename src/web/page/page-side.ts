import { hasGap } from '../../postmortem/document-gaps.ts';
import type { Draft } from '../../postmortem/document-types.ts';
import { type CheckNote, checkId, draftSection } from '../../postmortem/render/check-note.ts';
import { sectionId } from '../../postmortem/render/html.ts';
import { type Html, html } from './html.ts';
import { capital, checksTitle } from './page-header.ts';

/** Beside the draft: what to look at, and what is still to fill in. */
export function pageSide(draft: Draft, checks: readonly CheckNote[]): Html {
  return html`<aside class="side" aria-label="About this draft">
<section aria-labelledby="checks-title"><h2 id="checks-title">${checksTitle(checks.length)}</h2>${checkList(draft, checks)}</section>
<nav class="contents" aria-labelledby="contents-title"><h2 id="contents-title">Contents</h2><ol>${draft.sections.map(
    (section) =>
      html`<li><a href="#${sectionId(section.key)}">${section.title}</a>${hasGap(section) && html`<span class="todo">to fill in</span>`}</li>`,
  )}</ol></nav>
</aside>`;
}

function checkList(draft: Draft, checks: readonly CheckNote[]): Html {
  if (checks.length === 0) return html`<p class="good">Nothing in this draft contradicts its timeline.</p>`;
  return html`<ol class="checks">${checks.map((check, index) => {
    const section = draft.sections.find(({ key }) => key === draftSection(check));
    const where = [
      ...check.entryNumbers.map((number) => html`<a href="#entry-${number}">line #${number}</a>`),
      ...(section ? [html`<a href="#${sectionId(section.key)}">${section.title}</a>`] : []),
    ];
    return html`<li id="${checkId(index)}" class="${check.severity}"><p class="kind">${index + 1} · ${capital(check.severity)}</p><p>${check.message}</p>${suggestion(check)}${
      where.length > 0 && html`<p class="where">${where.map((each, nth) => [nth > 0 && ', ', each])}</p>`
    }</li>`;
  })}</ol>`;
}

function suggestion({ fix }: CheckNote): Html | false {
  return (
    fix?.kind === 'replace-text' &&
    html`<p class="fix">Write <q>${fix.to}</q> instead of <q>${fix.from}</q>.</p>`
  );
}
