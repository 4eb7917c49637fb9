/** Escapes plain text for Slack's mrkdwn. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// A person, a channel or a web address as Slack writes them; anything else in angle brackets is only text.
const REFERENCE =
  /<(?:@[UW][A-Z0-9]+(?:\|[^<>]*)?|#[CG][A-Z0-9]+(?:\|[^<>]*)?|(?:https?:\/\/|mailto:)[^<>\s|]+(?:\|[^<>]*)?)>/g;

/**
 * Text as it came from Slack, made safe to post again: people, channels and links stay, `<!channel>` and its like
 * become words that call nobody, every other bracket is escaped once.
 */
export function safe(text: string): string {
  let out = '';
  let end = 0;
  for (const found of text.matchAll(REFERENCE)) {
    out += quiet(text.slice(end, found.index)) + found[0];
    end = found.index + found[0].length;
  }
  return out + quiet(text.slice(end));
}

const quiet = (text: string): string =>
  text
    .replace(/<!(channel|here|everyone)(?:\|[^<>]*)?>/g, '@$1')
    .replace(/<!subteam\^[A-Z0-9]+(?:\|([^<>]*))?>/g, (_, name?: string) => name ?? '@group')
    .replace(/<!date\^\d+\^[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** For plain_text and button labels: references as words, entities as the characters they stand for. */
export const plain = (text: string): string =>
  text
    .replace(/<[@#!][^<>|]*\|([^<>]*)>/g, '$1')
    .replace(
      /<((?:https?:\/\/|mailto:)[^<>\s|]+)(?:\|([^<>]*))?>/g,
      (_, url: string, label?: string) => label || url,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** At most `longest` UTF-16 units, ending in `…` when cut; never inside a reference, an entity or a character. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const whole = cut
    .replace(/<[^<>]*$/, '')
    .replace(/&[a-z]{0,4}$/, '')
    .replace(/[\ud800-\udbff]$/, '');
  return `${whole}…`;
}

/** A quotation, a line for each line. */
export const quote = (text: string, longest = 2500): string =>
  clip(safe(text), longest)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
