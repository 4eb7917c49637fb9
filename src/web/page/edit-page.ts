import type { ChangedFigure } from '../../postmortem/changed-figures.ts';
import type { Conflict } from '../../postmortem/merge.ts';
import { changedList } from './changed-list.ts';
import { type Html, html } from './html.ts';
import { type Preview, previewPane } from './preview.ts';
import { shell } from './shell.ts';

export interface EditPage {
  nonce: string;
  /** `INC-4: Checkout fails` */
  incident: string;
  title: string;
  /** What belongs into the section. */
  guidance?: string;
  /** Zone (IANA) in which a clock time that names none is read, beside UTC. */
  zone: string;
  /** Address that the form is sent to, and that of the draft. */
  action: string;
  back: string;
  text: string;
  /** Version of the section that the form is based on; 0: nobody has edited it. */
  seen: number;
  /** Key of what the editor began with. */
  began: string;
  preview?: Preview;
  /** Saved meanwhile: by whom (null: by the same person), and what the section reads now. */
  stale?: { by: string | null; theirs: string };
  conflicts?: readonly Conflict[];
  changed?: readonly ChangedFigure[];
  error?: string;
}

/** The Markdown editor of one section: what was saved meanwhile, open conflicts, the text, its preview. */
export function editPage(page: EditPage): string {
  const { nonce, incident, title, back, preview, stale, conflicts = [], changed = [], error } = page;
  const beside = stale ? theirText(stale) : preview && previewPane(preview);
  const body = html`<h1><span class="kicker">Edit</span> ${title}</h1>
${error && html`<p class="warn" role="alert">${error}</p>`}
${stale && staleNotice(stale)}
${stale === undefined && conflicts.map(conflictNotice)}
${changed.length > 0 && html`<section class="warn" aria-labelledby="changed-title">${changedList(changed, 'since this section was edited')}</section>`}
${beside ? html`<div class="panes">${form(page)}${beside}</div>` : form(page)}`;
  return shell({
    title: `${title} · ${incident}`,
    nonce,
    back: { href: back, words: incident },
    body,
  });
}

function form({ action, back, text, seen, began, stale, guidance, zone }: EditPage): Html {
  return html`<form class="editor" method="post" action="${action}">
<input type="hidden" name="seen" value="${seen}"><input type="hidden" name="began" value="${began}">
<h2><label for="text">${stale ? 'Yours, not stored yet' : 'Text'}</label></h2>
<div id="hint" class="hint">${guidance && html`<p><strong>What belongs here:</strong> ${guidance}</p>`}
<p>Markdown: <code>**bold**</code>, <code>- list</code>, <code>[words](https://…)</code>, <code>[#4](#entry-4)</code> for a line of the timeline.</p>
<p>Clock times: UTC${zone !== 'UTC' && html` or ${zone}`}; name the zone of any other, as in <code>21:00 CEST</code>.</p></div>
<textarea id="text" name="text" spellcheck="true" aria-describedby="hint">${text}</textarea>
<div class="bar"><button class="first" name="do" value="save">${stale ? 'Save mine instead' : 'Save'}</button><button name="do" value="preview">Preview</button>${
    seen > 0 && html`<button name="do" value="reset">Use what the timeline says</button>`
  }<a href="${back}">${stale ? 'Keep what it reads now' : 'Cancel'}</a></div>
<p class="hint">What you write stays to the letter. Figures that move later are pointed out, and every version is kept.</p>
</form>`;
}

function staleNotice({ by }: { by: string | null }): Html {
  const who = by === null ? 'You saved this section elsewhere' : `${by} saved this section`;
  return html`<div class="warn" role="alert"><p><strong>${who} while you wrote, so nothing was stored.</strong> Both texts are here. Saving yours replaces the other, which stays in the history.</p></div>`;
}

function theirText({ by, theirs }: { by: string | null; theirs: string }): Html {
  return html`<section class="beside" aria-labelledby="theirs-title"><h2 id="theirs-title">What it reads now${by !== null && html`, by ${by}`}</h2><pre class="pane" tabindex="0">${theirs || '(empty)'}</pre></section>`;
}

function conflictNotice({ base, generated, theirs }: Conflict): Html {
  return html`<section class="warn conflicting"><p><strong>The timeline changed where this section was edited.</strong> The edit is kept. Put right what needs it, and save: that settles it.</p>
<div class="panes"><div><h3>As edited</h3><pre class="pane">${theirs || '(taken out)'}</pre></div><div><h3>The timeline now gives</h3><pre class="pane">${generated || '(nothing)'}</pre></div></div>
<details><summary>What stood there before both</summary><pre class="pane">${base || '(nothing)'}</pre></details></section>`;
}
