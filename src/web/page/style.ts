/** The page's whole style: light, dark, phone and print. No URL in it, so the page loads nothing. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #fff; --ink: #1c1f26; --soft: #5a606b; --line: #e2dfd9; --accent: #2f4bb8;
  --impact: #d9482b; --impact-soft: #fbe3dc; --gap-back: #fdf6e3; --gap-line: #c79a2b; --gap-ink: #6b4d05;
  --error: #b3261e; --error-back: #fcebe9; --warning: #8a5a00; --warning-back: #fdf3dc; --info: #2f4bb8; --info-back: #eaeefb;
  --sev1: #a6171a; --sev2: #b0460c; --sev3: #7d5a00; --sev4: #4b5563; --mark: #e8ecfb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161b; --card: #1b1e25; --ink: #e7e8ec; --soft: #a2a8b4; --line: #313641; --accent: #9db2ff;
    --impact: #f0714f; --impact-soft: #43231b; --gap-back: #2a2414; --gap-line: #a5842f; --gap-ink: #ecd593;
    --error: #ff9c91; --error-back: #3a1d1b; --warning: #f1c56a; --warning-back: #33290f; --info: #9db2ff; --info-back: #1f2743;
    --sev1: #c9302f; --sev2: #b9541c; --sev3: #8a6708; --sev4: #5b6472; --mark: #262e4d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: 2px; text-decoration-thickness: 1px; }
a:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
time, .since, .figure, .when, .local { font-variant-numeric: tabular-nums; }
time { white-space: nowrap; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wrap { max-width: 1160px; margin: 0 auto; padding: 0 28px; }

.top { background: var(--card); border-bottom: 1px solid var(--line); padding: 28px 0 0; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; font-size: 14px; color: var(--soft); }
.chips .exports { margin-left: auto; }
.chips .reference { font-weight: 700; color: var(--ink); letter-spacing: .02em; }
.chip { border: 1px solid var(--line); border-radius: 999px; padding: 1px 11px; }
.chip.todo { color: var(--gap-ink); background: var(--gap-back); border-color: var(--gap-line); text-decoration: none; }
.chip.sev { border: 0; color: #fff; font-weight: 700; padding: 2px 11px; }
.chip.sev1 { background: var(--sev1); } .chip.sev2 { background: var(--sev2); } .chip.sev3 { background: var(--sev3); } .chip.sev4 { background: var(--sev4); }
h1 { font-size: clamp(24px, 3.4vw, 36px); line-height: 1.18; letter-spacing: -.015em; margin: 12px 0 22px; text-wrap: balance; max-width: 28em; }
.impact-line { display: flex; flex-wrap: wrap; gap: 14px 40px; align-items: flex-end; margin: 0 0 20px; }
.big { margin: 0; }
.big .value { display: block; font-size: clamp(34px, 5vw, 52px); line-height: 1.05; font-weight: 700; letter-spacing: -.025em; color: var(--impact); font-variant-numeric: tabular-nums; }
.caption { display: block; font-size: 13px; color: var(--soft); }
.ends { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; margin: 0; font-size: 15px; }
.ends dt { color: var(--soft); }
.ends dd { margin: 0; }
.ends .local { color: var(--soft); font-size: 13px; }
.measures { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 0 0 18px; padding: 14px 0 0; border-top: 1px solid var(--line); }
.measures div { display: flex; flex-direction: column-reverse; }
.measures dt { font-size: 13px; color: var(--soft); }
.measures dd { margin: 0; font-size: 19px; font-weight: 650; font-variant-numeric: tabular-nums; }

.picture { margin: 0; padding: 4px 0 12px; }
.strip { display: block; width: 100%; height: auto; overflow: visible; }
.strip text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; fill: var(--ink); }
.strip .label { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.strip .at, .strip .axis, .strip .gap-label { fill: var(--soft); font-variant-numeric: tabular-nums; }
.strip .axis, .strip .gap-label { font-size: 11px; }
.strip .base { stroke: var(--line); stroke-width: 2; }
.strip .axis-tick { stroke: var(--line); }
.strip .impact { fill: var(--impact); opacity: .85; }
.strip .impact.open { opacity: .5; }
.strip .tick { stroke: var(--ink); opacity: .55; }
.strip .leader { stroke: var(--soft); fill: none; opacity: .5; }
.strip .dot { fill: var(--card); stroke: var(--ink); stroke-width: 2.5; }
.strip .dot.inferred { stroke-dasharray: 2.5 2; }
.strip .break { fill: var(--card); }
.strip.narrow { display: none; }

.picture figcaption, .zone { color: var(--soft); font-size: 13px; }
.zone { padding: 0 0 16px; }
.zone summary { cursor: pointer; width: fit-content; }
.zone form { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; margin-top: 8px; }
.zone p { flex-basis: 100%; margin: 0; color: var(--error); }
.zone input { padding: 4px 8px; border: 1px solid var(--soft); border-radius: 5px; background: var(--card); color: var(--ink); font: inherit; }
.zone button { font: inherit; font-weight: 600; padding: 3px 12px; border: 1px solid var(--accent); border-radius: 999px; background: none; color: var(--accent); cursor: pointer; }
.zone button:hover { background: var(--mark); }
.part span.local { color: var(--soft); font-size: .9em; }

.notice { border: 1px solid var(--line); border-left: 4px solid var(--accent); background: var(--card); border-radius: 6px; padding: 12px 18px; margin: 24px 0 0; }
.notice h2 { font-size: 16px; margin: 0 0 4px; }
.notice ul { margin: 0; padding-left: 1.2em; }
.notice.published > * { margin: 0; }
.notice.published > * + * { margin-top: 8px; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 36px; align-items: start; padding-top: 28px; padding-bottom: 60px; }
.draft { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 18px; }
.part { grid-column: 1 / -1; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 26px; margin: 0 0 18px; min-width: 0; scroll-margin-top: 16px; }
#section-date, #section-services, #section-impact { grid-column: span 1; padding: 16px 18px; font-size: 15px; }
#section-date time { white-space: normal; }
#section-date h2, #section-services h2, #section-impact h2 { font-size: 13px; font-weight: 600; color: var(--soft); margin-bottom: 6px; }
.part h2 { font-size: 21px; line-height: 1.25; letter-spacing: -.01em; margin: 0 0 10px; }
.part h3 { font-size: 16px; margin: 20px 0 6px; }
.part h2 + h3, .part .flags + h3 { margin-top: 0; }
.part p, .part ul, .part ol { margin: 0 0 10px; }
.part > :last-child, .part li > p { margin-bottom: 0; }
.part ul, .part ol { padding-left: 1.25em; }
.part li { margin: 3px 0; }
.part pre { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; overflow-x: auto; font-size: 14px; overflow-wrap: normal; }
.part blockquote { margin: 0 0 10px; padding: 2px 0 2px 16px; border-left: 3px solid var(--line); color: var(--soft); }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
:not(pre) > code { background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; }
.part p > em:only-child { color: var(--soft); font-style: normal; font-size: 14px; }
.gap { background: var(--gap-back); border: 1px dashed var(--gap-line); color: var(--gap-ink); border-radius: 8px; padding: 9px 14px; margin: 0 0 10px; font-size: 15px; }
.part .gap p { margin: 0; }
.gap code { background: transparent; border-color: var(--gap-line); }
.missing, .inferred { color: var(--gap-ink); background: var(--gap-back); border-radius: 4px; padding: 0 4px; }
strong.inferred { background: none; padding: 0; color: inherit; }
.conflict { border: 1px solid var(--error); background: var(--error-back); border-radius: 8px; padding: 10px 14px; margin: 12px 0 0; }
.conflict pre { white-space: pre-wrap; overflow-wrap: anywhere; }

table { width: 100%; border-collapse: collapse; font-size: 15px; }
table:not([class]) { display: block; overflow-x: auto; }
th { text-align: left; font-size: 12.5px; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); padding: 4px 10px 6px 0; vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); padding: 8px 10px 8px 0; vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th[align=right], td[align=right] { text-align: right; }
th:last-child, td:last-child { padding-right: 0; }
td.number, td.when, td.local, td.since, td.figure { white-space: nowrap; }
td.figure, th.figure { padding-right: 24px; }
td.figure strong { font-weight: 650; }
.durations { font-size: 14.5px; }
.milestones th.number { white-space: nowrap; }
@media (min-width: 681px) { .durations td.measure { width: 22%; } .durations td.from, .durations td.to { width: 32%; } }
.timeline td.number { color: var(--soft); width: 3.2em; }
.timeline td.when { width: 9.6em; }
.timeline td.local { color: var(--soft); }
.timeline td.since { color: var(--soft); width: 7em; }
.milestone { color: var(--accent); }
tr:target td, li:target { background: var(--mark); }
.flags { margin: -4px 0 10px -5px; }
.flag { display: inline-block; min-width: 20px; margin-left: 5px; padding: 0 5px; border-radius: 10px; background: var(--warning-back); color: var(--warning); border: 1px solid currentColor; font-size: 12px; line-height: 18px; text-align: center; text-decoration: none; font-weight: 700; }
.doubted { color: inherit; text-decoration: underline wavy var(--error) 1.5px; text-underline-offset: 4px; background: var(--error-back); border-radius: 3px; }

.side { font-size: 14.5px; align-self: stretch; }
.side .contents { position: sticky; top: 20px; max-height: calc(100vh - 40px); overflow-y: auto; }
.side section, .side nav { margin: 0 0 26px; }
.side h2 { font-size: 15px; margin: 0 0 8px; }
.checks { list-style: none; margin: 0; padding: 0; }
.checks li { border: 1px solid var(--line); border-left: 4px solid var(--info); background: var(--card); border-radius: 6px; padding: 8px 12px; margin: 0 0 8px; scroll-margin-top: 20px; }
.checks li.warning { border-left-color: var(--gap-line); }
.checks li.error { border-left-color: var(--error); }
.checks p { margin: 0; }
.checks .kind { font-size: 12.5px; font-weight: 700; color: var(--soft); }
.checks .where { font-size: 13px; }
.good { color: var(--soft); margin: 0; }
.exports { display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; list-style: none; }
.exports a { display: block; padding: 1px 4px; text-decoration: none; font-weight: 600; }
.exports a:hover { text-decoration: underline; }
.contents ol { list-style: none; margin: 0; padding: 0; }
.contents li { padding: 2px 0; }
.contents a { text-decoration: none; color: var(--ink); }
.contents a:hover { text-decoration: underline; }
.contents .todo { color: var(--gap-ink); background: var(--gap-back); border: 1px dashed var(--gap-line); border-radius: 4px; font-size: 12px; padding: 0 5px; margin-left: 6px; white-space: nowrap; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: 13.5px; padding: 18px 0 40px; }

@media (max-width: 980px) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .side .contents { position: static; max-height: none; }
}
@media (max-width: 680px) {
  .wrap { padding: 0 16px; }
  .top { padding-top: 18px; }
  .strip.wide { display: none; } .strip.narrow { display: block; }
  .ends { gap: 4px 10px; } .chips .exports { margin-left: 0; }
  .measures { display: grid; grid-template-columns: 1fr 1fr; gap: 10px 16px; }
  .columns { padding-top: 18px; }
  .part { padding: 16px; border-radius: 8px; }
  #section-date, #section-services, #section-impact { grid-column: 1 / -1; }
  table[class], table[class] tbody { display: block; }
  table[class] thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table[class] tr { display: grid; grid-template-columns: auto 1fr auto; gap: 0 10px; padding: 10px 0; border-bottom: 1px solid var(--line); }
  table[class] tr:last-child { border-bottom: 0; }
  table[class] td, .timeline td.number, .timeline td.when, .timeline td.since { display: block; width: auto; border: 0; padding: 0; white-space: normal; }
  .timeline tr { grid-template-areas: "number when since" "what what what"; } .timeline tr:has(.local) { grid-template-areas: "number when since" "local local local" "what what what"; }
  .timeline .number { grid-area: number; } .timeline .when { grid-area: when; font-weight: 600; } .timeline .since { grid-area: since; } .timeline .what { grid-area: what; } .timeline .local { grid-area: local; font-size: 13.5px; }
  .timeline td.local::before { content: "local "; }
  .timeline td.since::before { content: "+"; } .timeline tr:first-child td.since { visibility: hidden; }
  table.durations tr { grid-template-columns: 1fr auto; } .durations td.from, .durations td.to { grid-column: 1 / -1; color: var(--soft); font-size: 14px; }
  .durations td.from::before { content: "from "; } .durations td.to::before { content: "to "; }
  table.milestones tr { grid-template-columns: minmax(0, 1fr) auto; } .milestones td.when { text-align: right; } .milestones span.local { display: block; } .milestones td.measure { font-weight: 600; } .milestones td.figure { grid-column: 1 / -1; text-align: left; } .milestones td.figure::before { content: "from impact start: "; color: var(--soft); } table.milestones td:last-child { text-align: right; } .milestones td.known { color: var(--soft); font-size: 14px; }
}
@media (max-width: 420px) {
  .part li time { white-space: normal; }
}
@media print {
  @page { margin: 16mm 15mm; }
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #111; --soft: #444; --line: #ccc; --accent: #1d2f80; --impact: #c03a1e; --gap-back: #fff; --gap-ink: #5b4204; --gap-line: #b08420; --error: #a01b14; --error-back: #fff; --warning: #6b4600; --warning-back: #fff; --mark: #fff; }
  body { font-size: 10.5pt; }
  .wrap { max-width: none; padding: 0; }
  .top { padding-top: 0; }
  .columns { display: block; padding: 10pt 0 0; }
  .part { border: 0; border-radius: 0; padding: 0; margin: 0 0 14pt; }
  #section-date, #section-services, #section-impact { padding: 0 8pt 0 0; font-size: 10pt; }
  .part h2, .part h3 { break-after: avoid; }
  .part h2 { font-size: 14pt; }
  tr, .gap, li { break-inside: avoid; }
  thead { display: table-header-group; }
  table, .durations { font-size: 9.5pt; } td { padding-top: 4pt; padding-bottom: 4pt; }
  .contents, .exports, .skip, .chip.todo, .read-over { display: none; }
  .side { font-size: 9.5pt; }
  .side .checks li { break-inside: avoid; }
  .part a { color: inherit; text-decoration: none; }
  .chip.todo { color: var(--gap-ink); background: var(--gap-back); border-color: var(--gap-line); text-decoration: none; }
.chip.sev { border: 1px solid currentColor; color: #111; background: none; }
}
.part { position: relative; }
.part > .edit { position: absolute; top: 18px; right: 20px; padding: 2px 10px; border: 1px solid var(--line); border-radius: 999px; font-size: 13px; line-height: 1.5; text-decoration: none; background: var(--card); }
.part > .edit:hover { border-color: var(--accent); }
.part:has(> .edit) > h2 { padding-right: 64px; }
#section-date > .edit, #section-services > .edit, #section-impact > .edit { top: 12px; right: 12px; }
.state, .do form, .aside form { display: inline; }
.do { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: baseline; margin-top: 6px; font-size: 13px; }
.do details[open] { flex-basis: 100%; }
.do input { display: block; width: 100%; margin: 4px 0 8px; padding: 5px 8px; border: 1px solid var(--soft); border-radius: 5px; background: var(--card); color: var(--ink); font: inherit; }
.state button, .do button, .aside button { font: inherit; font-size: 13px; font-weight: 600; padding: 2px 11px; border: 1px solid var(--accent); border-radius: 999px; background: none; color: var(--accent); cursor: pointer; }
.state button:hover, .do button:hover, .aside button:hover { background: var(--mark); }
.aside ul { list-style: none; margin: 8px 0 0; padding: 0; } .aside li { border-top: 1px solid var(--line); padding: 8px 0; } .aside p { margin: 0 0 4px; }
.aside summary, .do summary { cursor: pointer; color: var(--soft); font-size: 13px; }
@media print { .edit, .state, .do, .aside, .zone { display: none; } }
`;
