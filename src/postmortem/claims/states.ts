import type { FigureContext } from './context.ts';
import type { LengthClaim } from './length-claim.ts';

const STATE =
  '(?:down|failed|failing|unavailable|unreachable|inaccessible|offline|degraded|slow|broken|disrupted|affected|impacted|unable|could not|couldn’t|showed|returned|saw|experienced)';
const PEOPLE =
  'customers?|users?|everyone|services?|site|website|apis?|apps?|applications?|invites?|requests?';
const SOFT =
  '(?:(?:about|around|roughly|approximately|just|only|nearly|almost|over|under|more than|less than|at least|up to|some|a total of|[~≈])\\s*)*';

const STATE_FOR = new RegExp(`\\b${STATE}\\s+for\\s+${SOFT}$`, 'i');
const FOR_FIRST = new RegExp(`^\\s*For\\s+${SOFT}$`, 'i');
const PARTIAL = /\b(?:some|others?|most|many|few|part|parts|half|one)\b|(?<![-\w])in(?![-\w])|%/i;
const STATED = new RegExp(`\\b${STATE}\\b`, 'i');

/**
 * `Sign-in was degraded for X`, `For X invites showed as expired`: the impact's length, where the sentence
 * speaks of the services themselves or of customers and not of some part behind them.
 */
export function stateLength(
  { before, after }: FigureContext,
  services: readonly string[],
): LengthClaim | null {
  if (PARTIAL.test(before) || /^[\s,]*(?:and\s+|but\s+)?others\b/i.test(after)) return null;
  const words = services.flatMap((service) => service.match(/[\p{L}\d]{4,}/gu) ?? []);
  const subject = new RegExp(`(?<![\\p{L}\\d])(?:${[PEOPLE, ...words].join('|')})(?![\\p{L}\\d])`, 'iu');
  if (FOR_FIRST.test(before)) {
    const state = STATED.exec(after);
    if (!state || /[,:]/.test(after.slice(1, state.index)) || !subject.test(after.slice(0, state.index)))
      return null;
    return {
      kind: 'impact',
      implied: true,
      before: before.trimStart().length,
      after: state.index + state[0].length,
    };
  }
  const state = STATE_FOR.exec(before);
  const clause = before.slice(0, state?.index ?? 0);
  if (!state || !subject.test(clause)) return null;
  return { kind: 'impact', implied: true, before: state[0].length, after: 0 };
}
