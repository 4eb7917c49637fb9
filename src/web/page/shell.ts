import { EDIT_STYLE } from './edit-style.ts';
import { type Html, html, trusted } from './html.ts';
import { PAGE_STYLE } from './style.ts';

export interface Shell {
  title: string;
  nonce: string;
  /** The page that this one belongs to. */
  back: { href: string; words: string };
  body: Html;
}

/** A page around the draft: forms, history, refusals. Works under `pagePolicy(nonce)`, without scripts. */
export function shell({ title, nonce, back, body }: Shell): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style nonce="${nonce}">${trusted(PAGE_STYLE + EDIT_STYLE)}</style>
</head>
<body>
<a class="skip" href="#work">Skip to the content</a>
<header class="above"><div class="wrap"><a href="${back.href}"><span aria-hidden="true">← </span>${back.words}</a></div></header>
<main id="work" class="wrap work">
${body}
</main></body>
</html>
`.markup;
}

/** What could not be done, in words, with the way back. */
export function refusalPage(page: Omit<Shell, 'title' | 'body'> & { words: string }): string {
  const body = html`<h1>That was not done</h1>
<p class="warn" role="alert">${page.words}</p>
<p><a href="${page.back.href}">Back to ${page.back.words}</a></p>`;
  return shell({ ...page, title: 'That was not done', body });
}
