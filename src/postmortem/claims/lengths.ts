import type { FigureContext } from './context.ts';
import { type Anchor, IMPACT_NOUN } from './events.ts';
import type { LengthClaim } from './length-claim.ts';
import { betweenNamed, lastInClause } from './relation.ts';

const SOFT =
  '(?:(?:about|around|roughly|approximately|approx\\.?|just|only|nearly|almost|over|under|more than|less than|at least|up to|some|a total of|a|an|[~≈<>])\\s*)*';

const IMPACT_BEFORE = [
  `\\b${IMPACT_NOUN}(?:\\s+[\\w-]+){0,4}?\\s+(?:lasted|lasting|(?:ran|continued|persisted|went on|dragged on)\\s+for|total+ed|spanned)\\s+(?:for\\s+)?${SOFT}$`,
  `^\\s*(?:it|this|in (?:all|total),? it|all in all,? it|overall,? it)\\s+lasted\\s+(?:for\\s+)?${SOFT}$`,
  `\\b${IMPACT_NOUN}(?:\\s+(?:duration|time|length))?(?:\\s+(?:was|is|of|came to|amounted to)|\\s*[:=])\\s+${SOFT}$`,
  `\\b(?:duration|length)\\s+of\\s+(?:the\\s+)?(?:[\\w-]+\\s+)?${IMPACT_NOUN}(?:\\s+(?:was|is)|\\s*[:=])?\\s+${SOFT}$`,
].map((pattern) => new RegExp(pattern, 'i'));

const IMPACT_AFTER = new RegExp(
  `^(?:\\s*-?\\s*long)?\\s+(?:(?:of|full|partial|total|major|minor|complete|global|service|customer|user-facing|production|unplanned)\\s+){0,3}${IMPACT_NOUN}\\b(?!\\s+(?:review|report|call|bridge|window|response|start|began|ended))`,
  'i',
);
const PART_OF_IMPACT = /\b(?:first|last|initial|final|remaining|another|further|next|within)\s+\S*\s*$/i;

/** What the sentence around a duration says of it; null where it leaves any doubt. */
export function lengthClaim(context: FigureContext): LengthClaim | null {
  const named = betweenNamed(context);
  if (named !== undefined) return named;
  return impactLength(context) ?? timeTo(context) ?? sinceImpact(context);
}

/** `Impact lasted X`, `outage of X`, `an X outage`. */
function impactLength({ before, after }: FigureContext): LengthClaim | null {
  for (const pattern of IMPACT_BEFORE) {
    const match = pattern.exec(before);
    if (match) return { kind: 'impact', implied: false, before: match[0].trimStart().length, after: 0 };
  }
  const match = PART_OF_IMPACT.test(before) ? null : IMPACT_AFTER.exec(after);
  return match ? { kind: 'impact', implied: false, before: 0, after: match[0].length } : null;
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

const TASK_PATTERNS = TASKS.map(([to, words]) => ({
  to,
  behind: new RegExp(`^\\s+to\\s+(?:fully\\s+|finally\\s+)?(?:${words})\\b`, 'i'),
  label: new RegExp(`\\btime[ -]to[ -](?:${words})(?:\\s+(?:was|of|is))?\\s*[:=]?\\s+${SOFT}$`, 'i'),
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
    const task = /\b(?:another|further)\s+$/i.test(before) ? null : behind.exec(after);
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
