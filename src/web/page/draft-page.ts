import type { ChangedFigure } from '../../postmortem/changed-figures.ts';
import type { Draft } from '../../postmortem/document-types.ts';
import type { CheckNote } from '../../postmortem/render/check-note.ts';
import { renderHtmlBody } from '../../postmortem/render/html.ts';
import type { Facts } from '../../postmortem/types.ts';
import { formatUtc } from '../../time/format.ts';
import type { Instant } from '../../time/types.ts';
import { type Html, html, trusted } from './html.ts';
import { pageHeader } from './page-header.ts';
import { pageSide } from './page-side.ts';
import { pagePolicy } from './policy.ts';
import { PAGE_STYLE } from './style.ts';

export interface DraftState {
  name: 'draft' | 'in_review' | 'published';
  version?: number;
}

/** Addresses of the other forms of the draft; the absent ones are not offered. */
export interface PageLinks {
  markdown?: string;
  html?: string;
  json?: string;
}

export interface DraftPage {
  draft: Draft;
  facts: Facts;
  checks: readonly CheckNote[];
  state: DraftState;
  links?: PageLinks;
  /** Figures that are not what they were when the reader edited last. */
  changed?: readonly ChangedFigure[];
  /** Nonce of the style under the response's policy; without it the page carries a policy with the style's hash. */
  nonce?: string;
  /** When the page is made: where an open impact is drawn to. */
  now: Instant;
}

/**
 * The whole page of a draft. It needs no script and loads nothing. With a nonce it belongs to a response whose
 * header is `pagePolicy(nonce)`; without one it is the `.html` export, a file that stands alone.
 */
export function draftPage(page: DraftPage): string {
  const { draft, checks, changed = [], nonce, now } = page;
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
${changed.length > 0 && changedNotice(changed)}
<div class="columns">
<main id="draft" class="draft">${trusted(renderHtmlBody(draft, checks))}</main>
${pageSide(draft, checks)}
</div></div>
<footer><div class="wrap">Times are UTC. Every figure is computed from the timeline, from instants cut to the minute. Made by Debrief, <time>${formatUtc(now)}</time>.</div></footer>
</body>
</html>
`.markup;
}

function changedNotice(changed: readonly ChangedFigure[]): Html {
  const count = changed.length === 1 ? '1 figure changed' : `${changed.length} figures changed`;
  return html`<section class="notice" aria-labelledby="changed-title"><h2 id="changed-title">${count} since you edited</h2><ul>${changed.map(
    ({ label, from, to }) =>
      html`<li>${label}: ${from ?? 'not there'} → <strong>${to ?? 'gone'}</strong></li>`,
  )}</ul></section>`;
}
