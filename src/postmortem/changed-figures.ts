import { formatMinutes } from '../time/duration.ts';
import { utcOf } from '../time/format.ts';
import { DURATION_TO } from './durations.ts';
import type { Fact, Facts, MilestoneFact } from './types.ts';

/** A figure of the draft that is not what it was; null: it was not there, or is not any more. As printed. */
export interface ChangedFigure {
  name: string;
  label: string;
  from: string | null;
  to: string | null;
}

/**
 * The figures that differ between two computations of the same incident, as they are printed, in the draft's
 * order. What still runs counts as one unchanging figure: time passing is no change.
 */
export function changedFigures(before: Facts, after: Facts): ChangedFigure[] {
  const old = figuresOf(before);
  const now = figuresOf(after);
  const names = [...new Set([...now.keys(), ...old.keys()])];
  return names.flatMap((name): ChangedFigure[] => {
    const [from, to] = [old.get(name), now.get(name)];
    if (from?.value === to?.value) return [];
    return [
      { name, label: to?.label ?? from?.label ?? name, from: from?.value ?? null, to: to?.value ?? null },
    ];
  });
}

interface Figure {
  label: string;
  value: string;
}

function figuresOf(facts: Facts): Map<string, Figure> {
  const { impact, milestones, lines, durations } = facts;
  const figures = new Map<string, Figure>();
  const add = (name: string, label: string, value: string) => figures.set(name, { label, value });
  if (impact.start) add('impact_start', 'Impact start', utcOf(impact.start));
  if (impact.start) add('impact_end', 'Impact end', impact.end ? utcOf(impact.end) : 'not over');
  if (impact.minutes !== null)
    add('impact', 'Impact duration', impact.open ? 'still running' : formatMinutes(impact.minutes));
  if (impact.windows.length > 1) {
    impact.windows.forEach((window, index) => {
      add(`impact_window_${index + 1}`, `Impact window ${index + 1}`, durationOf(window));
    });
  }
  impact.relapses.forEach((relapse, index) => {
    add(`relapse_${index + 1}`, `Gap ${index + 1} between impacts`, durationOf(relapse));
  });
  for (const fact of durations) add(fact.name, fact.label, durationOf(fact));
  for (const fact of milestones) {
    const { label } = fact;
    add(fact.milestone, label, utcOf(fact));
    const distance = fact.minutesFromStart;
    if (distance !== null && !isMeasured(fact, facts))
      add(`${fact.milestone}_from_start`, `${label}, from impact start`, formatMinutes(distance));
  }
  for (const { entry, marks, minutesSincePrevious } of lines) {
    if (marks.length === 0)
      add(`line_${entry.number}`, `Line #${entry.number}`, utcOf({ ...entry, at: entry.occurredAt }));
    if (minutesSincePrevious !== null)
      add(`gap_${entry.number}`, `Gap before #${entry.number}`, formatMinutes(minutesSincePrevious));
  }
  return figures;
}

function durationOf({ minutes, to }: Fact): string {
  return to ? formatMinutes(minutes) : 'still running';
}

/** Whether a named duration already tells how long after the impact's start it was. */
function isMeasured({ entryNumber, milestone }: MilestoneFact, { durations, impact }: Facts): boolean {
  if (impact.start?.entryNumber === entryNumber) return true;
  return durations.some(({ name }) => name === DURATION_TO.get(milestone));
}
