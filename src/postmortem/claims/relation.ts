import type { FigureContext } from './context.ts';
import { type Anchor, type Event, eventsIn } from './events.ts';
import type { LengthClaim } from './length-claim.ts';
import { IMPACT_NOUN } from './subject.ts';

const SINCE = /^[\s,]*(after|following|since|before|prior to|into)\s+/i;
const WITHIN_OF = /\b(?:within|in)\s+\S*\s*$/i;

/** `X after B`, `X between A and B`, `X from A to B`, `within X of B`; undefined where nothing of the kind stands. */
export function betweenNamed(context: FigureContext): LengthClaim | null | undefined {
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
export function lastInClause(before: string): Event | undefined {
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

const BARE_IMPACT = new RegExp(`^(?:the\\s+)?(?:start|beginning|${IMPACT_NOUN})\\b`, 'i');

/** `after the impact`, `into the outage`. */
function bareImpact(rest: string): Event | undefined {
  const match = BARE_IMPACT.exec(rest);
  return match ? { anchor: 'impact_started', start: 0, end: match[0].length } : undefined;
}

function first(prose: string | undefined): Event | undefined {
  return prose === undefined ? undefined : eventsIn(prose)[0];
}

function near(event: Event | undefined, reach: number): Event | undefined {
  return event && event.start <= reach ? event : undefined;
}
