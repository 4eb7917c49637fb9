/** Whom and what a person can refer to while typing. */
export interface Directory {
  /** Display name (in lower case) to user id. */
  people: Map<string, string>;
  /** Channel name to id. */
  channels: Map<string, string>;
}

const REFERENCE =
  /<@(?<id>U[A-Z0-9]+)(?:\|[^>]*)?>|(?<![\p{L}\p{N}_@/])@(?<name>[\p{L}\p{N}._-]+)|(?<![\p{L}\p{N}_&])#(?<channel>[\p{Ll}\p{N}_-]+)|(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<url>https?:\/\/[^\s<>]+)/gu;
const CODE = /(```[\s\S]*?```|`[^`\n]+`)/;
const EVERYBODY = new Set(['here', 'channel', 'everyone']);

/**
 * What Slack makes of typed text before an app sees it: `&`, `<`, `>` as entities, and references in angle
 * brackets. `labels`: with the name too (`<@U1|ana>`), as in commands with escaping switched on.
 */
export function encodeTyped(text: string, directory: Directory, labels: boolean): string {
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? entities(part) : encodePart(part, directory, labels)))
    .join('');
}

function encodePart(text: string, directory: Directory, labels: boolean): string {
  const ids = new Map([...directory.people].map(([name, id]) => [id, name]));
  let result = '';
  let last = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const { id, name, channel, mail, url } = match.groups ?? {};
    const encoded =
      (id && ids.has(id) && person(id, ids.get(id) ?? '', labels)) ||
      (name && mention(name, directory, labels)) ||
      (channel && directory.channels.has(channel) && `<#${directory.channels.get(channel)}|${channel}>`) ||
      (mail && `<mailto:${mail}|${mail}>`) ||
      (url && link(url));
    if (!encoded) continue;
    result += entities(text.slice(last, match.index)) + encoded;
    last = match.index + match[0].length;
  }
  return result + entities(text.slice(last));
}

function mention(typed: string, directory: Directory, labels: boolean): string | undefined {
  if (EVERYBODY.has(typed)) return `<!${typed}>`;
  // A full stop or dash after a name belongs to the sentence.
  for (let name = typed.toLowerCase(); name; name = name.slice(0, -1)) {
    const id = directory.people.get(name);
    if (id) return person(id, name, labels) + entities(typed.slice(name.length));
    if (!/[._-]$/.test(name)) return undefined;
  }
  return undefined;
}

function person(id: string, name: string, labels: boolean): string {
  return labels ? `<@${id}|${name}>` : `<@${id}>`;
}

function link(url: string): string {
  const end = /[.,;:!?)\]}'"]+$/.exec(url)?.[0] ?? '';
  return `<${entities(url.slice(0, url.length - end.length))}>${entities(end)}`;
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
