import { codeSpans } from './code.ts';

/** Stands where something is that is not read, so that nothing joins across it. */
const FILL = '\uFFFC';

const fill = (text: string): string => FILL.repeat(text.length);
const blank = (text: string): string => ' '.repeat(text.length);

/**
 * The same text with what is not prose masked, character for character, so that indices stay: code, URLs and
 * link targets are filled, markup is blanked, digits of other scripts and dashes become plain ones.
 * A link's label stays. Reads Markdown and Slack's mrkdwn alike; cost is linear.
 */
export function maskUnread(text: string): string {
  return plainCharacters(
    withoutCode(text)
      .replace(/^ {0,3}\[[^\]\n]{1,200}\]:[^\n]*$/gm, fill)
      .replace(/<[^<>\n]+>/g, maskAngle)
      .replace(/\]\((?:[^()\n\]]|\([^()\n\]]*\))*\)/g, (target) => ` ${fill(target.slice(1))}`)
      .replace(/\]\[[^[\]\n]*\]/g, (target) => ` ${fill(target.slice(1))}`)
      .replace(/\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.|mailto:)[^\s<>|]+/gi, fill)
      .replace(/&(gt|lt|amp|nbsp|quot);/g, maskEntity)
      .replace(/^[^\S\n]*>+/gm, blank),
  );
}

function withoutCode(text: string): string {
  const units = text.split('');
  for (const { start, end } of codeSpans(text)) units.fill(FILL, start, end);
  return units.join('');
}

const HTML_TAG =
  /^\/?(?:a|b|i|u|s|em|strong|br|hr|p|span|div|ul|ol|li|table|tr|td|th|sub|sup|small|mark|del|ins|kbd|h[1-6]|img)\b/i;

/** `<@U1>`, `<#C1|name>`, `<!date^…|…>`, `<https://…|label>`, `<b>`; not `<5 min`. */
function maskAngle(whole: string): string {
  const inner = whole.slice(1, -1);
  const bar = inner.indexOf('|');
  if (/^!|^[@#]/.test(inner)) return fill(whole);
  const link = /^(?:[a-z][a-z0-9+.-]*:\/\/|mailto:|tel:|www\.)/i.test(inner);
  if (link && bar >= 0) return `${fill(whole.slice(0, bar + 1))} ${inner.slice(bar + 1)} `;
  if (link || /^[^\s@]+@[^\s@]+$/.test(inner)) return fill(whole);
  return HTML_TAG.test(inner) ? blank(whole) : whole;
}

function maskEntity(whole: string, name: string): string {
  const plain: Record<string, string> = { gt: '>', lt: '<', amp: '&', quot: '"' };
  return (plain[name] ?? ' ').padEnd(whole.length);
}

function plainCharacters(text: string): string {
  return text
    .replace(/~~|(?<!\d)\*+|\*+(?!\d)|(?<![\p{L}\d])_+|_+(?![\p{L}\d])/gu, blank)
    .replace(/[\u2010\u2011\uFF0D]/g, '-')
    .replace(/[\u2012\u2013\u2212]/g, '–')
    .replace(/[\u2014\u2015]/g, '—')
    .replace(/[\uFF01-\uFF5E\uFE55]/g, (character) => character.normalize('NFKC'))
    .replace(/\p{Nd}/gu, plainDigit);
}

/** Decimal digits come in runs of ten, each from its zero; those beyond the basic plane are two units long. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 128 || digit.length > 1) return digit;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
