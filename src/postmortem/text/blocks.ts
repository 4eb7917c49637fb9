const ITEM = /^(?:[-+*]|1[.)]) +[^ ]/;
const NUMBERED = /^\d{1,9}[.)] +[^ ]/;
/** HTML that blank lines do not end: a table's row may close it, and what follows goes on as a paragraph. */
const RAW = /(?:^|[\s>])<(?:[!?]|(?:pre|script|style|textarea)\b)/im;

/** What the next line's reading depends on. */
interface Before {
  quote: string;
  indent: number;
  isItem: boolean;
  /** No paragraph is open after it. */
  ended: boolean;
  /** Columns, where it may be a table's header. */
  columns: number;
  inTable: boolean;
}

const BEGINNING: Before = { quote: '', indent: 0, isItem: false, ended: true, columns: 0, inTable: false };

/**
 * For each line of Markdown, whether it is certainly read apart from the one before: a paragraph goes on through lines
 * that only look like a quotation, a table's row, or an item that is numbered or indented. In doubt it goes on.
 */
export function blockStarts(lines: readonly string[]): boolean[] {
  const hasTables = !lines.some((line) => RAW.test(line));
  let before = BEGINNING;
  return lines.map((line) => {
    const quote = /^(?: {0,3}> ?)*/.exec(line)?.[0] ?? '';
    const indent = /^ */.exec(line.slice(quote.length))?.[0].length ?? 0;
    const text = line.slice(quote.length + indent);
    const isNear = indent <= 3;
    const isBeside = quote === before.quote && indent === before.indent;
    const goesOn = before.isItem && quote === before.quote && indent <= before.indent;
    const isItem = isNear && (ITEM.test(text) || (goesOn && NUMBERED.test(text)));
    const isHeading = isNear && /^#{1,6}(?: |$)/.test(text);
    const isRow = before.inTable && isBeside && text.startsWith('|');
    const isStart = before.ended || text === '' || isItem || isHeading || isRow;
    const isRule = isBeside && before.columns > 0 && ruleColumns(text) === before.columns;
    const isHeader = hasTables && isNear && before.ended && /^\| *[^ ]/.test(text);
    before = {
      quote,
      indent,
      isItem,
      ended: text === '' || isHeading,
      columns: isHeader ? cells(text).length : 0,
      inTable: isRow || isRule,
    };
    return isStart;
  });
}

/** The cells of a line that begins with `|`. */
function cells(text: string): string[] {
  const [, ...found] = text.replace(/\\[\\|]/g, '').split('|');
  return /^ *$/.test(found.at(-1) ?? '') ? found.slice(0, -1) : found;
}

/** How many columns a line such as `| --- | :-: |` rules off; 0 for any other. */
function ruleColumns(text: string): number {
  const rules = text.startsWith('|') ? cells(text) : [];
  return rules.every((rule) => /^ *:?-+:? *$/.test(rule)) ? rules.length : 0;
}
