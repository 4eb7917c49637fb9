const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
  /^(?:\p{Emoji_Presentation}|.\uFE0F|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}])/u;

/** Columns that a text takes in a terminal: two for wide characters and emoji, one for any other grapheme. */
export function width(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  return graphemes(text).reduce((sum, grapheme) => sum + (WIDE.test(grapheme) ? 2 : 1), 0);
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** Lines of at most `columns`, broken at spaces, inside a word only where it is longer than a line. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ').flatMap((one) => pieces(one, columns))) {
      if (current !== '' && width(current) + 1 + width(word) > columns) {
        lines.push(current);
        current = word;
      } else {
        current = current === '' ? word : `${current} ${word}`;
      }
    }
    return [...lines, current];
  });
}

function pieces(word: string, columns: number): string[] {
  if (width(word) <= columns) return [word];
  const result: string[] = [];
  let current = '';
  let used = 0;
  for (const grapheme of graphemes(word)) {
    const next = width(grapheme);
    if (used + next > columns) {
      result.push(current);
      current = '';
      used = 0;
    }
    current += grapheme;
    used += next;
  }
  return [...result, current];
}

function graphemes(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
