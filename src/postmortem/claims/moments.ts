import type { FigureContext } from './context.ts';
import { type Anchor, eventsIn } from './events.ts';
import { IMPACT_NOUN } from './subject.ts';

/** What a sentence says a clock time to be, and how much of the sentence says so. */
export interface MomentClaim {
  anchor: Anchor;
  before: number;
  after: number;
}

const DATE =
  '(?:[A-Z][a-z]{2,8}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?(?:\\s+\\d{4},?)?|\\d{1,2}(?:st|nd|rd|th)?\\s+[A-Z][a-z]{2,8},?(?:\\s+\\d{4},?)?|\\d{4}-\\d\\d-\\d\\dT?)';

const AT = new RegExp(
  `^[\\s,]*(?:was|were)?\\s*(?:(?:at|on|around|about|~|:|\\()\\s*)*(?:${DATE}[\\s,]*)?(?:(?:at|around|about|~)\\s*)*$`,
);
const RANGE_START = new RegExp(
  `\\b${IMPACT_NOUN}(?:\\s+[\\w-]+){0,4}?[\\s:(]+(?:from|between|ran from)?\\s*(?:${DATE}[\\s,]*)?$`,
  'i',
);
const RANGE_WORD = /\b(?:from|between)\b|[:(]/i;

/** What the sentence around a clock time says of it; null where it leaves any doubt. `previous`: the claim of the figure before. */
export function momentClaim(
  { before, after }: FigureContext,
  previous: MomentClaim | null,
): MomentClaim | null {
  const event = eventsIn(before).at(-1);
  if (event && AT.test(before.slice(event.end))) {
    return { anchor: event.anchor, before: before.length - event.start, after: 0 };
  }
  const start = RANGE_START.exec(before);
  if (start && RANGE_WORD.test(start[0]))
    return { anchor: 'impact_started', before: start[0].length, after: 0 };
  if (previous?.anchor === 'impact_started' && RANGE_END.test(before)) {
    return { anchor: 'impact_ended', before: 0, after: 0 };
  }
  return followed(before, after);
}

const RANGE_END = new RegExp(
  `\\d\\d?:?\\d\\d\\s*(?:[ap]\\.?m\\.?)?\\s*\\(?(?:[A-Z]{1,4}\\)?)?\\s*(?:to|until|and|[-–—])\\s*(?:${DATE}[\\s,]*(?:at\\s+)?)?$`,
);

/** `At 14:05 UTC the fix was merged`: the event begins right behind, and the sentence with the time. */
function followed(before: string, after: string): MomentClaim | null {
  if (!/^\s*(?:\W*at\s+)?$/i.test(before)) return null;
  const lead = /^(?:\s*\(?[A-Z]{1,4}\)?)?\s*,?\s*(?:the|a|an|our)?\s*/.exec(after)?.[0] ?? '';
  const event = eventsIn(after.slice(lead.length))[0];
  return event && event.start === 0
    ? { anchor: event.anchor, before: before.trimStart().length, after: lead.length + event.end }
    : null;
}
