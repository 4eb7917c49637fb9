import type { ChangedFigure } from '../../postmortem/changed-figures.ts';
import type { Conflict } from '../../postmortem/merge.ts';
import { renderHtmlNodes } from '../../postmortem/render/html.ts';
import { readMarkdown } from '../../postmortem/text/markdown.ts';
import { type Html, html, trusted } from './html.ts';
import { shell } from './shell.ts';

export interface EditPage {
  nonce: string;
  reference: string;
  title: string;
  /** Address that the form is sent to, and that of the draft. */
  action: string;
  back: string;
  text: string;
  /** Version of the section that the form is based on; 0: nobody has edited it. */
  seen: number;
  preview?: boolean;
  /** Somebody saved meanwhile: who, and what the section reads now. */
  stale?: { by: string; theirs: string };
  conflicts?: readonly Conflict[];
  changed?: readonly ChangedFigure[];
  error?: string;
}

/** The Markdown editor of one section: what was saved meanwhile, open conflicts, the text, its preview. */
export function editPage(page: EditPage): string {
  const {
    nonce,
    reference,
    title,
    action,
    back,
    text,
    seen,
    preview,
    stale,
    conflicts = [],
    changed = [],
    error,
  } = page;
  const body = html`<p><a href="${back}">${reference}</a></p>
<h1>Edit: ${title}</h1>
${error && html`<p class="warn" role="alert">${error}</p>`}
${stale && staleNotice(stale)}
${conflicts.map(conflictNotice)}
${changed.length > 0 && changedList(changed)}
<form method="post" action="${action}">
<input type="hidden" name="seen" value="${seen}">
<label for="text">Markdown. What you write stays to the letter; figures that change later are pointed out, never overwritten.</label>
<textarea id="text" name="text" spellcheck="true">${text}</textarea>
<div class="bar"><button class="first" name="do" value="save">Save</button><button name="do" value="preview">Preview</button>${
    seen > 0 && html`<button name="do" value="reset">Use what the timeline says</button>`
  }<a href="${back}">Cancel</a></div>
</form>
${preview && html`<section class="pane draft" aria-label="Preview">${rendered(text)}</section>`}`;
  return shell({ title: `${reference}: edit ${title}`, nonce, body });
}

const rendered = (markdown: string): Html => trusted(renderHtmlNodes(readMarkdown(markdown)));

function staleNotice({ by, theirs }: { by: string; theirs: string }): Html {
  return html`<div class="warn" role="alert"><p><strong>${by} saved this section while you wrote. Nothing of yours is stored yet.</strong> Your text is below; saving it replaces theirs, which stays in the history.</p></div>
<h2>It now reads</h2><div class="pane"><pre>${theirs}</pre></div>
<h2>Yours</h2>`;
}

function conflictNotice({ base, generated, theirs }: Conflict): Html {
  return html`<div class="warn"><p><strong>The timeline changed where this section was edited.</strong> The edit is kept; the other reading is beside it. Saving settles this.</p></div>
<div class="panes"><div><h2>As edited</h2><div class="pane"><pre>${theirs || '(taken away)'}</pre></div></div><div><h2>From the timeline now</h2><div class="pane"><pre>${generated || '(nothing)'}</pre></div></div></div>
<details><summary>What it was before both</summary><div class="pane"><pre>${base || '(nothing)'}</pre></div></details>`;
}

function changedList(changed: readonly ChangedFigure[]): Html {
  const count = changed.length === 1 ? '1 figure changed' : `${changed.length} figures changed`;
  return html`<div class="warn"><p><strong>${count} since this section was edited:</strong></p><ul>${changed.map(
    ({ label, from, to }) =>
      html`<li>${label}: ${from ?? 'not there'} → <strong>${to ?? 'gone'}</strong></li>`,
  )}</ul></div>`;
}
