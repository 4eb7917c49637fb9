import type { Milestone } from '../incident/milestones.ts';
import { readTime } from '../time/read.ts';
import { slackInstant } from '../time/slackTs.ts';
import type { Reading } from '../time/types.ts';
import { markEntry, offerClose } from './marks.ts';
import type { Noted } from './note.ts';
import { restoreEntry } from './retract.ts';
import type { Scope } from './scope.ts';
import { fromMessage, showEntry } from './show.ts';
import { textFor } from './texts.ts';
import { timelineOfMessage } from './timelineOf.ts';
import { type Asked, readWith, settle } from './times.ts';

export interface CaptureInput {
  channelId: string;
  ts: string;
  authorId: string | null;
  text: string;
  /** The person changed the message's words: its later edits no longer replace them. */
  changed: boolean;
  /** Empty: the message's own time. */
  time: string;
  milestones: Milestone[];
  reading?: Reading;
}

/** The shortcut "Add to timeline": a message becomes an entry, or the entry that it is already gets what is new. */
export async function captureMessage(scope: Scope, input: CaptureInput): Promise<Noted | Asked> {
  const { who, tx, now } = scope;
  const incident = await timelineOfMessage(scope, input.channelId);
  const text = textFor('text', input.text, 'the message in a few words');
  const typed = input.time.trim();
  const read =
    input.reading || typed === ''
      ? null
      : await readWith(scope, incident, typed, (context) => readTime(typed, context));
  const settled = await settle(scope, read, typed, { verb: 'captureMessage', input });
  if (settled.kind === 'asked') return settled;
  const reading = input.reading ?? settled.reading;
  const message = { channelId: input.channelId, ts: input.ts };
  const when = reading
    ? { occurredAt: reading.instant, precision: reading.precision, timeFrom: 'person' as const }
    : { occurredAt: slackInstant(input.ts), precision: 'exact' as const, timeFrom: 'message' as const };
  const found = await tx.entryOf(incident.id, message);
  const entry =
    found ??
    (await tx.addEntry(incident.id, who.userId, now, {
      ...when,
      text,
      source: 'shortcut',
      message,
      authorId: input.authorId,
      kept: true,
    }));
  if (found?.retractedAt) await restoreEntry(scope, found, true);
  const patch = {
    kept: true,
    ...(reading && when),
    ...(input.changed && { text, textEdited: true }),
  };
  await tx.updateEntry(entry.id, patch);
  if (found)
    await tx.addRevision(
      entry.id,
      who.userId,
      now,
      'shortcut',
      { text: found.text, occurredAt: found.occurredAt },
      patch,
    );
  const active = { ...entry, ...patch, retractedAt: null };
  const { marked, held } = await markEntry(scope, incident, active, input.milestones);
  if (found && reading) await tx.setProvenance(entry.id, 'asserted');
  // The bot's own line for a command is its rendering, not the source of the text.
  if (fromMessage(entry)) await scope.send(incident.id, { kind: 'fetch', entryId: entry.id });
  await showEntry(scope, active);
  await offerClose(scope, incident, { entry: active, marked, held });
  return { kind: 'noted', incident, entry: active, marked, held, notes: settled.notes };
}
