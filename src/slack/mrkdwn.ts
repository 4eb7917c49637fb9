import { slackText } from '../incident/slackText.ts';
import { cleanLine, cleanText } from '../postmortem/text/clean.ts';
import { safeUrl } from '../postmortem/text/links.ts';

/** Splits into text and, at odd places, references and entities. */
const TOKENS = /(<[^<>\n]+>|&(?:amp|lt|gt);)/;
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const KEPT = /^<(?:@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!date\^\d{1,12}\^[^|<>]*)(?:\|[^<>|]*)?>$/;

/** Text that is not mrkdwn, for a mrkdwn field: Slack's three characters escaped, overrides and controls out. */
export function escapeText(text: string): string {
  return slackText(cleanText(text));
}

/**
 * Text as Slack sent it (an entry's, say), to be shown again: people, channels, dates and web links stay, calls to
 * everyone (`<!here>`, user groups) become plain words, what only looks like a reference is escaped.
 */
export function safe(text: string): string {
  return cleanText(text)
    .split(TOKENS)
    .map((part, index) => (index % 2 === 0 ? slackText(part) : echoToken(part)))
    .join('');
}

/** A link, or the label alone when the address is not http, https or mailto. */
export function link(url: string, label: string): string {
  const address = safeUrl(url);
  const words = escapeText(cleanLine(label)).replaceAll('|', '¦');
  return address === null
    ? words
    : `<${escapeText(address).replaceAll('|', '%7C')}|${words || escapeText(address)}>`;
}

/** A link that shows where it leads: the address without its scheme, cut where it is long. */
export const addressLink = (url: string): string => link(url, clip(url.replace(/^https?:\/\//, ''), 80));

/**
 * Cuts mrkdwn to at most `max` UTF-16 units, the strictest way to count Slack's characters, with `…` for what is
 * gone. Never inside a grapheme, an entity or a reference; a code block that the cut leaves open is closed.
 */
export function clip(text: string, max: number): string {
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
  if (target.startsWith('!subteam^')) return slackText(label ?? '@group');
  return safeUrl(target) === null ? slackText(token) : token;
}

/** For plain_text and button labels: references as words, entities as the characters they stand for. */
export const plain = (text: string): string =>
  cleanText(text)
    .replace(/<[@#!][^<>|]*\|([^<>]*)>/g, '$1')
    .replace(
      /<((?:https?:\/\/|mailto:)[^<>\s|]+)(?:\|([^<>]*))?>/g,
      (_, url: string, label?: string) => label || url,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** A quotation, a line for each line; at most `longest` UTF-16 units with its marks. */
export const quote = (text: string, longest = 2500): string => clip(safe(text).replace(/^/gm, '> '), longest);

/** What somebody typed, as code on one line; at most `longest` units between the backticks. */
export function code(text: string, longest = 80): string {
  const line = safe(text).replace(/\s+/g, ' ').trim().replaceAll('`', "'");
  return `\`${clip(line, longest)}\``;
}

/**
 * `typed` with the links and mentions of `before` where the words still stand that `plain` shows for them, in their
 * order. What was rewritten loses its reference.
 */
export function relink(before: string, typed: string): string {
  let [done, rest] = ['', typed];
  for (const [token] of before.matchAll(/<[^<>\n]+>/g)) {
    const shown = plain(token);
    if (shown === token || shown === '') continue;
    const found = new RegExp(`(?<![\\p{L}\\p{N}])${literal(shown)}(?![\\p{L}\\p{N}])`, 'u').exec(rest);
    if (!found) continue;
    done += rest.slice(0, found.index) + token;
    rest = rest.slice(found.index + shown.length);
  }
  return done + rest;
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
