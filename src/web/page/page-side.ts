import { SECTION_TITLES } from '../../incident/draftSections.ts';
import type { Fix } from '../../postmortem/checks/types.ts';
import { hasGap } from '../../postmortem/document-gaps.ts';
import type { Draft } from '../../postmortem/document-types.ts';
import type { DismissedCheck } from '../../postmortem/postmortem.ts';
import { type CheckNote, checkId, draftSection } from '../../postmortem/render/check-note.ts';
import { sectionId } from '../../postmortem/render/html.ts';
import { type Html, html } from './html.ts';
import { capital, checksTitle } from './page-header.ts';
import type { DraftPage, PageActions } from './types.ts';

/** Beside the draft: what to look at, and what is still to fill in. */
export function pageSide(page: DraftPage): Html {
  const { draft, checks, dismissed = [], actions, publicForm } = page;
  return html`<aside class="side" aria-label="About this draft">
${!publicForm && html`<section aria-labelledby="checks-title"><h2 id="checks-title">${checksTitle(checks.length)}</h2>${checkList(draft, checks, actions)}${dismissed.length > 0 && dismissedList(dismissed, actions)}</section>`}
<nav class="contents" aria-labelledby="contents-title"><h2 id="contents-title">Contents</h2><ol>${draft.sections.map(
    (section) =>
      html`<li><a href="#${sectionId(section.key)}">${section.title}</a>${hasGap(section) && html`<span class="todo">to fill in</span>`}</li>`,
  )}</ol>${draft.leftOut.length > 0 && html`<p class="where">Left out by the workspace’s settings, their text is kept: ${draft.leftOut.map((key) => SECTION_TITLES[key]).join(', ')}.</p>`}</nav>
</aside>`;
}

function checkList(draft: Draft, checks: readonly CheckNote[], actions?: PageActions): Html {
  if (checks.length === 0) return html`<p class="good">Nothing in this draft contradicts its timeline.</p>`;
  return html`<ol class="checks">${checks.map((check, index) => {
    const section = draft.sections.find(({ key }) => key === draftSection(check));
    const where = [
      ...check.entryNumbers.map((number) => html`<a href="#entry-${number}">line #${number}</a>`),
      ...(section ? [html`<a href="#${sectionId(section.key)}">${section.title}</a>`] : []),
    ];
    return html`<li id="${checkId(index)}" class="${check.severity}"><p class="kind">${index + 1} · ${capital(check.severity)}</p><p>${check.message}</p>${suggestion(check)}${
      where.length > 0 && html`<p class="where">${where.map((each, nth) => [nth > 0 && ', ', each])}</p>`
    }${actions && checkForms(check, actions)}</li>`;
  })}</ol>`;
}

function suggestion({ fix }: CheckNote): Html | false {
  return (
    fix?.kind === 'replace-text' &&
    html`<p class="fix">Write <q>${fix.to}</q> instead of <q>${fix.from}</q>.</p>`
  );
}

/** One click where a click is enough; putting aside takes a reason. */
function checkForms({ key, fix }: CheckNote, { checks: action, oneClick }: PageActions): Html {
  const fixable = fix !== undefined && oneClick.includes(fix.kind);
  return html`<div class="do">${
    fixable &&
    html`<form method="post" action="${action}"><input type="hidden" name="key" value="${key}"><button name="do" value="fix">${FIX_WORDS[fix.kind]}</button></form>`
  }<details><summary>Put aside</summary><form method="post" action="${action}"><input type="hidden" name="key" value="${key}"><label>Why it is right as it is <input type="text" name="reason" required maxlength="500"></label><button name="do" value="dismiss">Put aside</button></form></details></div>`;
}

const FIX_WORDS: Partial<Record<Fix['kind'], string>> = {
  'replace-text': 'Write that',
  'confirm-milestone': 'Confirm it',
  'retract-entry': 'Retract the line',
};

function dismissedList(dismissed: readonly DismissedCheck[], actions?: PageActions): Html {
  const words = dismissed.length === 1 ? '1 check put aside' : `${dismissed.length} checks put aside`;
  return html`<details class="aside"><summary>${words}</summary><ul>${dismissed.map(
    ({ key, message, dismissal }) =>
      html`<li><p>${message}</p><p class="where">Because: ${dismissal.reason}</p>${
        actions &&
        html`<form method="post" action="${actions.checks}"><input type="hidden" name="key" value="${key}"><button name="do" value="undo">Take up again</button></form>`
      }</li>`,
  )}</ul></details>`;
}
