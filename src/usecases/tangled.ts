/** Most lines; most marks of Markdown in all and in one block; most columns; deepest indentation and nesting of a line. */
const MOST_LINES = 5000;
const MOST_IN_ALL = 40_000;
const MOST_MARKS = 250;
const MOST_COLUMNS = 100;
const DEEPEST = 100;

/** Where a block begins that is read by itself: a blank line, a heading, a list's item, a table's row, a quotation. */
const BLOCK = /^\s*(?:$|#{1,6}\s|[-+*]\s|\d{1,9}[.)]\s|\||>)/;

/**
 * The first line (from 1) at which Markdown would take seconds to read, since readers try each open bracket or mark
 * with each that follows; null for every text that people write.
 */
export function tangledAt(text: string): number | null {
  let marks = 0;
  let all = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (BLOCK.test(line)) marks = 0;
    const found = count(line, /[[\]!*_<`~&\\]/g);
    marks += found;
    all += found;
    const nested = /^[-+*>\s\d.)]*/.exec(line)?.[0].length ?? 0;
    if (
      index >= MOST_LINES ||
      all > MOST_IN_ALL ||
      marks > MOST_MARKS ||
      nested > DEEPEST ||
      count(line, /\|/g) > MOST_COLUMNS
    )
      return index + 1;
  }
  return null;
}

const count = (line: string, what: RegExp): number => line.match(what)?.length ?? 0;
