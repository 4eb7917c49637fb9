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
    let used = 0;
    for (const word of line.split(' ').flatMap((one) => pieces(one, columns))) {
      const more = width(word);
      if (current !== '' && used + 1 + more > columns) {
        lines.push(current);
        current = word;
        used = more;
      } else {
        used = current === '' ? more : used + 1 + more;
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

// The time that segmenting takes grows with the square of the length.
const AT_ONCE = 500;

function graphemes(text: string): string[] {
  const all: string[] = [];
  for (let from = 0; from < text.length; ) {
    const found = [...segmenter.segment(text.slice(from, from + AT_ONCE))].map(({ segment }) => segment);
    // The last one may go on behind the cut.
    if (from + AT_ONCE < text.length && found.length > 1) found.pop();
    for (const one of found) {
      all.push(one);
      from += one.length;
    }
  }
  return all;
}
