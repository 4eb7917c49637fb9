import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MILESTONES } from '../../src/incident/milestones.ts';
import type { IncidentRecord } from '../../src/incident/types.ts';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { nearestPair, somePairApart } from '../../src/postmortem/instants.ts';
import { contradictedFigures, mayBeCalled } from '../../src/postmortem/support.ts';
import { minutesBetween } from '../../src/time/duration.ts';
import { findFigures } from '../../src/time/figures.ts';
import { at, makeEntry, makeMark, makeRecord, makeWindow } from './makers.ts';

const START = at('2026-03-07T00:00:00Z');
const NOW = at('2026-04-01T00:00:00Z');
const instant = fc.integer({ min: 0, max: 4 * 24 * 3600 }).map((seconds) => START + seconds * 1000);

const record = fc
  .record({
    times: fc.array(instant, { minLength: 1, maxLength: 12 }),
    marks: fc.uniqueArray(fc.record({ milestone: fc.constantFrom(...MILESTONES), line: fc.nat(11) }), {
      selector: ({ milestone }) => milestone,
    }),
  })
  .map(({ times, marks }) =>
    makeRecord({
      entries: times.map((time, index) => makeEntry(index + 1, time)),
      marks: marks
        .filter(({ line }) => line < times.length)
        .map(({ milestone, line }) => makeMark(milestone, line + 1)),
    }),
  );

const window = fc
  .tuple(instant, instant)
  .map(([a, b]) =>
    makeWindow(new Date(Math.min(a, b)).toISOString(), new Date(Math.max(a, b)).toISOString()),
  );
const windows = fc.array(window, { minLength: 1, maxLength: 6 });

