import { isSymbol, isWord, type Token } from './tokens.ts';

// TIME's words first, then those of the same meaning.
const OVER =
  /(?:over|more than|at least|longer than|greater than|upwards of|in excess of|exceed(?:ed|s|ing)?|minimum of|>=?|≥)$/;
const UNDER =
  /(?:under|less than|nearly|almost|up to|within|below|at most|shorter than|fewer than|not quite|shy of|short of|maximum of|<=?|≤)$/;
const NEGATED =
  /(?:\bno|\bnot|n't|\bnever)(?: \w+)? (over|more than|longer than|greater than|less than|under|shorter than|fewer than)$/;
const SOFTENERS = ['about', 'around', 'roughly', 'approximately', 'just', 'only', 'some', 'still'];

/** `over`, `under` or null, from the words right before token `start` and right behind token `end`. */
export function boundOf(tokens: readonly Token[], start: number, end: number): 'over' | 'under' | null {
  const before = wordsBefore(tokens, start);
  const negated = NEGATED.exec(before)?.[1];
  if (negated) return OVER.test(negated) ? 'under' : 'over';
  if (OVER.test(before)) return 'over';
  if (UNDER.test(before)) return 'under';
  return boundBehind(tokens, end);
}

/** Up to five words or signs of comparison that stand before, in lower case and without softeners. */
function wordsBefore(tokens: readonly Token[], start: number): string {
  const words: string[] = [];
  for (let at = start - 1; at >= 0 && at >= start - 6 && words.length < 5; at -= 1) {
    const token = tokens[at];
    if (!token) break;
    if (isSymbol(token, '~≈') || (words.length === 0 && isWord(token, ...SOFTENERS))) continue;
    if (token.kind !== 'word' && !isSymbol(token, '<>=≤≥')) break;
    words.unshift(token.text);
  }
  return ` ${words.join(' ')}`.replace('> =', '>=').replace('< =', '<=');
}

/** `2 hours or more`, `2 hours+`, `30 minutes at most`. */
function boundBehind(tokens: readonly Token[], end: number): 'over' | 'under' | null {
  if (isSymbol(tokens[end], '+') && tokens[end]?.glued) return 'over';
  const [first, second] = [tokens[end], tokens[end + 1]];
  if (isWord(first, 'or') && isWord(second, 'more', 'longer', 'so'))
    return isWord(second, 'so') ? null : 'over';
  if (isWord(first, 'or') && isWord(second, 'less', 'fewer', 'under')) return 'under';
  if (isWord(first, 'at') && isWord(second, 'least', 'most'))
    return isWord(second, 'least') ? 'over' : 'under';
  return null;
}
