import type { Incident } from '../incident/types.ts';
import { computeFacts } from '../postmortem/facts.ts';
import type { Impact } from '../postmortem/types.ts';
import { formatUtc, utcOf } from '../time/format.ts';
import { splitRange } from '../time/split.ts';
import type { Reading } from '../time/types.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';
import { showChange } from './show.ts';
import { goingOn } from './timelineOf.ts';
import { type Asked, readWith, settle } from './times.ts';
import type { IncidentRef } from './types.ts';

export interface ImpactInput {
  ref: IncidentRef;
  /** `from TIME to TIME`, `from TIME` or `clear`. */
  text: string;
  /** A reading already chosen for `from`; `reading` is then the one for `to`. */
  from?: Reading;
  reading?: Reading;
  side?: 'from' | 'to';
}

export interface ImpactSet {
  kind: 'impact';
  incident: Incident;
  /** Null: every window was taken away and the rule decides again. */
  window: { from: Reading; to: Reading | null } | null;
  /** What the windows come to, this one among them. */
  impact: Impact;
  notes: string[];
}

/** Adds an impact window, with its end or open, or takes all of them away (`clear`). */
export async function setImpact(scope: Scope, input: ImpactInput): Promise<ImpactSet | Asked> {
  const incident = await goingOn(scope, input.ref);
  if (input.text.trim().toLowerCase() === 'clear') {
    await scope.tx.clearWindows(incident.id, scope.now);
    await showChange(scope, incident, 'Impact windows cleared');
    return { kind: 'impact', incident, window: null, impact: await impactOf(scope, incident), notes: [] };
  }
  const from = input.side === 'from' ? input.reading : input.from;
  const to = input.side === 'to' ? input.reading : undefined;
  const range = await readWith(scope, incident, input.text, (context) =>
    splitRange(input.text, from ? { ...context, previous: from.instant } : context, from),
  );
  const example = '/incident impact from 2025-09-24 02:27 to 2025-09-25 17:16';
  if (!range) throw new Refusal({ code: 'empty', what: 'window', example });
  const begun = await settle(scope, from ? null : range.from, input.text, {
    verb: 'setImpact',
    input: { ...input, side: 'from' },
  });
  if (begun.kind === 'asked') return begun;
  const start = from ?? begun.reading;
  if (!start) throw new Refusal({ code: 'empty', what: 'window', example });
  const ended = await settle(scope, to ? null : range.to, input.text, {
    verb: 'setImpact',
    input: { ...input, from: start, side: 'to' },
  });
  if (ended.kind === 'asked') return ended;
  const end = to ?? ended.reading;
  if (end && end.instant < start.instant) {
    const message = `The impact would end (${formatUtc(end.instant)}) before it starts (${formatUtc(start.instant)}).`;
    throw new Refusal({ code: 'time', message });
  }
  const window = {
    from: start.instant,
    fromPrecision: start.precision,
    fromEntryId: null,
    to: end?.instant ?? null,
    toPrecision: end?.precision ?? 'exact',
    toEntryId: null,
  };
  await scope.tx.addWindow(incident.id, scope.who.userId, scope.now, window);
  const words = `Impact from ${said(start)}${end ? ` to ${said(end)}` : ''}`;
  await showChange(scope, incident, words);
  return {
    kind: 'impact',
    incident,
    window: { from: start, to: end },
    impact: await impactOf(scope, incident),
    notes: [...begun.notes, ...ended.notes],
  };
}

const said = ({ instant: at, precision }: Reading): string => utcOf({ at, precision });

const impactOf = async ({ tx, now }: Scope, { id }: Incident): Promise<Impact> =>
  computeFacts(await tx.record(id), now).impact;
