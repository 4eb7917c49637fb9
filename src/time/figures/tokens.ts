/** A piece of prose: a number (`14:05`, `2,500`, `1.5`), a run of letters, or one other character. */
export interface Token {
  kind: 'number' | 'word' | 'symbol';
  /** Lower case. */
  text: string;
  raw: string;
  start: number;
  end: number;
  /** No white space stands before it. */
  glued: boolean;
}

// Each alternative is unambiguous, so that the cost stays linear.
const PIECES = /(\d+:\d+:\d+\.\d+|\d+(?::\d+)+|\d+(?:[.,]\d+)*)|(\p{L}[\p{L}\p{M}]*)|(\S)|\n[^\S\n]*\n/gu;

/** Cuts text into tokens. A blank line becomes a symbol `¶`, which no figure reaches across. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let before = -1;
  for (const match of text.matchAll(PIECES)) {
    const raw = match[1] ?? match[2] ?? match[3] ?? '¶';
    const start = match.index;
    const end = start + match[0].length;
    const kind = match[1] ? 'number' : match[2] ? 'word' : 'symbol';
    // A blank line is white space: neither it nor what follows is glued to anything.
    const blank = raw === '¶' && match[0] !== raw;
    tokens.push({ kind, text: raw.toLowerCase(), raw, start, end, glued: !blank && start === before });
    before = blank ? -1 : end;
  }
  return tokens;
}

export function isWord(token: Token | undefined, ...words: string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text);
}

export function isSymbol(token: Token | undefined, symbols: string): boolean {
  return token?.kind === 'symbol' && symbols.includes(token.text);
}

/** A whole number without separators, else undefined. */
export function wholeNumber(token: Token | undefined): number | undefined {
  return token?.kind === 'number' && /^\d{1,6}$/.test(token.text) ? Number(token.text) : undefined;
}

/** Index after a hyphen that joins two tokens (`13-minute`); the same index if there is none. */
export function afterHyphen(tokens: readonly Token[], index: number): number {
  const joined = isSymbol(tokens[index], '-') && tokens[index]?.glued && tokens[index + 1]?.glued;
  return joined ? index + 1 : index;
}

const BLOCKING = '#$€£¥%&\\_=/.';
const HEX = /^[0-9a-f]{1,4}$/;

/**
 * Whether a number or word here begins on its own, and is not the tail of a version, port, address, amount,
 * identifier or of a range that was not read.
 */
export function standsAlone(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (!tokens[index]?.glued || !before) return true;
  if (before.kind !== 'symbol') return false;
  if (isSymbol(before, BLOCKING)) return false;
  const beyond = before.glued ? tokens[index - 2] : undefined;
  if (isSymbol(before, '-')) return beyond === undefined || beyond.kind === 'symbol' || isClockText(beyond);
  if (isSymbol(before, '–—')) return beyond?.kind !== 'number' || isClockText(beyond);
  if (isSymbol(before, ':')) return beyond === undefined || !(HEX.test(beyond.text) || isSymbol(beyond, ':'));
  return true;
}

function isClockText(token: Token): boolean {
  return token.kind === 'number' && token.text.includes(':');
}
