import { blockStarts } from '../postmortem/text/blocks.ts';
import { cleanText } from '../postmortem/text/clean.ts';
import { containerCosts } from '../postmortem/text/containers.ts';

/** Most lines; most marks of Markdown in all and in one block; most columns and cells; deepest nesting of a line. */
const MOST_LINES = 5000;
const MOST_IN_ALL = 40_000;
const MOST_MARKS = 250;
const MOST_CELLS = 30_000;
const MOST_COLUMNS = 100;
const DEEPEST = 100;
/** Most steps of reading: two seconds, about; and how many it takes to copy what was read of one line or container. */
const MOST_STEPS = 200_000_000;
const STEPS_BACK = 100;

const ADDRESS = /https?:\/\/|www\./gi;
const TRAIL = /(?:[!"'),.:;<>?*_~\]]|&[a-z]*)+/gi;

/**
 * The first line (from 1) at which Markdown would take seconds to read, since readers try each open bracket or mark
 * with each that follows; null for every text that people write.
 */
export function tangledAt(text: string): number | null {
  const lines = cleanText(text).split('\n');
  const starts = blockStarts(lines);
  const costs = containerCosts(lines);
  let all = 0;
  let cells = 0;
  let steps = 0;
  let block = { marks: 0, length: 0, words: 0, hasBracket: false };
  for (const [index, line] of lines.entries()) {
    if (starts[index]) {
      steps += stepsOf(block);
      block = { marks: 0, length: 0, words: 0, hasBracket: false };
    }
    const found = count(line, /[[\]!*_<`~&\\]/g);
    all += found;
    const columns = count(line, /\|/g);
    cells += columns;
    steps += addressSteps(line) + STEPS_BACK * (costs[index] ?? 0);
    block = {
      marks: block.marks + found,
      length: block.length + line.length,
      words: block.words + count(line, /[\w+.-]+/g),
      hasBracket: block.hasBracket || line.includes('['),
    };
    const nested = /^[-+*>\s\d.)]*/.exec(line)?.[0].length ?? 0;
    if (
      index >= MOST_LINES ||
      all > MOST_IN_ALL ||
      block.marks > MOST_MARKS ||
      steps + stepsOf(block) > MOST_STEPS ||
      nested > DEEPEST ||
      columns > MOST_COLUMNS ||
      cells > MOST_CELLS
    )
      return index + 1;
  }
  return null;
}

/** Each mark may look at the whole block, and behind an open bracket each word does: it may begin an e-mail address. */
const stepsOf = (block: { marks: number; length: number; words: number; hasBracket: boolean }): number =>
  (block.marks + (block.hasBracket ? block.words : 0)) * block.length;

/** In an address each sign that may end it looks at all that follow it, and each address at what stands behind it. */
function addressSteps(line: string): number {
  if (count(line, ADDRESS) === 0) return 0;
  return line.split(/\s+/).reduce((steps, word) => {
    const addresses = count(word, ADDRESS);
    if (addresses === 0) return steps;
    const trails = word.match(TRAIL) ?? [];
    return trails.reduce((sum, trail) => sum + trail.length ** 2, steps + addresses * word.length);
  }, 0);
}

const count = (line: string, what: RegExp): number => line.match(what)?.length ?? 0;
