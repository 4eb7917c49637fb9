import { findFigures } from '../src/time/figures.ts';
import { readTime } from '../src/time/read.ts';
import { splitTime } from '../src/time/split.ts';
import { nanoseconds } from './measure.ts';
import { growth, type Row } from './table.ts';

const context = { now: Date.parse('2026-03-10T14:00:00Z'), zone: 'Europe/Berlin', retrospective: false };

/** What texts are made of: a sentence, times without end, digits and dots, words that begin times. */
const PIECES = ['the pods came back after the rollout ', '14:05 ', '1:', 'at yesterday '];
const repeated = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** The dearest of the texts of this length. */
const dearest = (length: number, read: (text: string) => unknown): number =>
  Math.max(...PIECES.map((piece) => nanoseconds(() => read(repeated(piece, length)))));

const PROSE =
  'The outage lasted 2 hours and 35 minutes, from 14:05 to 4:40pm on Sep 24th; 36:49 later, 43 hrs in all, it was over. ';

/** Reading times and figures, by length. */
export function textRows(): Row[] {
  const sizes = [100, 1000, 4000];
  return [
    ...growth({
      what: 'A typed time read',
      unit: 'characters',
      sizes,
      cost: (size) => dearest(size, (text) => readTime(text, context)),
    }),
    ...growth({
      what: 'A note split into time and text',
      unit: 'characters',
      sizes,
      cost: (size) => dearest(size, (text) => splitTime(text, context)),
    }),
    ...growth({
      what: 'Figures found in prose',
      unit: 'characters',
      sizes: [1000, 10_000, 100_000],
      cost: (size) => nanoseconds(() => findFigures(repeated(PROSE, size))),
    }),
  ];
}
