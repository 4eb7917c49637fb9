import { formatUtc } from '../../time/format.ts';
import type { Instant } from '../../time/types.ts';
import { restoreForm } from './history-page.ts';
import { html } from './html.ts';
import { shell } from './shell.ts';

export interface SectionVersionPage {
  nonce: string;
  /** `INC-4: Checkout fails` */
  incident: string;
  back: string;
  section: { key: string; title: string; newest: number };
  version: number;
  at: Instant;
  by: string;
  /** Markdown, shown as it was typed; null: given back to the timeline. */
  text: string | null;
  hrefOf(version: number): string;
  /** Null for who may only read. */
  restoreAction: string | null;
}

/** One version of a section, whole, with the way to the one before and the one after it. */
export function sectionVersionPage(page: SectionVersionPage): string {
  const { nonce, incident, back, section, version, at, by, text, hrefOf, restoreAction } = page;
  const { key, title, newest } = section;
  const to = (other: number) => html`<a href="${hrefOf(other)}">Version ${other}</a>`;
  const body = html`<h1>${title}: version ${version}</h1>
<p class="hint">Saved by ${by}, <time>${formatUtc(at)}</time>${version === newest && ' · the latest'}</p>
${
  text === null
    ? html`<p class="pane">Given back to the timeline</p>`
    : html`<pre class="pane" tabindex="0" role="region" aria-label="The text">${text}</pre>`
}
<div class="bar">${version !== newest && restoreAction !== null && restoreForm(restoreAction, key, version, newest)}${version > 1 && to(version - 1)}${version < newest && to(version + 1)}</div>`;
  return shell({
    title: `${title}, version ${version} · ${incident}`,
    nonce,
    back: { href: back, words: 'History' },
    body,
  });
}
