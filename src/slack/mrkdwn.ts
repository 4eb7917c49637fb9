import { cleanLine, cleanText } from '../postmortem/text/clean.ts';
import { safeUrl } from '../postmortem/text/links.ts';
import { formatUtc } from '../time/format.ts';
import type { Instant } from '../time/types.ts';

const TOKEN = /<[^<>\n]+>|&(?:amp|lt|gt);/;
const KEPT = /^<(?:@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!date\^\d{1,12}\^[^|<>]*)(?:\|[^<>|]*)?>$/;

/** Text that is not mrkdwn, for a mrkdwn field: Slack's three characters escaped, overrides and controls out. */
export function escapeText(text: string): string {
  return cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Text as Slack sent it (an entry's, say), to be shown again: people, channels, dates and web links stay, calls to
 * everyone (`<!here>`, user groups) become plain words, what only looks like a reference is escaped.
 */
export function echoText(text: string): string {
  return cleanText(text)
    .split(new RegExp(`(${TOKEN.source})`))
    .map((part, index) => (index % 2 === 0 ? escapeText(part) : echoToken(part)))
    .join('');
}

/** `*text*`, escaped, on one line. An asterisk inside would end it early, so another sign stands for it. */
export function bold(text: string): string {
  const line = escapeText(cleanLine(text)).replaceAll('*', '∗');
  return line === '' ? '' : `*${line}*`;
}

/** `` `text` ``, escaped, on one line; a backtick inside becomes an apostrophe. */
export function code(text: string): string {
  const line = escapeText(cleanLine(text)).replaceAll('`', '’');
  return line === '' ? '' : `\`${line}\``;
}

export function user(id: string): string {
  return `<@${id}>`;
}

export function channel(id: string): string {
  return `<#${id}>`;
}

/** A link, or the label alone when the address is not http, https or mailto. */
export function link(url: string, label: string): string {
  const safe = safeUrl(url);
  const words = escapeText(cleanLine(label)).replaceAll('|', '¦');
  return safe === null ? words : `<${escapeText(safe).replaceAll('|', '%7C')}|${words || escapeText(safe)}>`;
}

/**
 * An instant in UTC and, beside it, on the wall clock of whoever reads: Slack fills that in.
 * `fallback` is what old clients and notifications show there.
 */
export function slackDate(instant: Instant, fallback: string = formatUtc(instant)): string {
  const words = escapeText(cleanLine(fallback)).replaceAll('|', '¦');
  return `${formatUtc(instant)} (<!date^${Math.floor(instant / 1000)}^{date_short}, {time}|${words}>)`;
}

/**
 * Cuts mrkdwn to at most `max` UTF-16 units, the strictest way to count Slack's characters, with `…` for what is
 * gone. Never inside a grapheme, an entity or a reference; a code block that the cut leaves open is closed.
 */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = take(text, max - 1);
  if (!opensBlock(kept)) return `${kept}…`.slice(0, Math.max(0, max));
  const shorter = take(text, max - 5);
  return opensBlock(shorter) ? `${shorter}…\n\`\`\`` : `${shorter}…`;
}

function opensBlock(text: string): boolean {
  return text.split('```').length % 2 === 0;
}

function take(text: string, room: number): string {
  let kept = '';
  for (const piece of pieces(text)) {
    if (kept.length + piece.length > room) break;
    kept += piece;
  }
  return kept;
}

function* pieces(text: string): Generator<string> {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const [index, part] of text.split(new RegExp(`(${TOKEN.source})`)).entries()) {
    if (index % 2 === 1) yield part;
    else for (const { segment } of segmenter.segment(part)) yield segment;
  }
}

function echoToken(token: string): string {
  if (!token.startsWith('<') || KEPT.test(token)) return token;
  const [target = '', label] = token.slice(1, -1).split('|', 2);
  if (/^!(?:here|channel|everyone)$/.test(target)) return `@${target.slice(1)}`;
  if (target.startsWith('!subteam^')) return escapeText(label ?? '@group');
  return safeUrl(target) === null ? escapeText(token) : token;
}
