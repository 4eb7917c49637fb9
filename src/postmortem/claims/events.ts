import type { Milestone } from '../../incident/milestones.ts';
import { IMPACT_NOUN, isOfIncident, isTheOne } from './subject.ts';

/** A moment that prose can name: a milestone, or the end of the impact. */
export type Anchor = Milestone | 'impact_ended';

export interface Event {
  anchor: Anchor;
  start: number;
  end: number;
}

// A rollback or a patch may be one of several attempts.
const FIX = '(?:fix|hotfix)';
const BE = "(?:\\s+(?:was|were|is|had|has|been|being|got|first|finally|then|only|fully|it|'s))*";
const CAUSE = '(?:root[\\s-]+)?cause';
const FOUND = '(?:identified|found|determined|established|understood|traced|known|discovered|pinpointed)';

/** In order: the first that matches at a place wins. Only words that leave no doubt. */
const WORDS: readonly (readonly [Anchor, string])[] = [
  [
    'impact_ended',
    `${IMPACT_NOUN}${BE}\\s+(?:ended|over|stopped|ceased)|(?:and|it)\\s+ended|(?:the\\s+)?end\\s+of\\s+(?:the\\s+)?${IMPACT_NOUN}`,
  ],
  [
    'impact_started',
    `${IMPACT_NOUN}${BE}\\s+(?:started|began|begun|starting|beginning)|(?:start|beginning|onset)\\s+of\\s+(?:the\\s+)?(?:customer\\s+)?${IMPACT_NOUN}|impact\\s+start`,
  ],
  [
    'root_cause_identified',
    `${CAUSE}${BE}\\s+${FOUND}|${FOUND}\\s+(?:the|a|its)\\s+${CAUSE}|${CAUSE}\\s+identification`,
  ],
  [
    'fix_merged',
    `${FIX}${BE}\\s+merged|merg(?:ed|ing)\\s+(?:the|a|our)\\s+${FIX}|merge\\s+of\\s+the\\s+${FIX}`,
  ],
  [
    'fix_released',
    `${FIX}${BE}\\s+(?:released|deployed|shipped|live|rolled\\s+out|in\\s+production)|(?:releas|deploy|shipp)(?:ed|ing)\\s+(?:the|a|our)\\s+${FIX}|(?:release|deployment)\\s+of\\s+the\\s+${FIX}`,
  ],
  [
    'fix_created',
    `${FIX}${BE}\\s+(?:created|written|prepared|ready)|(?:creat|writ|prepar)(?:ed|ing)\\s+(?:the|a|our)\\s+${FIX}`,
  ],
  [
    'first_report',
    'first\\s+(?:customer\\s+|user\\s+|support\\s+|external\\s+)?report(?:ed|s)?|first\\s+reported',
  ],
  ['escalated', 'escalat(?:ed|ion)'],
  [
    'incident_called',
    `incident${BE}\\s+(?:called|declared|opened|raised)|(?:called|declared|declaring|calling)\\s+(?:the|an)\\s+incident|incident\\s+declaration`,
  ],
  ['mitigated', 'mitigat(?:ed|ion(?!\\s+of\\b))'],
  ['resolved', '(?:re)?solved|resolution(?!\\s+of\\b)'],
  ['detected', 'detect(?:ed|ion(?!\\s+of\\b))|noticed'],
];

const PATTERN = new RegExp(
  WORDS.map(([, words], index) => `(?<w${index}>\\b(?:${words})\\b)`).join('|'),
  'gi',
);

/** These words name no subject of their own. */
const BARE: readonly Anchor[] = ['escalated', 'mitigated', 'resolved', 'detected'];

/** The events named in a stretch of prose, in order, none across another. Give it sentences, not whole texts. */
export function eventsIn(prose: string): Event[] {
  return [...prose.matchAll(PATTERN)].flatMap((match) => {
    const at = WORDS.findIndex((_, index) => match.groups?.[`w${index}`] !== undefined);
    const anchor = WORDS[at]?.[0];
    const before = prose.slice(0, match.index);
    const meant = anchor && (BARE.includes(anchor) ? isOfIncident(before) : isTheOne(before));
    return anchor && meant ? [{ anchor, start: match.index, end: match.index + match[0].length }] : [];
  });
}
