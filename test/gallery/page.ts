import type { Shown } from '../slack/views/everyView.ts';
import { messageHtml, viewHtml } from './blocks.ts';
import { escapeHtml, mrkdwnHtml } from './mrkdwn.ts';

/** Everything that one file of views shows. */
export interface Group {
  file: string;
  views: { name: string; shown: Shown[] }[];
}

const STYLE = `
  body { font: 15px/1.46 Lato, "Liberation Sans", sans-serif; color: #1d1c1d; background: #f4f4f4; margin: 24px; }
  section { max-width: 760px; margin-bottom: 48px; padding: 16px; background: #fff; }
  h1 { font-size: 26px } h2 { font: bold 18px monospace } h4 { font: 13px monospace; color: #777; margin: 24px 0 6px }
  article { padding: 4px 0 10px } h3 { font-size: 18px; margin: 8px 0 }
  .message { display: flex; gap: 8px } .avatar { flex: none; width: 36px; height: 36px; border-radius: 4px;
    background: #1f2a44; color: #fff; text-align: center; line-height: 36px; font-weight: bold }
  .body { flex: 1; min-width: 0; overflow-wrap: anywhere } .who { font-weight: 900 }
  .app { font: bold 10px sans-serif; background: #e8e8e8; color: #666; padding: 1px 3px; border-radius: 2px }
  .fallback { font-size: 12px; color: #777; border-left: 2px solid #ddd; margin: 4px 0 0 44px; padding-left: 6px;
    max-height: 54px; overflow: hidden }
  .fallback::before { content: "notification: "; color: #aaa }
  .modal { width: 520px; border: 1px solid #bbb; border-radius: 8px; background: #fff; overflow-wrap: anywhere }
  .title { font-weight: 900; font-size: 18px; padding: 14px 20px; border-bottom: 1px solid #ddd }
  .inside { padding: 8px 20px } .end { padding: 12px 20px; text-align: right; border-top: 1px solid #ddd }
  .home { border: 1px solid #bbb; padding: 16px; overflow-wrap: anywhere }
  .section { display: flex; gap: 12px; margin: 8px 0 } .section > div:first-child { flex: 1; min-width: 0 }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px }
  .context { font-size: 12px; color: #616061; margin: 6px 0 } .actions { display: flex; gap: 8px; flex-wrap: wrap; margin: 8px 0 }
  .button { display: inline-block; border: 1px solid #bbb; border-radius: 4px; padding: 4px 12px; font-weight: bold; font-size: 13px; margin-left: 0; background: #fff }
  .end .button { margin-left: 10px } .primary { background: #007a5a; color: #fff } .danger { background: #e01e5a; color: #fff }
  .input { margin: 14px 0 } label { font-weight: bold; display: block; margin-bottom: 4px } .optional, .hint { font-weight: normal; color: #616061 }
  .hint { font-size: 13px } .field { border: 1px solid #999; border-radius: 4px; padding: 6px 10px; min-height: 21px }
  .tall { min-height: 66px } .empty { color: #888 } .options { font-size: 12px; color: #616061; margin-top: 2px }
  .ref { background: #e8f5fa; color: #1264a3; border-radius: 3px; padding: 0 2px } .date { color: #616061 } a { color: #1264a3 }
  code, pre { background: #f8f8f8; border: 1px solid #ddd; border-radius: 3px; color: #e01e5a; font: 12px monospace; padding: 1px 3px }
  pre { color: #1d1c1d; padding: 8px; white-space: pre-wrap } blockquote { border-left: 4px solid #ddd; margin: 0; padding-left: 10px }
  .emoji { font-size: 11px; color: #9a6700 }
  hr { border: 0; border-top: 1px solid #ddd }`;

/** All views on one page. */
export const pageHtml = (groups: readonly Group[]): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Debrief: everything that Slack shows</title><style>${STYLE}</style>
<h1>Everything that Slack shows of Debrief</h1>${groups.map(groupHtml).join('\n')}</html>`;

const groupHtml = ({ file, views }: Group): string =>
  `<section id="${escapeHtml(file.replace('.ts', ''))}"><h2>${escapeHtml(file)}</h2>${views
    .map(({ name, shown }) => shown.map((one, index) => articleHtml(index === 0 ? name : null, one)).join(''))
    .join('')}</section>`;

/** One thing that is shown; the first of a view stands under the view's name. */
const articleHtml = (name: string | null, shown: Shown): string =>
  `<article>${name === null ? '' : `<h4>${escapeHtml(name)}</h4>`}${shownHtml(shown)}</article>`;

function shownHtml(shown: Shown): string {
  if ('message' in shown) return messageHtml(shown.message);
  return 'view' in shown ? viewHtml(shown.view) : `<div class="topic">${mrkdwnHtml(shown.topic)}</div>`;
}
