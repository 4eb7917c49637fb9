/** Words that say nothing of which incident is meant. */
const COMMON = new Set(
  'a an and are at be by down fails failing failed error errors for from has have in incident is issue issues it not of on or our outage problem problems slow some the to users customers with'.split(
    ' ',
  ),
);

/** What two incidents are compared by. */
export interface Comparable {
  title: string;
  services: readonly string[];
  test: boolean;
  retrospective: boolean;
}

// Half of the words in common is chance; two of three is not.
const ALIKE = 0.6;

/** Whether two incidents may be one: the same service, or titles of nearly the same words. A test never is a real one. */
export function looksAlike(one: Comparable, other: Comparable): boolean {
  if (one.test !== other.test || one.retrospective !== other.retrospective) return false;
  const theirs = other.services.map((name) => name.toLowerCase());
  if (one.services.some((name) => theirs.includes(name.toLowerCase()))) return true;
  return similarity(one.title, other.title) >= ALIKE;
}

/** 0 (no word in common) to 1 (the same words, in whatever order), by Dice. */
export function similarity(one: string, other: string): number {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  if (left.size === 0 || right.size === 0) return 0;
  const shared = [...left].filter((word) => right.has(word)).length;
  return (2 * shared) / (left.size + right.size);
}

/** The telling words; of a title that has none but common ones, all of them. */
function wordsOf(title: string): Set<string> {
  const plain = title
    .replace(/<[^<>]*>|&(?:amp|lt|gt);/g, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const all = [...segmenter.segment(plain.toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
  const telling = all.filter((word) => !COMMON.has(word));
  return new Set((telling.length > 0 ? telling : all).map(stem));
}

// `fails`, `failing`, `failed` are one word here.
const stem = (word: string): string =>
  word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '').replace(/(.)\1$/, '$1') : word;
