import { formatUtc } from '../../time/format.ts';
import { type Html, html } from './html.ts';
import type { DraftState } from './types.ts';

/** `In review: approved by Ana (2026-03-10 14:05 UTC), waiting for Ben`, while the draft is in review. */
export function reviewNote({ review }: DraftState): Html | false {
  if (!review) return false;
  const { approved, waiting } = review;
  const parts = [
    ...(approved.length > 0
      ? [
          html`approved by ${approved.map(({ by, at }, nth) => html`${nth > 0 && ', '}${by} (<time>${formatUtc(at)}</time>)`)}`,
        ]
      : []),
    ...(waiting.length > 0 ? [html`waiting for ${waiting.join(', ')}`] : []),
  ];
  const said = parts.length > 0 ? parts.map((one, nth) => [nth > 0 && ', ', one]) : 'nobody is asked';
  return html`<p class="notice">In review: ${said}.</p>`;
}
