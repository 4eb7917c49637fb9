import type { FigureContext } from './context.ts';
import type { Anchor } from './events.ts';
import type { LengthClaim } from './length-claim.ts';
import { betweenNamed, lastInClause } from './relation.ts';
import { IMPACT_NOUN } from './subject.ts';

const SOFT =
  '(?:(?:about|around|roughly|approximately|approx\\.?|just|only|nearly|almost|over|under|more than|less than|at least|up to|some|a total of|a|an|[~≈<>])\\s*)*';

const TALK =
  '(?:review|report|call|bridge|window|response|meeting|channel|debrief|discussion|ticket|retro\\w*|postmortem)';

const IMPACT_BEFORE = [
  `\\b${IMPACT_NOUN}(?:\\s+(?!${TALK}\\b)[\\w-]+){0,4}?\\s+(?:lasted|lasting|(?:ran|continued|persisted|went on|dragged on)\\s+for|total+ed|spanned)\\s+(?:for\\s+)?${SOFT}$`,
  `^\\s*(?:it|this|in (?:all|total),? it|all in all,? it|overall,? it)\\s+lasted\\s+(?:for\\s+)?${SOFT}$`,
  `\\b${IMPACT_NOUN}(?:\\s+(?:duration|time|length))?(?:\\s+(?:was|is|of|came to|amounted to)|\\s*[:=])\\s+${SOFT}$`,
  `\\b(?:duration|length)\\s+of\\s+(?:the\\s+)?(?:[\\w-]+\\s+)?${IMPACT_NOUN}(?:\\s+(?:was|is)|\\s*[:=])?\\s+${SOFT}$`,
].map((pattern) => new RegExp(pattern, 'i'));

const IMPACT_AFTER = new RegExp(
  `^(?:\\s*-?\\s*long)?\\s+(?:(?:of|full|total|major|minor|complete|global|service|customer|user-facing|production|unplanned)\\s+){0,3}${IMPACT_NOUN}\\b(?!\\s+(?:${TALK}|start|began|ended)\\b)`,
  'i',
);
const PART_OF_IMPACT = /\b(?:first|last|initial|final|remaining|another|further|next|within)\s+\S*\s*$/i;

/** `In the previous incident, impact lasted X`; `downtime was X for EU`. */
const OTHER_IMPACT =
  /\b(?:previous|last|earlier|prior|past|similar|partial|another|second|other|planned|scheduled|expected|usual|average)\b/i;
const FOR_SOME =
  /^\s+(?:for|in|on|at|across)\s+(?!(?:all|every|everyone|everybody|total|customers|users|our|the whole)\b)/i;

/** What the sentence around a duration says of it; null where it leaves any doubt. */
export function lengthClaim(context: FigureContext): LengthClaim | null {
  const named = betweenNamed(context);
  if (named !== undefined) return named;
  return impactLength(context) ?? timeTo(context) ?? sinceImpact(context);
}

/** `Impact lasted X`, `outage of X`, `an X outage`. */
function impactLength({ before, after }: FigureContext): LengthClaim | null {
  if (OTHER_IMPACT.test(before)) return null;
  for (const pattern of IMPACT_BEFORE) {
    const match = pattern.exec(before);
    if (match && FOR_SOME.test(after)) return null;
    if (match) return { kind: 'impact', implied: false, before: match[0].trimStart().length, after: 0 };
  }
  const match = PART_OF_IMPACT.test(before) ? null : IMPACT_AFTER.exec(after);
  if (!match || FOR_SOME.test(after.slice(match[0].length))) return null;
  return { kind: 'impact', implied: false, before: 0, after: match[0].length };
}

const TASKS: readonly (readonly [Anchor, string])[] = [
  ['detected', 'detect(?:ion)?|notice'],
  ['escalated', 'escalat(?:e|ion)'],
  ['incident_called', '(?:call|declare)(?: (?:the|an) incident)?'],
  [
    'root_cause_identified',
    '(?:(?:find|identify|determine|locate|pinpoint) (?:the |its )?)?(?:root[ -])?cause',
  ],
  ['mitigated', 'mitigat(?:e|ion)'],
  ['fix_released', '(?:release|deploy|ship) (?:the|a) fix|fix'],
  ['resolved', 'resol(?:ve|ution)'],
];

/** Nothing else is detected, fixed or called than the incident: the clause ends here. */
const OF_INCIDENT = `(?:\\s+(?:(?:of\\s+)?(?:the|this)\\s+(?:issue|problem|${IMPACT_NOUN})|it|this))?(?=\\s*(?:$|[.,;:!?)—–]|(?:and\\s+\\S*\\d|but|because|as|while|which|due|thanks)\\b))`;
/** `It took the vendor X to …`. */
const BY_OTHERS = /\b(?:took|takes)\s+(?:the|our|an?\s+(?!total)|[A-Z])/;

const TASK_PATTERNS = TASKS.map(([to, words]) => ({
  to,
  behind: new RegExp(`^\\s+to\\s+(?:fully\\s+|finally\\s+)?(?:${words})\\b${OF_INCIDENT}`, 'i'),
  label: new RegExp(
    `(?<!\\b(?:mean|average)\\s+)\\btime[ -]to[ -](?:${words})(?:\\s+(?:was|of|is))?\\s*[:=]?\\s+${SOFT}$`,
    'i',
  ),
}));
const UNSEEN = new RegExp(`\\b(?:undetected|unnoticed)\\s+for\\s+${SOFT}$`, 'i');

/** `took X to detect`, `time to detect: X`, `undetected for X`. */
function timeTo({ before, after }: FigureContext): LengthClaim | null {
  const sinceStart = (to: Anchor, reach: { before: number; after: number }): LengthClaim => ({
    kind: 'between',
    from: 'impact_started',
    to,
    implied: true,
    ...reach,
  });
  for (const { to, behind, label } of TASK_PATTERNS) {
    const another = /\b(?:another|further)\s+$/i.test(before) || BY_OTHERS.test(before);
    const task = another ? null : behind.exec(after);
    if (task) return sinceStart(to, { before: 0, after: task[0].length });
    const labelled = label.exec(before);
    if (labelled) return sinceStart(to, { before: labelled[0].length, after: 0 });
  }
  const unseen = UNSEEN.exec(before);
  return unseen ? sinceStart('detected', { before: unseen[0].length, after: 0 }) : null;
}

const SINCE_START = new RegExp(`^\\s*(?:within|after|in|took|takes)\\s+${SOFT}$`, 'i');

/** `detected within X`, `the fix was released after X`: from the impact's start, which is not named. */
function sinceImpact({ before, after }: FigureContext): LengthClaim | null {
  const event = lastInClause(before);
  if (
    !event ||
    !SINCE_START.test(before.slice(event.end)) ||
    /^\s*(?:of|later|earlier|apart|ago|from)\b/i.test(after)
  )
    return null;
  if (event.anchor === 'impact_started' || event.anchor === 'impact_ended') return null;
  return {
    kind: 'between',
    from: 'impact_started',
    to: event.anchor,
    implied: true,
    before: before.length - event.start,
    after: 0,
  };
}
