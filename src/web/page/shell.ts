import { EDIT_STYLE } from './edit-style.ts';
import { type Html, html, trusted } from './html.ts';
import { PAGE_STYLE } from './style.ts';

/** A small page around the draft: forms and history. Works under `pagePolicy(nonce)`, without scripts. */
export function shell({ title, nonce, body }: { title: string; nonce: string; body: Html }): string {
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
<body><main class="wrap work">
${body}
</main></body>
</html>
`.markup;
}
