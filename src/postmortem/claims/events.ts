import type { Milestone } from '../../incident/milestones.ts';

/** A moment that prose can name: a milestone, or the end of the impact. */
export type Anchor = Milestone | 'impact_ended';

export interface Event {
  anchor: Anchor;
  start: number;
  end: number;
}

/** Nouns of the impact, as a piece of a pattern. */
export const IMPACT_NOUN =
  '(?:impact|outage|incident|downtime|disruption|degradation|interruption|unavailability|brownout)';
const FIX = '(?:fix|hotfix|patch|revert|rollback)';
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
  ['mitigated', 'mitigat(?:ed|ion)'],
  ['resolved', '(?:re)?solved|resolution'],
  ['detected', 'detect(?:ed|ion)|noticed'],
];

const PATTERN = new RegExp(
  WORDS.map(([, words], index) => `(?<w${index}>\\b(?:${words})\\b)`).join('|'),
  'gi',
);

/** The events named in a stretch of prose, in order, none across another. Give it sentences, not whole texts. */
export function eventsIn(prose: string): Event[] {
  return [...prose.matchAll(PATTERN)].flatMap((match) => {
    const at = WORDS.findIndex((_, index) => match.groups?.[`w${index}`] !== undefined);
    const anchor = WORDS[at]?.[0];
    return anchor ? [{ anchor, start: match.index, end: match.index + match[0].length }] : [];
  });
}
