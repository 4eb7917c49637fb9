/** Nouns of the impact, as a piece of a pattern. */
export const IMPACT_NOUN =
  '(?:impact|outage|incident|downtime|disruption|degradation|interruption|unavailability|brownout)';

const AGAIN =
  '(?:first|second|third|another|initial|attempted|temporary|partial|previous|earlier|last|next|other|similar|separate|failed|wrong|interim|new)';
/** Said of some other fix or incident than the one. */
const OTHER_THING = new RegExp(`\\b${AGAIN}\\s+(?:[\\w-]+\\s+)?$`, 'i');

const AUXILIARY =
  '(?:was|were|is|are|had|has|have|been|being|be|got|first|finally|then|only|also|fully|soon|later|quickly|eventually|completely|automatically)';
const NAMED = `(?:${IMPACT_NOUN}|issue|problem|it|we|this|everything)`;
const DETERMINER = '(?:the|this|that|our|its|whole|entire|full|final|customer|service|production|time|to)';
/** The subject right in front, and what makes it only a part of another one: `the ticket for the outage was …`. */
const SUBJECT = new RegExp(
  `(?:\\b(for|of|about|in|behind|from|with|on|by)\\s+)?(?:\\b${DETERMINER}\\s+)*\\b${NAMED}(?:'s\\b)?(?:\\s+${AUXILIARY}\\b)*\\s*$`,
  'i',
);
const NONE = new RegExp(`^[\\W\\d]*(?:\\b(?:${AUXILIARY}|${DETERMINER})\\b\\s*)*$`, 'i');
/** Where another thought begins, which may still have the subject of the one before. */
const JOINT =
  /[,;:(—–]|\b(?:and|but|or|then|after|before|following|since|until|when|once|between|within|from|of)\b/gi;
const OPENING = new RegExp(
  `^[\\W\\d]*(?:(?:${DETERMINER}|when|once|after|customers?)\\s+)*(?:${NAMED}|start|detect|escalat|mitigat|resol|notic|report)`,
  'i',
);

/** Whether what stands in front of `fix was merged`, `root cause was found` leaves it the one that is meant. */
export const isTheOne = (before: string): boolean => !OTHER_THING.test(before);

/**
 * Whether `resolved`, `noticed`, `escalation` behind these words are said of the incident: of `it`, of the impact, or
 * of nothing else that is named. `The ticket was resolved` and `DNS resolution` are not.
 */
export function isOfIncident(before: string): boolean {
  const subject = SUBJECT.exec(before);
  if (subject) return subject[1] === undefined && isTheOne(before.slice(0, subject.index));
  const joints = [...before.matchAll(JOINT)];
  const last = joints.at(-1);
  const clause = last ? before.slice(last.index + last[0].length) : before;
  if (!NONE.test(clause)) return false;
  return !last || OPENING.test(before) || NONE.test(before.slice(0, last.index));
}
