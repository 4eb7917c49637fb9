const NAMES: Record<string, string> = { U0123456789: 'ana', C0123456789: 'incidents' };

/** Letters that HTML would read are written so that it shows them. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const asTyped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Plain text of Slack's as HTML: nothing in it is markup but the emoji. */
export const plainHtml = (text: string): string => emoji(escapeHtml(text)).replaceAll('\n', '<br>');

// As their names: the machine may have no font for them, and what is read here is words.
const emoji = (html: string): string =>
  html.replace(/:([a-z][a-z0-9_+-]+):/g, '<span class="emoji">:$1:</span>');

/** Slack's mrkdwn as HTML. */
export const mrkdwnHtml = (text: string): string =>
  text
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 0 ? wordsHtml(part) : codeHtml(part)))
    .join('');

function codeHtml(part: string): string {
  const block = part.startsWith('```');
  const inner = block ? part.slice(3, -3) : part.slice(1, -1);
  return block ? `<pre>${referencesHtml(inner)}</pre>` : `<code>${referencesHtml(inner)}</code>`;
}

function wordsHtml(text: string): string {
  const html = emoji(referencesHtml(text))
    .replace(/(^|[\s(>])\*([^*\n]+)\*(?=$|[\s).,:;?!<])/gm, '$1<b>$2</b>')
    .replace(/(^|[\s(>])_([^_\n]+)_(?=$|[\s).,:;?!<])/gm, '$1<i>$2</i>')
    .replace(/(^|[\s(>])~([^~\n]+)~(?=$|[\s).,:;?!<])/gm, '$1<s>$2</s>');
  return html
    .split('\n')
    .map((line) => (line.startsWith('&#62; ') ? `<blockquote>${line.slice(6)}</blockquote>` : `${line}<br>`))
    .join('')
    .replace(/<br>$/, '');
}

/** Everything in angle brackets as Slack shows it, all else escaped. */
const referencesHtml = (text: string): string =>
  text
    .split(/(<[^<>\n]+>)/)
    .map((part, index) => (index % 2 === 0 ? escapeHtml(asTyped(part)) : referenceHtml(part.slice(1, -1))))
    .join('');

function referenceHtml(inner: string): string {
  const [target = '', label] = inner.split('|', 2);
  const id = target.slice(1);
  if (target.startsWith('@'))
    return `<span class="ref">@${escapeHtml(label ?? NAMES[id] ?? 'someone')}</span>`;
  if (target.startsWith('#'))
    return `<span class="ref">#${escapeHtml(label ?? NAMES[id] ?? 'channel')}</span>`;
  if (target.startsWith('!date')) return `<span class="date">${escapeHtml(dateText(target))}</span>`;
  return `<a title="${escapeHtml(asTyped(target))}">${escapeHtml(asTyped(label ?? target))}</a>`;
}

/** As a reader in Berlin sees it. */
function dateText(target: string): string {
  const seconds = Number(target.split('^')[1]);
  const at = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return at.format(seconds * 1000);
}
