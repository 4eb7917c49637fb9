import { slackInstant } from '../time/slackTs.ts';
import { headlineGone } from './headlineGone.ts';
import { mergedInto } from './mergedInto.ts';
import type { Scope } from './scope.ts';
import { fromMessage, showEntry } from './show.ts';
import { cleanText } from './texts.ts';

export interface MessageChange {
  channelId: string;
  ts: string;
  /** Null: the message was deleted. */
  text: string | null;
  /** Slack's time of the change (`edited.ts` or `event_ts`). */
  changedTs: string;
  /** Slack's time of its event. Of two edits with the same `edited.ts` the later one counts. */
  eventTs?: string;
}

/**
 * The message of an entry was edited or deleted. An edit becomes a revision, unless a person has written the
 * entry's text since; a deletion is noted and the text stays. Whatever arrives when, the latest edit counts.
 */
export async function followMessage(scope: Scope, change: MessageChange): Promise<void> {
  const incident = await scope.tx.lockIncident({ teamId: scope.who.teamId, channelId: change.channelId });
  if (incident && change.text === null) await headlineGone(scope, incident, change.ts);
  // Lines that moved in a merge still stand for messages of their old channel.
  const holder = incident && (await mergedInto(scope, incident));
  const message = { channelId: change.channelId, ts: change.ts };
  const entry = holder && (await scope.tx.entryOf(holder.id, message));
  if (!entry) return;
  const at = slackInstant(change.changedTs);
  if (change.text === null) {
    if (entry.messageGoneAt) return;
    await scope.tx.updateEntry(entry.id, { messageGoneAt: at });
    await scope.tx.addRevision(entry.id, scope.who.userId, at, 'message-deleted', { text: entry.text }, {});
    await scope.send(entry.incidentId, { kind: 'headline' });
    return;
  }
  const order = [change.changedTs, change.eventTs].filter(Boolean).join(' ');
  if (!fromMessage(entry) || !(await scope.tx.advanceMessage(entry.id, order))) return;
  const text = cleanText(change.text);
  if (entry.textEdited || text === entry.text || text === '') return;
  await scope.tx.updateEntry(entry.id, { text });
  await scope.tx.addRevision(
    entry.id,
    scope.who.userId,
    at,
    'message-edited',
    { text: entry.text },
    { text },
  );
  await showEntry(scope, entry);
}
