import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../src/postmortem/checks/run.ts';
import { computeFacts } from '../../../src/postmortem/facts.ts';
import { contradictedFigures } from '../../../src/postmortem/support.ts';
import { at, makeRecord, makeTimeline } from '../makers.ts';

const NOW = at('2026-04-01T00:00:00Z');
const record = makeRecord(
  makeTimeline(
    ['10:00', 'impact_started'],
    ['10:05', 'detected'],
    ['11:00', 'fix_created'],
    ['12:30', 'resolved'],
  ),
);
const facts = computeFacts(record, NOW);

const WORDS =
  'The impact|outage|lasted|of|for|was|detected|within|after|before|between|from|to|and|fix|created|merged|it was|resolved|at|incident|called|took|5 minutes|2 h|10:05|12:30 UTC|Mar 10|on|over|customers|down|.|,|;|\n|(|)|[a](b|<https://x|y>|`'.split(
    '|',
  );
const prose = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(' '));

describe('whatever is written', () => {
  it('is checked without throwing, every figure against it is marked, each at its exact words', () => {
    fc.assert(
      fc.property(fc.oneof(prose, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        const checks = runChecks(record, facts, [{ section: 'summary', text }], NOW, 'Europe/Berlin');
        const marked = checks.filter(({ name }) => name === 'figure' || name === 'claim');
        for (const { excerpt = '', index = -1 } of checks.filter(({ section }) => section === 'summary')) {
          expect(text.slice(index, index + excerpt.length)).toBe(excerpt);
        }
        const words = marked.map(({ excerpt }) => excerpt);
        for (const figure of contradictedFigures(text, facts, 'Europe/Berlin'))
          expect(words).toContain(figure);
        expect(new Set(checks.map(({ key }) => key)).size).toBe(checks.length);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    'The impact lasted from the ',
    'outage of 5 minutes ',
    'detected within 5 minutes after ',
    'a-b ',
  ])('is looked through however long: %j', (shard) => {
    const text = shard.repeat(Math.ceil(100_000 / shard.length));
    // Quadratic cost would run into the test's time limit.
    expect(() => runChecks(record, facts, [{ section: 'summary', text }], NOW, 'UTC')).not.toThrow();
  });
});
