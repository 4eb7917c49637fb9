import type { ChangedFigure } from '../../postmortem/changed-figures.ts';
import { type Html, html } from './html.ts';

/** The figures that moved, old and new, under a title with the id `changed-title`. */
export function changedList(changed: readonly ChangedFigure[], since: string): Html {
  const count = changed.length === 1 ? '1 figure changed' : `${changed.length} figures changed`;
  return html`<h2 id="changed-title">${count} ${since}</h2><ul>${changed.map(
    ({ label, from, to }) =>
      html`<li>${label}: ${from ?? 'not there'} → <strong>${to ?? 'gone'}</strong></li>`,
  )}</ul>`;
}
