/** What the forms and the history need beside the draft's own style. */
export const EDIT_STYLE = `
.above { background: var(--card); border-bottom: 1px solid var(--line); padding: 12px 0; font-size: 15px; }
.above a { text-decoration: none; font-weight: 600; }
.above a:hover { text-decoration: underline; }
.work { padding-top: 26px; padding-bottom: 60px; }
.work h1 { font-size: clamp(24px, 3vw, 30px); margin: 0 0 20px; }
.kicker { color: var(--soft); font-weight: 400; }
.kicker::after { content: " ·"; }
.work h2 { font-size: 17px; margin: 26px 0 10px; }
.work .panes h2 { margin-top: 0; }
.work h3 { font-size: 15px; margin: 0 0 6px; }
.editor { max-width: 52rem; }
.panes { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 26px; align-items: start; }
.panes .editor { max-width: none; }
.hint { font-size: 14px; color: var(--soft); margin: 0 0 10px; }
.hint p { margin: 0 0 4px; }
textarea { display: block; width: 100%; min-height: 15rem; max-height: 75vh; field-sizing: content; padding: 14px 16px; border: 1px solid var(--soft); border-radius: 8px; background: var(--card); color: var(--ink); font: 15px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; resize: vertical; }
.pane { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0; padding: 14px 18px; overflow-x: auto; }
.work pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font: 14px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.beside .checks { margin-top: 12px; }
.beside .good { margin-top: 0; font-size: 14.5px; }
.reading .part { margin: 0 0 12px; }
.reading #section-date, .reading #section-services, .reading #section-impact { font-size: inherit; padding: 20px 26px; }
.reading h3 { font-size: 19px; margin: 28px 0 8px; }
.reading blockquote { margin: 0 0 10px; padding: 2px 0 2px 16px; border-left: 3px solid var(--gap-line); color: var(--soft); }
.reading > :first-child { margin-top: 0; }
.reading td { overflow-wrap: break-word; }
.reading td:first-child { white-space: nowrap; }
.bar { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin: 14px 0; }
.bar a { padding: 7px 6px; }
.bar button, .versions button { font: inherit; padding: 7px 16px; border: 1px solid var(--soft); border-radius: 7px; background: var(--card); color: var(--ink); cursor: pointer; }
.bar button:hover, .versions button:hover { border-color: var(--accent); color: var(--accent); }
.bar button.first { background: #2f4bb8; border-color: #2f4bb8; color: #fff; font-weight: 600; }
.bar button.first:hover { background: #253d99; }
.warn { background: var(--warning-back); border-left: 4px solid var(--gap-line); border-radius: 6px; padding: 12px 18px; margin: 0 0 20px; }
.warn p, .warn ul { margin: 0; }
.warn h2 { margin: 0 0 4px; font-size: 16px; }
.conflicting { background: var(--error-back); border-left-color: var(--error); }
.conflicting .panes { gap: 14px; margin: 12px 0; }
.edited { margin: 0 0 14px; }
.versions { list-style: none; margin: 0; padding: 0; }
.versions li { display: grid; grid-template-columns: auto 1fr auto; gap: 2px 14px; align-items: baseline; padding: 9px 0; border-top: 1px solid var(--line); }
.versions li:first-child { border-top: 0; }
.work > .versions .why::first-letter { text-transform: uppercase; }
.versions time, .versions .number { color: var(--soft); font-size: 14px; }
.versions .text, .versions .given-back { grid-column: 2 / 4; margin: 0; overflow-wrap: anywhere; }
.versions .given-back { color: var(--soft); font-style: italic; }
.edited .hint { margin: 10px 0 0; }
.versions form { grid-column: 2 / 4; }
.versions button { padding: 3px 14px; font-size: 14px; margin-top: 6px; }
.versions .chip { font-size: 12.5px; color: var(--soft); }
@media (max-width: 860px) { .panes { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 680px) {
  .work { padding-top: 18px; }
  .versions li { grid-template-columns: auto 1fr; }
  .versions time { grid-column: 2 / 3; }
  .versions .text, .versions form, .versions .given-back { grid-column: 2 / 3; }
}
@media print { .above, .editor, .versions form, .work > .bar { display: none; } .panes { display: block; } }
`;
