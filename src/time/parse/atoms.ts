import { normalise } from './normalise.ts';

/** TIME: input beyond this is not read. */
export const MAX_LENGTH = 4000;

export type AtomKind =
  | 'link'
  | 'date'
  | 'numeric-date'
  | 'clock'
  | 'dotted'
  | 'decimal'
  | 'number'
  | 'letters'
  | 'mark';

/** The smallest piece with a meaning: `14:05`, `24`, `sep`, `+`. */
export interface Atom {
  kind: AtomKind;
  /** Normalised, lower case. */
  text: string;
  /** Index into `Source.words`. */
  word: number;
  /** First of its word. */
  opens: boolean;
  /** Last of its word, but for punctuation behind it. */
  closes: boolean;
}

/** A run of the text without spaces, punctuation at its end apart. */
export interface Word {
  /** Normalised, in the case typed. */
  text: string;
  /** Where it stands in the text typed; `end` is behind its punctuation. */
  start: number;
  end: number;
  /** Atoms [firstAtom, punctuation) are the word, [punctuation, …) its punctuation. */
  firstAtom: number;
  punctuation: number;
  /** Whether a comma, colon or the like ends a name here; a full stop does not (`St. Johns`). */
  ends: boolean;
}

export interface Source {
  text: string;
  words: Word[];
  atoms: Atom[];
}

// Slack's link markup may hold spaces in its label, so it is one word.
const WORDS = /<https?:[^<>\n]*>[^\s<]*|\S+/g;
const LINK = /^<?https?:\/\/[^\s|<>]+(?:\|[^<>]*)?>?[,:;]?$/i;
const PIECES: [AtomKind, RegExp][] = [
  ['date', /\d{4}([-/])\d{1,2}\1\d{1,2}(?!\d)(?:t(?=\d))?/y],
  ['numeric-date', /\d{1,2}([/.])\d{1,2}\1\d{2,4}(?!\d)|\d{1,2}\/\d{1,2}(?![\d/])/y],
  ['clock', /\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?![\d]|[:.]\d)/y],
  ['dotted', /\d{1,2}\.\d\d(?!\d|[.:]\d)/y],
  ['decimal', /\d+\.\d+(?![.:]\d)/y],
  ['number', /\d+/y],
  ['letters', /[ap]\.m\.?(?!\p{L})|[\p{L}\p{M}]+/uy],
];

/** Cuts a text into words and atoms. Reads `MAX_LENGTH` characters; time grows with length, not faster. */
export function readSource(text: string): Source {
  const source: Source = { text, words: [], atoms: [] };
  for (const match of text.slice(0, MAX_LENGTH).matchAll(WORDS)) {
    const read = normalise(match[0]);
    if (read === '') continue;
    const firstAtom = source.atoms.length;
    const index = source.words.length;
    for (const [kind, piece] of piecesOf(read.toLowerCase())) {
      const opens = source.atoms.length === firstAtom;
      source.atoms.push({ kind, text: piece, word: index, opens, closes: false });
    }
    let punctuation = source.atoms.length;
    while (punctuation > firstAtom + 1 && isPunctuation(source.atoms[punctuation - 1])) punctuation--;
    const last = source.atoms[punctuation - 1];
    if (last) last.closes = true;
    source.words.push({
      text: read.slice(0, read.length - (source.atoms.length - punctuation)),
      start: match.index,
      end: match.index + match[0].length,
      firstAtom,
      punctuation,
      ends: /[,:;!]/.test(source.atoms[punctuation]?.text ?? ''),
    });
  }
  return source;
}

function* piecesOf(word: string): Generator<[AtomKind, string]> {
  if (LINK.test(word)) return yield ['link', word];
  for (let at = 0; at < word.length; ) {
    const [kind, piece] = pieceAt(word, at);
    yield [kind, piece];
    at += piece.length;
  }
}

function pieceAt(word: string, at: number): [AtomKind, string] {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const found = pattern.exec(word);
    if (found) return [kind, found[0]];
  }
  return ['mark', word.charAt(at)];
}

/** Whether nothing but punctuation follows from atom `at`. */
export function endsAt(source: Source, at: number): boolean {
  return source.atoms.slice(at).every(isPunctuation);
}

function isPunctuation(atom: Atom | undefined): boolean {
  return atom?.kind === 'mark' && /[,:;.!]/.test(atom.text);
}
