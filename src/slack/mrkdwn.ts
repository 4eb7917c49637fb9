import { cleanLine, cleanText } from '../postmortem/text/clean.ts';
import { safeUrl } from '../postmortem/text/links.ts';
import { formatUtc } from '../time/format.ts';
import type { Instant } from '../time/types.ts';

/** Splits into text and, at odd places, references and entities. */
const TOKENS = /(<[^<>\n]+>|&(?:amp|lt|gt);)/;
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const KEPT = /^<(?:@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!date\^\d{1,12}\^[^|<>]*)(?:\|[^<>|]*)?>$/;

/** Text that is not mrkdwn, for a mrkdwn field: Slack's three characters escaped, overrides and controls out. */
export function escapeText(text: string): string {
  return escapeSigns(cleanText(text));
}

function escapeSigns(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Text as Slack sent it (an entry's, say), to be shown again: people, channels, dates and web links stay, calls to
 * everyone (`<!here>`, user groups) become plain words, what only looks like a reference is escaped.
 */
export function echoText(text: string): string {
  return cleanText(text)
    .split(TOKENS)
    .map((part, index) => (index % 2 === 0 ? escapeSigns(part) : echoToken(part)))
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

/** As much of the text as fits, in whole references, entities and graphemes. */
function take(text: string, room: number): string {
  let end = 0;
  for (const [index, part] of text.split(TOKENS).entries()) {
    if (end + part.length <= room) {
      end += part.length;
      continue;
    }
    // Only the grapheme at the cut is looked for: to go through all of them takes milliseconds.
    const cut =
      index % 2 === 1 ? 0 : (GRAPHEMES.segment(part).containing(Math.max(0, room - end))?.index ?? 0);
    return text.slice(0, end + cut);
  }
  return text;
}

function echoToken(token: string): string {
  if (!token.startsWith('<') || KEPT.test(token)) return token;
  const [target = '', label] = token.slice(1, -1).split('|', 2);
  if (/^!(?:here|channel|everyone)$/.test(target)) return `@${target.slice(1)}`;
  if (target.startsWith('!subteam^')) return escapeSigns(label ?? '@group');
  return safeUrl(target) === null ? escapeSigns(token) : token;
}
