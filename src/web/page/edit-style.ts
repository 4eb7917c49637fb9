/** What the forms and the history need beside the draft's own style. */
export const EDIT_STYLE = `
.work { padding-top: 28px; padding-bottom: 60px; }
.work h1 { font-size: 26px; margin: 8px 0 18px; }
.work textarea { width: 100%; min-height: 22rem; padding: 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: var(--ink); font: 15px/1.5 ui-monospace, "Liberation Mono", monospace; resize: vertical; }
.work input[type=text] { width: 100%; max-width: 34rem; padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: var(--ink); font: inherit; }
.work .panes { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; }
.work .pane { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 6px 18px; overflow-x: auto; }
.work pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, "Liberation Mono", monospace; }
.bar { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin: 14px 0; }
button { font: inherit; padding: 7px 16px; border: 1px solid var(--line); border-radius: 7px; background: var(--card); color: var(--ink); cursor: pointer; }
button.first { background: #2f4bb8; border-color: #2f4bb8; color: #fff; font-weight: 600; }
button:focus-visible, textarea:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.warn { background: var(--warning-back); color: var(--ink); border-left: 4px solid var(--gap-line); border-radius: 6px; padding: 10px 16px; margin: 14px 0; }
.history td, .history th { padding: 6px 14px 6px 0; text-align: left; vertical-align: top; }
.history form { display: inline; }
@media (max-width: 760px) { .work .panes { grid-template-columns: 1fr; } }
`;
