import { describe, expect, it } from 'vitest';
import { computeFacts } from '../../src/postmortem/facts.ts';
import { contradictedFigures } from '../../src/postmortem/support.ts';
import { at, readScenario, recordOf, SCENARIO_NAMES, utcMinute } from './makers.ts';

describe.each(SCENARIO_NAMES)('the scenario %s', (name) => {
  const { scenario, expected } = readScenario(name);
  const facts = computeFacts(recordOf(scenario), at('2026-01-01T00:00:00Z'));

  it('has the impact expected', () => {
    expect(facts.impact.start && utcMinute(facts.impact.start.at)).toBe(expected.impactStart);
    expect(facts.impact.end && utcMinute(facts.impact.end.at)).toBe(expected.impactEnd);
    expect(facts.impact.minutes).toBe(expected.impactMinutes);
  });

  it('has the timeline expected', () => {
    expect(facts.lines.map((line) => utcMinute(line.entry.occurredAt))).toEqual(expected.timeline);
    expect(facts.lines.map((line) => line.minutesSincePrevious)).toEqual(expected.minutesSincePrevious);
  });

  it('has the milestones expected', () => {
    const milestones = facts.milestones.map(({ milestone, at, minutesFromStart }) => [
      milestone,
      { at: utcMinute(at), minutesFromStart },
    ]);
    expect(Object.fromEntries(milestones)).toEqual(expected.milestones);
  });

  it('has the contradicted figures expected', () => {
    const { summary, timezone } = scenario;
    expect(contradictedFigures(summary ?? '', facts, timezone)).toEqual(expected.contradictedFigures);
  });
});
