import { minutesBetween, SECOND } from '../../time/duration.ts';
import type { ClockReading, DurationReading, Figure } from '../../time/figures.ts';
import { type FigureContext, figuresInContext } from '../claims/context.ts';
import type { Anchor } from '../claims/events.ts';
import type { LengthClaim } from '../claims/length-claim.ts';
import { lengthClaim } from '../claims/lengths.ts';
import { type MomentClaim, momentClaim } from '../claims/moments.ts';
import { stateLength } from '../claims/states.ts';
import { clockFaces } from '../clock-faces.ts';
import { wholeSeconds } from '../instants.ts';
import { mayBeCalled } from '../support.ts';
import type { Facts, Moment } from '../types.ts';
import { occurrenceKeys } from './keys.ts';
import { clockWords, lengthWords } from './replacement.ts';
import type { Check, CheckInput, CheckSeverity, ProseText } from './types.ts';
import { momentWords, numbersOf, quoted, spanWords } from './words.ts';

/** What the timeline says instead, in words, with its lines and what would stand in the prose. */
interface Answer {
  severity: CheckSeverity;
  words: string;
  moments: (Moment | null)[];
  /** Minutes, or a UTC instant in milliseconds: what is put aside comes up again when this changes. */
  fact: number;
  replacement: string | null;
}

/**
 * Figures that a sentence says of one thing, the impact's length, a time to detect, "X after Y", a milestone's
 * moment, compared with that very fact and not with any pair of lines. A sentence that leaves doubt claims nothing.
 */
export function claims(input: CheckInput): Check[] {
  // A line without a milestone that shows the very time said may be what the sentence speaks of.
  const others = input.facts.lines.filter(({ marks }) => marks.length === 0);
  const isOther = clockFaces(
    others.map(({ entry }) => wholeSeconds(entry.occurredAt, SECOND)),
    input.zone,
  );
  return input.texts.flatMap((prose) => claimsOf(prose, input, isOther));
}

function claimsOf(
  prose: ProseText,
  { record, facts, zone }: CheckInput,
  isOther: (clock: ClockReading) => boolean,
): Check[] {
  const keyOf = occurrenceKeys(`claim:${prose.section}`);
  let previous: MomentClaim | null = null;
  return figuresInContext(prose.text).flatMap((context): Check[] => {
    const { figure } = context;
    const length =
      figure.duration && (lengthClaim(context) ?? stateClaim(prose, context, record.incident.services));
    const moment: MomentClaim | null = figure.clock && !length ? momentClaim(context, previous) : null;
    previous = moment;
    const answer =
      length && figure.duration
        ? answerLength(length, figure, figure.duration, facts)
        : moment &&
          figure.clock &&
          !isOther(figure.clock) &&
          answerMoment(moment, figure, figure.clock, facts, zone);
    const claim = length ?? moment;
    return answer && claim ? [toCheck(prose, context, claim, answer, keyOf(figure.text))] : [];
  });
}

/** Sections that tell the incident as a whole; elsewhere `down for 4 minutes` may be said of any part. */
const OF_THE_WHOLE = ['summary', 'customers', 'impact'];

function stateClaim(
  { section }: ProseText,
  context: FigureContext,
  services: readonly string[],
): LengthClaim | null {
  return OF_THE_WHOLE.includes(section) ? stateLength(context, services) : null;
}

function toCheck(
  { section }: ProseText,
  { figure, quote }: FigureContext,
  claim: { before: number; after: number },
  { severity, words, moments, fact, replacement }: Answer,
  key: string,
): Check {
  const { text, index } = figure;
  // `2** hours`: what replaced it would leave half of a mark-up behind.
  const fix =
    replacement && !/[*_~<>[\]]/.test(text)
      ? { fix: { kind: 'replace-text', section, index, from: text, to: replacement } as const }
      : {};
  return {
    name: 'claim',
    severity,
    message: `The draft says ${quoted(quote(claim.before, claim.after))}; timeline: ${words}.`,
    entryNumbers: numbersOf(...moments),
    section,
    excerpt: text,
    index,
    ...fix,
    key: `${key}=${fact}`,
  };
}

function answerLength(
  claim: LengthClaim,
  figure: Figure,
  said: DurationReading,
  facts: Facts,
): Answer | null {
  if (claim.kind === 'impact') return answerImpact(claim.implied, figure, said, facts);
  const [from, to] = [anchorMoment(claim.from, facts), anchorMoment(claim.to, facts)];
  if (!from || !to || mayBeCalled(secondsBetween(from, to, said), said)) return null;
  const minutes = minutesBetween(from.at, to.at);
  const backwards = to.at < from.at;
  return {
    severity: claim.implied ? 'warning' : 'error',
    words: backwards ? `${momentWords(to)} comes before ${momentWords(from)}` : spanWords(minutes, from, to),
    moments: [from, to],
    fact: minutes,
    replacement: backwards ? null : lengthWords(minutes, figure, said),
  };
}

/** The total, or any one window. Neither an open impact nor one that ends before it starts has a length to compare. */
function answerImpact(
  implied: boolean,
  figure: Figure,
  said: DurationReading,
  { impact }: Facts,
): Answer | null {
  const { start, end, minutes, windows } = impact;
  if (!start || !end || minutes === null || windows.some(({ from, to }) => !to || to.at < from.at))
    return null;
  const one = windows.some(
    ({ from, to }) => to !== null && mayBeCalled(secondsBetween(from, to, said), said),
  );
  if (one || mayBeCalled(minutes * 60, said)) return null;
  const several = windows.length > 1 ? ` in ${windows.length} windows` : '';
  return {
    severity: implied ? 'warning' : 'error',
    words: spanWords(minutes, start, end).replace(', from', `${several}, from`),
    moments: [start, end],
    fact: minutes,
    replacement: lengthWords(minutes, figure, said),
  };
}

function answerMoment(
  { anchor }: MomentClaim,
  figure: Figure,
  clock: ClockReading,
  facts: Facts,
  zone: string,
): Answer | null {
  const moment = anchorMoment(anchor, facts);
  if (!moment || clockFaces([wholeSeconds(moment.at, SECOND)], zone)(clock)) return null;
  return {
    severity: 'error',
    words: momentWords(moment),
    moments: [moment],
    fact: moment.at,
    replacement: clockWords(moment.at, figure, clock, zone),
  };
}

/** A person's mark, or `resolved` of any kind; the impact's own ends. What a rule guessed contradicts nobody. */
function anchorMoment(anchor: Anchor, { impact, milestones }: Facts): Moment | null {
  if (anchor === 'impact_started') return impact.start;
  if (anchor === 'impact_ended') return impact.end;
  const fact = milestones.find(({ milestone }) => milestone === anchor);
  if (!fact || (fact.provenance === 'inferred' && anchor !== 'resolved')) return null;
  return { at: fact.at, label: fact.label, entryNumber: fact.entryNumber };
}

function secondsBetween(from: Moment, to: Moment, { precision }: DurationReading): number {
  if (precision >= 60) return minutesBetween(from.at, to.at) * 60;
  return wholeSeconds(to.at, SECOND) - wholeSeconds(from.at, SECOND);
}
