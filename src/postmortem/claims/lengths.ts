import type { FigureContext } from './context.ts';
import { type Anchor, type Event, eventsIn } from './events.ts';

/** What a sentence says a duration to be, and how much of the sentence says so, in characters on either side. */
export type LengthClaim = {
  before: number;
  after: number;
} /** `implied`: the sentence speaks of the services' state, or does not name the start, which is the impact's. */ & (
  | { kind: 'impact'; implied: boolean }
  | { kind: 'between'; from: Anchor; to: Anchor; implied: boolean }
);

const NOUN =
  '(?:impact|outage|incident|downtime|disruption|degradation|interruption|unavailability|brownout)';
const SOFT =
  '(?:(?:about|around|roughly|approximately|approx\\.?|just|only|nearly|almost|over|under|more than|less than|at least|up to|some|a total of|a|an|[~≈<>])\\s*)*';

const IMPACT_BEFORE = [
  `\\b${NOUN}(?:\\s+[\\w-]+){0,4}?\\s+(?:lasted|lasting|(?:ran|continued|persisted|went on|dragged on)\\s+for|total+ed|spanned)\\s+(?:for\\s+)?${SOFT}$`,
  `^\\s*(?:it|this|in (?:all|total),? it|all in all,? it|overall,? it)\\s+lasted\\s+(?:for\\s+)?${SOFT}$`,
  `\\b${NOUN}(?:\\s+(?:duration|time|length))?(?:\\s+(?:was|is|of|came to|amounted to)|\\s*[:=])\\s+${SOFT}$`,
  `\\b(?:duration|length)\\s+of\\s+(?:the\\s+)?(?:[\\w-]+\\s+)?${NOUN}(?:\\s+(?:was|is)|\\s*[:=])?\\s+${SOFT}$`,
].map((pattern) => new RegExp(pattern, 'i'));

const IMPACT_AFTER = new RegExp(
  `^(?:\\s*-?\\s*long)?\\s+(?:(?:of|full|partial|total|major|minor|complete|global|service|customer|user-facing|production|unplanned)\\s+){0,3}${NOUN}\\b(?!\\s+(?:review|report|call|bridge|window|response|start|began|ended))`,
  'i',
);
const PART_OF_IMPACT = /\b(?:first|last|initial|final|remaining|another|further|next|within)\s+\S*\s*$/i;

const SINCE = /^[\s,]*(after|following|since|before|prior to|into)\s+/i;
const WITHIN_OF = /\b(?:within|in)\s+\S*\s*$/i;

/** What the sentence around a duration says of it; null where it leaves any doubt. */
export function lengthClaim(context: FigureContext): LengthClaim | null {
  const named = betweenNamed(context);
  if (named !== undefined) return named;
  return impactLength(context) ?? timeTo(context) ?? sinceImpact(context);
}

/** `X after B`, `X between A and B`, `X from A to B`, `within X of B`; undefined where nothing of the kind stands. */
function betweenNamed(context: FigureContext): LengthClaim | null | undefined {
  const { before, after } = context;
  const span =
    /^\s*(?:(?:passed|elapsed|lay|went by)\s+)?(?:between|from)\s+(.{3,60}?)\s+(?:and|to|until)\s+(.{3,60})/i.exec(
      after,
    );
  const [from, to] = [first(span?.[1]), first(span?.[2])];
  if (span && from && to)
    return {
      kind: 'between',
      from: from.anchor,
      to: to.anchor,
      implied: false,
      before: 0,
      after: span[0].length,
    };
  const since = SINCE.exec(after) ?? (WITHIN_OF.test(before) ? /^\s*of\s+/i.exec(after) : null);
  return since ? relation(context, since[0].length, /^(?:before|prior)/i.test(since[1] ?? '')) : undefined;
}

/** `A X after B`, or `X after B, A`. */
function relation({ before, after }: FigureContext, skip: number, reversed: boolean): LengthClaim | null {
  const rest = after.slice(skip);
  const own = lastInClause(before);
  const other = pronounEvent(rest, own?.anchor) ?? near(first(rest), 45) ?? bareImpact(rest);
  if (!other) return null;
  const later = own ?? near(first(rest.slice(other.end)), 35);
  if (!later || later.anchor === other.anchor) return null;
  const [from, to] = reversed ? [later.anchor, other.anchor] : [other.anchor, later.anchor];
  const end = own ? other.end : other.end + later.end;
  return {
    kind: 'between',
    from,
    to,
    implied: false,
    before: own ? before.length - own.start : 0,
    after: skip + end,
  };
}

/** The last event before the figure with no comma in between, which would begin another thought. */
function lastInClause(before: string): Event | undefined {
  const event = eventsIn(before).at(-1);
  return event && !/[,:()—]/.test(before.slice(event.end)) ? event : undefined;
}

const PRONOUN = /^(?:it|that|this|they|being|its)\s+(?:(?:was|were|had been|got|been)\s+)?(\w+)/i;
const FIX_VERBS: Record<string, Anchor> = {
  created: 'fix_created',
  written: 'fix_created',
  creation: 'fix_created',
  merged: 'fix_merged',
  released: 'fix_released',
  deployed: 'fix_released',
  shipped: 'fix_released',
};
const VERBS: Record<string, Anchor> = {
  started: 'impact_started',
  began: 'impact_started',
  detected: 'detected',
  escalated: 'escalated',
  declared: 'incident_called',
  mitigated: 'mitigated',
  resolved: 'resolved',
};

/** `after it was created`, of a fix; `after it started`. */
function pronounEvent(rest: string, subject: Anchor | undefined): Event | undefined {
  const match = PRONOUN.exec(rest);
  const verb = match?.[1]?.toLowerCase() ?? '';
  const words = subject?.startsWith('fix_') ? { ...VERBS, ...FIX_VERBS } : VERBS;
  const anchor = Object.hasOwn(words, verb) ? words[verb] : undefined;
  return match && anchor ? { anchor, start: 0, end: match[0].length } : undefined;
}

const BARE_IMPACT = new RegExp(`^(?:the\\s+)?(?:start|beginning|${NOUN})\\b`, 'i');

/** `after the impact`, `into the outage`. */
function bareImpact(rest: string): Event | undefined {
  const match = BARE_IMPACT.exec(rest);
  return match ? { anchor: 'impact_started', start: 0, end: match[0].length } : undefined;
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

function first(prose: string | undefined): Event | undefined {
  return prose === undefined ? undefined : eventsIn(prose)[0];
}

function near(event: Event | undefined, reach: number): Event | undefined {
  return event && event.start <= reach ? event : undefined;
}
