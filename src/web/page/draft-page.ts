import { renderHtmlBody, renderHtmlNodes } from '../../postmortem/render/html.ts';
import { formatUtc } from '../../time/format.ts';
import { changedList } from './changed-list.ts';
import { type Html, html, trusted } from './html.ts';
import { pageHeader } from './page-header.ts';
import { pageSide } from './page-side.ts';
import { pagePolicy } from './policy.ts';
import { reviewNote } from './review-note.ts';
import { stripClocks } from './strip.ts';
import { PAGE_STYLE } from './style.ts';
import type { DraftPage } from './types.ts';

/**
 * The whole page of a draft. It needs no script and loads nothing. With a nonce it belongs to a response whose
 * header is `pagePolicy(nonce)`; without one it is the `.html` export, a file that stands alone.
 */
export function draftPage(page: DraftPage): string {
  const { draft, facts, checks, changed = [], nonce, now, actions, publicForm } = page;
  const policy = nonce ? null : html`<meta http-equiv="Content-Security-Policy" content="${pagePolicy()}">`;
  const style = trusted(`<style${nonce ? html` nonce="${nonce}"`.markup : ''}>${PAGE_STYLE}</style>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${draft.reference}: ${draft.title}</title>
${style}
</head>
<body>
<a class="skip" href="#draft">Skip to the draft</a>
${pageHeader(page)}
<div class="wrap">
${publicForm?.readOver && readOver(publicForm.readOver)}
${noteOver(page)}
${reviewNote(page.state)}
${changed.length > 0 && html`<section class="notice" aria-labelledby="changed-title">${changedList(changed, 'since you edited')}</section>`}
<div class="columns">
<main id="draft" class="draft">${trusted(renderHtmlBody(draft, checks, actions?.edit))}</main>
${pageSide(page)}
</div></div>
<footer><div class="wrap">Times are UTC${stripClocks(facts, draft.zone, now).length > 1 && html`, those beside them of ${draft.zone} where no other zone is named`}. Every figure is computed from the timeline, from instants cut to the minute. Made by Debrief, <time>${formatUtc(now)}</time>.</div></footer>
</body>
</html>
`.markup;
}

/** To who asked for the public form, and to nobody who gets it. */
function readOver({ passOn, draft }: { passOn: string | null; draft: string }): Html {
  const how = passOn
    ? html`<a href="${passOn}">This link</a> opens it for anybody, without this note.`
    : html`Pass on a file, no link: yours opens the whole of it.`;
  return html`<section class="notice read-over" aria-labelledby="public-title"><h2 id="public-title">Public form</h2>
<p>Names, mentions and internal links are left out. Read it over before passing it on: names that I do not know stay in the text.</p>
<p>${how} <a href="${draft}">Back to the whole draft</a></p></section>`;
}

/** Which version was published, by whom, and what was corrected since; over a version itself, where it stands now. */
function noteOver({ draft: { note }, standing }: DraftPage): Html | null {
  if (!note) return null;
  const now =
    standing &&
    html`<p>This is that version, kept as it was. <a href="${standing.href}">The postmortem as it stands</a> may say something else.</p>`;
  return html`<section class="notice published" aria-label="${standing ? 'A published version' : 'Published'}">${trusted(renderHtmlNodes(note))}${now}</section>`;
}
