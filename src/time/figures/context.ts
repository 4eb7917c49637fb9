import { afterHyphen, isSymbol, isWord, type Token, wholeNumber } from './tokens.ts';

const REPEATED = ['every', 'each', 'per'];
const LIMITS = /^(?:slas?|slos?|rto|rpo|retention|timeouts?|ttls?)$/;
const LIMIT = /^(?:sla|slo|rto|rpo|retention|timeout|ttl)$/;
const LATER = ['after', 'later', 'before', 'earlier', 'ago', 'into', 'from', 'since', 'until', 'and', 'or'];

/**
 * Whether a duration from token `start` to `end` says nothing of the timeline (TIME: after `every`, `each`,
 * `per`; before `SLA`, `retention`, `timeout`, `TTL`): also `a timeout of 30 seconds`, `24-hour clock`, rates.
 */
export function isExcluded(tokens: readonly Token[], start: number, end: number): boolean {
  return (
    isRepeated(tokens, start) ||
    isLimit(tokens, start, end) ||
    isLimitOf(tokens, start) ||
    isRate(tokens, start, end)
  );
}

/** After `every`, `each`, `per`. */
export function isRepeated(tokens: readonly Token[], start: number): boolean {
  const about =
    isSymbol(tokens[start - 1], '~≈') || isWord(tokens[start - 1], 'about', 'roughly', 'around', 'single');
  return isWord(tokens[about ? start - 2 : start - 1], ...REPEATED);
}

/** `30-day retention`, `4-hour SLA`; with one noun between only as an adjective: `5-minute connection timeout`. */
function isLimit(tokens: readonly Token[], start: number, end: number): boolean {
  const next = afterApostrophe(tokens, afterHyphen(tokens, end));
  if (isWord(tokens[next], 'clock', 'format', 'notation')) return true;
  if (LIMITS.test(wordText(tokens[next]))) return true;
  const unit = tokens[end - 1];
  const adjective =
    isSymbol(tokens[end - 2], '-') || (unit?.kind === 'word' && !unit.text.endsWith('s') && end - start > 1);
  return adjective && tokens[next]?.kind === 'word' && LIMITS.test(wordText(tokens[next + 1]));
}

/** `30 days’ retention`, `a minute's timeout`. */
function afterApostrophe(tokens: readonly Token[], index: number): number {
  if (!isSymbol(tokens[index], "'’") || !tokens[index]?.glued) return index;
  return isWord(tokens[index + 1], 's') && tokens[index + 1]?.glued ? index + 2 : index + 1;
}

/** `a timeout of 30 seconds`, `retention period: 90 days`, `TTL was 60 s`. */
function isLimitOf(tokens: readonly Token[], start: number): boolean {
  let at = start - 1;
  if (!isWord(tokens[at], 'of', 'is', 'was', 'to', 'at') && !isSymbol(tokens[at], ':=')) return false;
  at -= 1;
  if (isWord(tokens[at], 'period', 'window', 'limit', 'value', 'target', 'set')) at -= 1;
  return LIMIT.test(wordText(tokens[at]));
}

/** `24 hours a day`, `500 requests a minute`, `twice an hour`, `10 times a day`. */
function isRate(tokens: readonly Token[], start: number, end: number): boolean {
  if (isWord(tokens[end], 'per') || (isSymbol(tokens[end], '/') && tokens[end]?.glued)) return true;
  if (isWord(tokens[end], 'a') && isWord(tokens[end + 1], 'day', 'week', 'month', 'year')) return true;
  if (!isWord(tokens[start], 'a', 'an') || isWord(tokens[end], ...LATER)) return false;
  if (isWord(tokens[start - 1], 'once', 'twice', 'times') || isSymbol(tokens[start - 1], '%')) return true;
  if (tokens[start - 1]?.kind === 'number') return true;
  const plural = tokens[start - 1]?.kind === 'word' && tokens[start - 1]?.text.endsWith('s');
  return (
    plural === true &&
    [start - 2, start - 3].some(
      (at) => wholeNumber(tokens[at]) !== undefined || tokens[at]?.kind === 'number',
    )
  );
}

function wordText(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text : '';
}
