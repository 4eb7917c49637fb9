import { isSymbol, isWord, type Token, wholeNumber } from './tokens.ts';

/** Status codes of HTTP that are in use, and the 9 of "five 9s". */
const COUNTABLE = /^(?:9|10[0-3]|20[0-8]|226|30[0-8]|4(?:[0-2]\d|31|51|9[4-9])|5(?:[0-2]\d|30|61|9[89]))$/;
const SOFTENERS =
  'about around roughly approximately approx just only nearly almost over under than more less longer at least most up to a an another total of full whole'.split(
    ' ',
  );
const LASTING =
  'took take takes taken taking last lasted lasts lasting within waited waiting spent duration time length downtime delay latency lag gap pause'.split(
    ' ',
  );
const OF_ERRORS =
  /^(?:alert|alarm|monitor|look|search|check|watch|account|responsible|logs?|rates?|rules?|graph|charts?|dashboard|metrics?|thresholds?|budget|reasons?|causes?|result|end(?:ed|s|ing)?$|culminat|ris|increas|spik|surg|jump|uptick|bursts?|drop|decreas|declin|growth|changes?|errors?)/;
const CLAUSE =
  'the a an it we they this that these our all and but because as when while so then which before until'.split(
    ' ',
  );
const LENGTH_BEHIND = 'later ago long earlier elapsed passed delay pause gap outage'.split(' ');

/**
 * Whether the `s` at `at` makes a plural of the number that it is glued to: `500s and 502s`, `five 9s`. Those are
 * seconds only behind another unit (`5m9s`) and where the words around say so (`took 300s`).
 */
export function isPlural(tokens: readonly Token[], at: number, isUnit: (token?: Token) => boolean): boolean {
  const number = tokens[at - 1];
  if (!tokens[at]?.glued || !COUNTABLE.test(number?.text ?? '')) return false;
  let before = at - 2;
  if (isUnit(tokens[before]) || (number?.text === '9' && isUnit(tokens[before - 1]))) return false;
  // `took 100–200s`.
  const joined = isSymbol(tokens[before], '-–') || isWord(tokens[before], 'to', 'or');
  if (joined && wholeNumber(tokens[before - 1]) !== undefined) before -= 2;
  if (isWord(tokens[at + 1], ...LENGTH_BEHIND)) return false;
  while (isWord(tokens[before], ...SOFTENERS) || isSymbol(tokens[before], '~≈<>')) before -= 1;
  if (isWord(tokens[before], 'was', 'is', 'were') || isSymbol(tokens[before], ':=')) before -= 1;
  return !isWord(tokens[before], ...LASTING) && !isSpan(tokens, before, at);
}

/** `recovered in 300s`, `after 300s the queue …`; not `a rise in 500s`, `after 500s appeared`, `after 502s`. */
function isSpan(tokens: readonly Token[], before: number, at: number): boolean {
  if (!isWord(tokens[before], 'in', 'for', 'after') || !/^9$|0$/.test(tokens[at - 1]?.text ?? ''))
    return false;
  const [subject, next] = [tokens[before - 1], tokens[at + 1]];
  if (subject?.kind === 'word' && OF_ERRORS.test(subject.text)) return false;
  if (next?.kind === 'word' && !CLAUSE.includes(next.text)) return false;
  // `in 500s, 502s`.
  return !(tokens[at + 2]?.kind === 'number' && isWord(tokens[at + 3], 's') && tokens[at + 3]?.glued);
}
