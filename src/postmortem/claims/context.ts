import { maskUnread } from '../../time/figures/mask.ts';
import { type Figure, findFigures } from '../../time/figures.ts';

/** A figure with the rest of its sentence, as prose without code, links' targets and markup. */
export interface FigureContext {
  figure: Figure;
  before: string;
  after: string;
  /** What the figure's sentence says from `start` characters before the figure to `end` behind it. */
  quote: (start: number, end: number) => string;
}

/** What a claim is read from on either side of its figure, in characters. */
const REACH = 140;

/** The figures of a text, in order, each in its sentence. */
export function figuresInContext(text: string): FigureContext[] {
  const prose = maskUnread(text);
  // `80 min. after`, `9:05 a.m. to` go on.
  const ends = [...prose.matchAll(/[.!?](?=\s+[^\p{Ll}\s])|[;\n]/gu)].map((match) => match.index);
  let passed = 0;
  return findFigures(text).map((figure) => {
    const behind = figure.index + figure.text.length;
    while ((ends[passed] ?? Number.POSITIVE_INFINITY) < figure.index) passed += 1;
    const sentence = passed === 0 ? 0 : (ends[passed - 1] ?? 0) + 1;
    let last = passed;
    while ((ends[last] ?? Number.POSITIVE_INFINITY) < behind) last += 1;
    const end = ends[last] ?? prose.length;
    return {
      figure,
      before: prose.slice(Math.max(sentence, figure.index - REACH), figure.index),
      after: prose.slice(behind, Math.min(end, behind + REACH)).replace(/^\./, ' '),
      quote: (start, length) => text.slice(figure.index - start, behind + length),
    };
  });
}
