import type { Link, PhrasingContent, Text } from 'mdast';
import { cleanLine } from './clean.ts';

const ALLOWED = new Set(['http:', 'https:', 'mailto:']);
const BARE_URL = /https?:\/\/[^\s<>"`|]+/g;
const TRAILING = /[.,;:!?'*_~\]}]{1,20}$/;
const TRAILING_OR_PAREN = /[.,;:!?'*_~)\]}]{1,20}$/;

/** The URL in its normal form, or null when it is none that we link: http, https and mailto only. */
export function safeUrl(raw: string): string | null {
  const trimmed = raw.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return ALLOWED.has(url.protocol) ? url.href : null;
}

/** A link, or its label as text when the URL is not allowed. A label that names another host gets the true one. */
export function linkNode(rawUrl: string, rawLabel: string | undefined): Link | Text {
  const url = safeUrl(rawUrl);
  const label = cleanLine(rawLabel ?? '');
  const shown = cleanLine(rawUrl.replace(/^mailto:/i, ''));
  if (url === null) return { type: 'text', value: label || shown };
  const value = namesAnotherPlace(label, url) ? `${label} (${new URL(url).hostname})` : label || shown;
  return { type: 'link', url, title: null, children: [{ type: 'text', value }] };
}

/** Splits plain text so that the web addresses in it are links. */
export function linkBareUrls(text: string): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let done = 0;
  for (const match of text.matchAll(BARE_URL)) {
    const raw = match[0].replace(match[0].includes('(') ? TRAILING : TRAILING_OR_PAREN, '');
    if (safeUrl(raw) === null) continue;
    if (match.index > done) nodes.push({ type: 'text', value: text.slice(done, match.index) });
    nodes.push(linkNode(raw, undefined));
    done = match.index + raw.length;
  }
  if (done < text.length) nodes.push({ type: 'text', value: text.slice(done) });
  return nodes;
}

function namesAnotherPlace(label: string, url: string): boolean {
  const claimed = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[:/?#]|$)/iu.exec(label)?.[1];
  if (!claimed) return false;
  const host = new URL(url).hostname.replace(/^www\./, '');
  return claimed.toLowerCase().replace(/^www\./, '') !== host && !url.startsWith('mailto:');
}
