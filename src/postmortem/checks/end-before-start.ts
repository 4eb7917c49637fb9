import type { ImpactWindow } from '../../incident/types.ts';
import type { Moment } from '../types.ts';
import type { Check, CheckInput } from './types.ts';
import { momentWords, numbersOf } from './words.ts';

/** An impact that ends before it starts: a window, given or by the rule, or a resolution before the last window. */
export function endBeforeStart(input: CheckInput): Check[] {
  return [...reversedWindows(input), ...earlyResolution(input)];
}

function reversedWindows({ record, facts }: CheckInput): Check[] {
  return facts.impact.windows.flatMap(({ from, to }): Check[] => {
    if (!to || to.at >= from.at) return [];
    const numberOf = (id: string | null) => record.entries.find((entry) => entry.id === id)?.number ?? null;
    const isEnd = (at: number | null, entryId: string | null, moment: Moment) =>
      entryId === null ? at === moment.at : numberOf(entryId) === moment.entryNumber;
    const isThis = (window: ImpactWindow) =>
      isEnd(window.from, window.fromEntryId, from) || isEnd(window.to, window.toEntryId, to);
    const windowId = record.windows.find(isThis)?.id ?? null;
    return [
      {
        name: 'end-before-start',
        severity: 'error',
        message: `The impact ends before it starts: from ${momentWords(from)} to ${momentWords(to)}. It counts 0 minutes until one of them is corrected.`,
        entryNumbers: numbersOf(from, to),
        section: 'impact',
        fix:
          windowId === null && to.entryNumber !== null
            ? { kind: 'set-time', entryNumber: to.entryNumber }
            : { kind: 'edit-window', windowId },
        key: `end-before-start:${windowId ?? 'rule'}`,
      },
    ];
  });
}

/** A window given by hand after the mark that says it was over. */
function earlyResolution({ record, facts: { impact, milestones } }: CheckInput): Check[] {
  const resolved = milestones.find(({ milestone }) => milestone === 'resolved');
  const last = impact.windows.at(-1)?.from;
  const reversed = impact.windows.some(({ from, to }) => to !== null && to.at < from.at);
  if (record.windows.length === 0 || reversed || !resolved || !last || resolved.at >= last.at) return [];
  return [
    {
      name: 'end-before-start',
      severity: 'warning',
      message: `An impact starts after the incident was resolved: ${momentWords(resolved)}, ${momentWords(last)}.`,
      entryNumbers: numbersOf(resolved, last),
      section: 'impact',
      fix: { kind: 'mark-milestone', milestone: 'resolved' },
      key: 'end-before-start:resolved',
    },
  ];
}
