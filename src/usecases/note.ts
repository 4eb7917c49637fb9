import type { Milestone } from '../incident/milestones.ts';
import type { Incident, Mark, Source } from '../incident/types.ts';
import { readTime } from '../time/read.ts';
import { splitTime } from '../time/split.ts';
import type { Reading } from '../time/types.ts';
import { markEntry, offerClose } from './marks.ts';
import type { Scope } from './scope.ts';
import { showEntry } from './show.ts';
import { textFor } from './texts.ts';
import { timelineOf } from './timelineOf.ts';
import { type Asked, readWith, settle } from './times.ts';
import type { IncidentRef, StoredEntry } from './types.ts';

export interface NoteInput {
  ref: IncidentRef;
  /** With the time in it, unless `reading` says it. */
  text: string;
  source: Source;
  milestones: Milestone[];
  reading?: Reading;
  /** A time field of its own (the form), perhaps empty: the text is not searched for a time. */
  time?: string;
  /** Text to use when nothing but a time was typed. */
  fallbackText?: string;
}

export interface Noted {
  kind: 'noted';
  incident: Incident;
  entry: StoredEntry;
  marked: Milestone[];
  held: Mark[];
  notes: string[];
  /** Number of a line that its author typed just before with the same text: Slack may have said that it failed. */
  twin?: number;
}

const TWICE_WITHIN_MS = 2 * 60_000;

async function readText(scope: Scope, incident: Incident, { text, time, reading }: NoteInput) {
  const nothing = { time: null, timeText: '', rest: text };
  if (reading || time?.trim() === '') return nothing;
  if (time === undefined) return readWith(scope, incident, text, (context) => splitTime(text, context));
  const read = await readWith(scope, incident, time, (context) => readTime(time, context));
  return { time: read, timeText: time, rest: text };
}

/** Puts a line on the timeline, with its milestones: at the time typed in it, otherwise now. */
export async function note(scope: Scope, input: NoteInput): Promise<Noted | Asked> {
  const incident = await timelineOf(scope, input.ref);
  const split = await readText(scope, incident, input);
  const text = textFor('text', split.rest || (input.fallbackText ?? ''), '/incident note 14:05 Rolled back');
  const settled = await settle(scope, split.time, split.timeText, {
    verb: 'note',
    input: { ...input, text },
  });
  if (settled.kind === 'asked') return settled;
  const reading = input.reading ?? settled.reading;
  const entry = await scope.tx.addEntry(incident.id, scope.who.userId, scope.now, {
    occurredAt: reading?.instant ?? scope.now,
    precision: reading?.precision ?? 'exact',
    timeFrom: reading ? 'person' : 'message',
    text,
    source: input.source,
    message: null,
    authorId: scope.who.userId,
    kept: true,
  });
  const { marked, held } = await markEntry(scope, incident, entry, input.milestones);
  await showEntry(scope, entry);
  if (input.source === 'modal') await offerClose(scope, incident, { entry, marked, held });
  const twin = await scope.tx.twin(incident.id, entry, TWICE_WITHIN_MS);
  return {
    kind: 'noted',
    incident,
    entry,
    marked,
    held,
    notes: settled.notes,
    ...(twin && { twin: twin.number }),
  };
}
