const NEWLINES = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const CONTROLS = /[\p{Cc}\u{FFF9}-\u{FFFB}]/gu;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const JOINED = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\uFE0F|(?=[^\p{ASCII}])[\p{L}\p{M}]/u;
const MARK_PILE = /(\p{M}{4})\p{M}+/gu;

/**
 * Takes out what acts on a renderer instead of being read: control characters (terminal escapes too), direction
 * overrides, zero-width characters, lone surrogates, piled-up combining marks. Line ends become `\n`.
 * Joiners stay inside emoji and the scripts that need them.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(NEWLINES, '\n')
    .replace(/\t/g, ' ')
    .replace(CONTROLS, (char) => (char === '\n' ? char : ''))
    .replace(INVISIBLE, keepJoiner)
    .replace(MARK_PILE, '$1');
}

/** The same, on one line and without space around it: for titles, names and labels. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function keepJoiner(char: string, offset: number, whole: string): string {
  if (char === '\uFE0F') return char;
  if (char !== '\u200C' && char !== '\u200D') return '';
  const before = [...whole.slice(Math.max(0, offset - 2), offset)].at(-1) ?? '';
  const after = String.fromCodePoint(whole.codePointAt(offset + 1) ?? 0x20);
  return JOINED.test(before) && JOINED.test(after) ? char : '';
}
