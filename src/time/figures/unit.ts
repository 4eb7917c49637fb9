import { isPlural } from './plural.ts';
import { afterHyphen, isSymbol, isWord, type Token } from './tokens.ts';

export interface Unit {
  seconds: number;
  end: number;
}

const UNITS: Record<string, number> = {
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hrs: 3600,
  hour: 3600,
  hours: 3600,
  d: 86400,
  day: 86400,
  days: 86400,
};

/** Nouns that make `5m` five million: `5m requests`. */
const COUNTED =
  /^(?:users?|requests?|customers?|rows?|records?|events?|messages?|accounts?|people|entries|jobs|items|keys|calls|emails?|hits|lines|invites|connections|queries|transactions|tokens|logs?|visits|views)$/;
const SECOND_WHAT = [
  'line',
  'level',
  'tier',
  'hand',
  'stage',
  'order',
  'generation',
  'class',
  'largest',
  'half',
];

/** Reads a unit of time at `index`, also behind a hyphen (`13-minute`). Weeks, months and milliseconds are none. */
export function unitAt(tokens: readonly Token[], index: number): Unit | null {
  const at = afterHyphen(tokens, index);
  const token = tokens[at];
  const next = tokens[at + 1];
  const seconds = token?.kind === 'word' && Object.hasOwn(UNITS, token.text) ? UNITS[token.text] : undefined;
  if (!token || seconds === undefined) return null;
  const end = at + 1;
  if (token.text === 'second' && isWord(tokens[afterHyphen(tokens, end)], ...SECOND_WHAT)) return null;
  if (token.text.length > 1) return { seconds, end };
  // One letter: `5M users`, `2H 2025`, `10s of thousands`, the `1990s`, `3d4f` are no durations.
  if (token.raw !== token.text && !isCapitalPair(tokens, at)) return null;
  if (next?.glued && next.kind === 'number' && !isContinued(tokens, at)) return null;
  if (token.text === 'm' && next?.kind === 'word' && COUNTED.test(next.text)) return null;
  if (token.text === 's' && token.glued && /0$/.test(tokens[at - 1]?.text ?? '')) {
    if (isWord(next, 'of') || /^(?:19|20)\d\d$/.test(tokens[at - 1]?.text ?? '')) return null;
  }
  if (token.text === 's' && isPlural(tokens, at, isUnit)) return null;
  return next?.glued && isSymbol(next, '_/\\=@#') ? null : { seconds, end };
}

/** `7H 28M`: either half of it. */
function isCapitalPair(tokens: readonly Token[], at: number): boolean {
  const hours = tokens[at]?.raw === 'H' ? at : at - 2;
  return tokens[hours]?.raw === 'H' && tokens[hours + 2]?.raw === 'M' && tokens[hours + 1]?.kind === 'number';
}

/** `7h28m`: the glued number has a unit of its own. */
function isContinued(tokens: readonly Token[], at: number): boolean {
  return isUnit(tokens[at + 2]);
}

function isUnit(token?: Token): boolean {
  return token?.kind === 'word' && Object.hasOwn(UNITS, token.text);
}
