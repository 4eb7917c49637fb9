import type { Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Draft } from '../../postmortem/document-types.ts';
import { type CheckNote, checkId } from '../../postmortem/render/check-note.ts';
import { renderHtmlBody } from '../../postmortem/render/html.ts';
import { type Html, html, trusted } from './html.ts';

export interface Preview {
  /** The draft with this section alone, as a save would leave it. */
  draft: Draft;
  /** What would have to be checked in it. */
  checks: readonly CheckNote[];
  /** The draft's page: lines of the timeline are there. */
  page: string;
}

/** The section as it would stand in the draft, and what the timeline would say against it. */
export function previewPane({ draft, checks, page }: Preview): Html {
  const sections = draft.sections.map((one) => ({ ...one, nodes: linksInto(page, one.nodes) }));
  return html`<section class="beside" aria-labelledby="preview-title"><h2 id="preview-title">Preview</h2>
<div class="reading">${trusted(renderHtmlBody({ ...draft, sections }, checks))}</div>
${checks.length === 0 ? html`<p class="good">Nothing in it contradicts the timeline.</p>` : html`<ol class="checks">${checks.map(noted)}</ol>`}</section>`;
}

const noted = ({ severity, message }: CheckNote, index: number): Html =>
  html`<li id="${checkId(index)}" class="${severity}"><p>${message}</p></li>`;

/** Links to lines of the timeline lead to the draft's page, since they are not on this one. */
export function linksInto(page: string, nodes: readonly RootContent[]): RootContent[] {
  const root: Root = { type: 'root', children: structuredClone([...nodes]) };
  visit(root, 'link', (link) => {
    if (link.url.startsWith('#')) link.url = `${page}${link.url}`;
  });
  return root.children;
}
