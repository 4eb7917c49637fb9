export interface Span {
  start: number;
  end: number;
}

/**
 * Fenced blocks, code spans and indented blocks, as Markdown and Slack read them: a run of backticks closes at
 * the next run of the same length in the same paragraph; an open fence at a line's start runs to the end.
 */
export function codeSpans(text: string): Span[] {
  return [...backtickSpans(text), ...tildeFences(text), ...indentedLines(text)];
}

function backtickSpans(text: string): Span[] {
  const runs = [...text.matchAll(/(?<!`)`+/g)].map((match) => ({
    start: match.index,
    length: match[0].length,
  }));
  const closers = nextOfSameLength(runs);
  const paragraphs = paragraphsOf(text, runs);
  const spans: Span[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const run = runs[at];
    if (!run || text[run.start - 1] === '\\') continue;
    const closer = closers[at] ?? -1;
    const close = runs[closer];
    const fence = run.length >= 3;
    if (close && (fence || paragraphs[at] === paragraphs[closer])) {
      spans.push({ start: run.start, end: close.start + close.length });
      at = closer;
    } else if (fence && /(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, run.start - 4), run.start))) {
      spans.push({ start: run.start, end: text.length });
      break;
    }
  }
  return spans;
}

/** For each run the index of the next one as long. */
function nextOfSameLength(runs: readonly { length: number }[]): (number | undefined)[] {
  const next: (number | undefined)[] = [];
  const latest = new Map<number, number>();
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const length = runs[at]?.length ?? 0;
    next[at] = latest.get(length);
    latest.set(length, at);
  }
  return next;
}

/** For each run how many blank lines stand before it. */
function paragraphsOf(text: string, runs: readonly { start: number }[]): number[] {
  const blankLines = [...text.matchAll(/\n[^\S\n]*(?=\n)/g)].map((match) => match.index);
  let passed = 0;
  return runs.map(({ start }) => {
    while ((blankLines[passed] ?? Number.POSITIVE_INFINITY) < start) passed += 1;
    return passed;
  });
}

function tildeFences(text: string): Span[] {
  const fences = [...text.matchAll(/^ {0,3}~{3,}[^\n]*$/gm)];
  const spans: Span[] = [];
  for (let at = 0; at < fences.length; at += 2) {
    const open = fences[at];
    const close = fences[at + 1];
    if (open) spans.push({ start: open.index, end: close ? close.index + close[0].length : text.length });
  }
  return spans;
}

/** Lines indented by four after a blank line are code, unless they carry on a list. */
function indentedLines(text: string): Span[] {
  const spans: Span[] = [];
  let code = true;
  let list = false;
  let start = 0;
  for (const line of text.split('\n')) {
    const indented = /^(?: {4}|\t)/.test(line);
    if (line.trim() === '') code = !list;
    else if (indented && code) spans.push({ start, end: start + line.length });
    else {
      code = false;
      if (!indented) list = /^ {0,3}(?:[-*+•]|\d{1,9}[.)])\s/.test(line);
    }
    start += line.length + 1;
  }
  return spans;
}
