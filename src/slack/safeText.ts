import { cleanText } from '../postmortem/text/clean.ts';
import { truncate as clip, echoText as safe } from './mrkdwn.ts';

export { escapeText } from './mrkdwn.ts';
export { clip, safe };

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