const prose = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 300 }).map((minutes) => `${minutes} minutes`),
      fc.integer({ min: 0, max: 90 }).map((hours) => `${hours} hours`),
      fc.integer({ min: 0, max: 9 }).map((hours) => `over ${hours}.5 hours`),
      fc.integer({ min: 0, max: 9999 }).map((seconds) => `${seconds} seconds`),
      fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${h}:${String(m).padStart(2, '0')}`),
    ),
    { maxLength: 6 },
  )
  .map((figures) => figures.join('; '));

/** Moves one entry to another time. */
function moved(before: IncidentRecord, number: number, occurredAt: number): IncidentRecord {
  const entries = before.entries.map((entry) => (entry.number === number ? { ...entry, occurredAt } : entry));
  return { ...before, entries };
}

describe('impact', () => {
  it('is the union of its windows: no more than their sum, no less than the longest, the rest is relapse', () => {
    fc.assert(
      fc.property(windows, (given) => {
        const { impact } = computeFacts(makeRecord({ windows: given }), NOW);
        const lengths = impact.windows.map(({ minutes }) => minutes);
        const sum = lengths.reduce((total, length) => total + length, 0);
        const total = impact.minutes ?? Number.NaN;
        expect(total).toBeLessThanOrEqual(sum);
        expect(total).toBeGreaterThanOrEqual(Math.max(...lengths));
        // Minute by minute, as slow as it is plain.
        const covered = new Set<number>();
        for (const { from, to } of impact.windows) {
          for (let minute = 0; minute < minutesBetween(from.at, to?.at ?? NOW); minute += 1) {
            covered.add(Math.floor(from.at / 60_000) + minute);
          }
        }
        expect(total).toBe(covered.size);
      }),
      { numRuns: 200 },
    );
  });

  it('plus its relapses spans from the first start to the last end', () => {
    fc.assert(
      fc.property(windows, (given) => {
        const long = given.filter(({ from, to }) => minutesBetween(from ?? 0, to ?? 0) > 0);
        fc.pre(long.length > 0);
        const { impact } = computeFacts(makeRecord({ windows: long }), NOW);
        const relapses = impact.relapses.reduce((total, { minutes }) => total + minutes, 0);
        const span = minutesBetween(impact.start?.at ?? Number.NaN, impact.end?.at ?? Number.NaN);
        expect((impact.minutes ?? Number.NaN) + relapses).toBe(span);
        expect(impact.relapses.every(({ minutes }) => minutes > 0)).toBe(true);
      }),
    );
  });

  it('has no negative minutes, and of a closed incident never depends on now', () => {
    fc.assert(
      fc.property(record, instant, (made, now) => {
        const facts = computeFacts(made, NOW);
        expect(facts.impact.minutes).toBeGreaterThanOrEqual(0);
        expect(facts.durations.every(({ minutes }) => minutes >= 0)).toBe(true);
        expect(computeFacts(made, now)).toEqual(facts);
      }),
    );
  });
});

describe('an entry', () => {
  it('that is added never takes the support from a figure', () => {
    fc.assert(
      fc.property(
        record,
        fc.option(window, { nil: undefined }),
        instant,
        prose,
        (made, given, time, text) => {
          const before = { ...made, windows: given ? [given] : [] };
          const after = { ...before, entries: [...before.entries, makeEntry(99, time)] };
          const contradicted = (each: IncidentRecord) =>
            contradictedFigures(text, computeFacts(each, NOW), 'America/New_York');
          const old = contradicted(before);
          for (const figure of contradicted(after)) expect(old).toContain(figure);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('whose time is corrected changes only what depends on it', () => {
    fc.assert(
      fc.property(record, fc.nat(11), instant, (made, pick, time) => {
        const number = (pick % made.entries.length) + 1;
        const before = computeFacts(made, NOW);
        const after = computeFacts(moved(made, number, time), NOW);
        const rests = (moment: { entryNumber: number | null } | null | undefined) =>
          moment?.entryNumber === number;

        for (const fact of after.durations) {
          const old = before.durations.find(({ name }) => name === fact.name);
          const untouched = ![fact.from, fact.to, old?.from, old?.to].some(rests);
          if (untouched && old?.from.entryNumber === fact.from.entryNumber) expect(fact).toEqual(old);
        }
        for (const fact of after.milestones.filter(({ entryNumber }) => entryNumber !== number)) {
          expect(fact.at).toBe(before.milestones.find(({ milestone }) => milestone === fact.milestone)?.at);
        }
        const numbers = (facts: typeof before) => facts.lines.map(({ entry }) => entry.number);
        for (const [index, line] of after.lines.entries()) {
          const previous = numbers(after)[index - 1];
          const was = numbers(before).indexOf(line.entry.number);
          const same = previous === numbers(before)[was - 1];
          if (same && line.entry.number !== number && previous !== number) {
            expect(line.minutesSincePrevious).toBe(before.lines[was]?.minutesSincePrevious);
          }
        }
        if (![before.impact.start, before.impact.end, after.impact.start, after.impact.end].some(rests)) {
          expect(after.impact).toEqual(before.impact);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('support', () => {
  const sorted = fc
    .array(fc.integer({ min: 0, max: 5000 }), { maxLength: 30 })
    .map((numbers) => numbers.sort((a, b) => a - b));
  const pairs = (all: readonly number[]) =>
    all.flatMap((from, index) => all.slice(index + 1).map((to) => to - from));

  it('finds a pair exactly where comparing all pairs does', () => {
    fc.assert(
      fc.property(sorted, fc.integer({ min: -10, max: 5000 }), fc.nat(200), (all, low, width) => {
        const expected = pairs(all).some((apart) => apart >= low && apart <= low + width);
        expect(somePairApart(all, low, low + width)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('names the nearest pair', () => {
    fc.assert(
      fc.property(sorted, fc.integer({ min: 0, max: 5000 }), (all, length) => {
        const pair = nearestPair(all, length);
        const misses = pairs(all).map((apart) => Math.abs(apart - length));
        if (!pair) expect(misses).toEqual([]);
        else expect(Math.abs((all[pair[1]] ?? 0) - (all[pair[0]] ?? 0) - length)).toBe(Math.min(...misses));
      }),
      { numRuns: 1000 },
    );
  });

  it('is rounding to the precision, half up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        fc.constantFrom('minutes', 'hours', 'days', 'seconds'),
        fc.nat(60),
        fc.constantFrom('', '.5', '.3', '½'),
        (seconds, unit, count, fraction) => {
          const duration = findFigures(`${count}${fraction} ${unit}`)[0]?.duration;
          if (!duration) throw new Error('no duration');
          const rounded = Math.floor(seconds / duration.precision + 0.5) * duration.precision;
          expect(mayBeCalled(seconds, duration)).toBe(Math.abs(rounded - duration.seconds) < 0.001);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('of thousands of lines and hundreds of figures are found', () => {
    const entries = Array.from({ length: 5000 }, (_, index) => makeEntry(index + 1, START + index * 61_000));
    const facts = computeFacts(makeRecord({ entries }), NOW);
    const text = Array.from(
      { length: 400 },
      (_, index) => `${index}.3 hours, 30:${10 + (index % 50)}, ${index} days`,
    ).join('; ');
    // Comparing all pairs for each figure would run into the test's time limit.
    expect(contradictedFigures(text, facts, 'Europe/Berlin').length).toBeGreaterThan(100);
  });
});
