import type { KnownMessages } from '../../usecases/edges.ts';
import { ITSELF } from '../../usecases/scope.ts';
import { textOf } from '../messageText.ts';
import type { HistoryMessage, Missed } from './types.ts';

/**
 * What Slack has and we have not, on these messages. `asOfTs` is when Slack was asked: an event from after it
 * counts more. Our own reactions, and the words of our own messages, are left alone.
 */
export function compare(
  messages: HistoryMessage[],
  known: KnownMessages,
  place: { channelId: string; self: string; asOfTs: string },
): Missed[] {
  return messages.flatMap((message) => [
    ...reactionsMissed(message, known, place),
    ...changeMissed(message, known, place),
  ]);
}

function reactionsMissed(
  message: HistoryMessage,
  known: KnownMessages,
  { channelId, self, asOfTs }: { channelId: string; self: string; asOfTs: string },
): Missed[] {
  const messageTs = message.ts ?? '';
  const { reactions: everything } = known;
  const before = everything.filter((one) => one.ts === messageTs);
  const knownOf = (emoji: string, userId: string) =>
    before.find((one) => one.emoji === emoji && one.userId === userId);
  const missed = (emoji: string, userId: string, present: boolean): Missed => {
    const eventTs = later(asOfTs, knownOf(emoji, userId)?.eventTs);
    const own = message.user === self ? { own: true } : {};
    const state = { channelId, messageTs, emoji, userId, present, eventTs, ...own };
    return { kind: 'reaction', userId, state };
  };
  const now = message.reactions ?? [];
  const added = now.flatMap(({ name = '', users = [] }) =>
    users
      .filter((userId) => userId !== self && !knownOf(name, userId)?.present)
      .map((userId) => missed(name, userId, true)),
  );
  const gone = before.filter(({ emoji, userId, present }) => {
    if (!present) return false;
    const same = now.find(({ name }) => name === emoji);
    if (!same) return true;
    const { users: known = [], count = known.length } = same;
    return known.length >= count && !known.includes(userId);
  });
  return [...added, ...gone.map(({ emoji, userId }) => missed(emoji, userId, false))];
}

/** What was known before Slack was asked is older than the answer, however the clocks differ. */
export const later = (asOfTs: string, knownTs: string | undefined): string =>
  knownTs === undefined || Number(knownTs) < Number(asOfTs) ? asOfTs : (Number(knownTs) + 1e-6).toFixed(6);

function changeMissed(
  message: HistoryMessage,
  known: KnownMessages,
  { channelId, self, asOfTs }: { channelId: string; self: string; asOfTs: string },
): Missed[] {
  const entry = known.entries.find((one) => one.ts === message.ts);
  if (!entry || entry.gone || message.user === self) return [];
  // A deleted message with replies leaves a tombstone in its place.
  if (message.subtype === 'tombstone') return [deletion(channelId, entry.ts, asOfTs)];
  const { ts: changedTs, user } = message.edited ?? {};
  if (!changedTs || changedTs <= entry.messageChange) return [];
  const change = { channelId, ts: entry.ts, text: textOf(message), changedTs };
  return [{ kind: 'change', userId: user ?? message.user ?? ITSELF, change }];
}

/** A deletion that nobody told us of: Slack does not say when it was. */
export const deletion = (channelId: string, ts: string, asOfTs: string): Missed => ({
  kind: 'change',
  userId: ITSELF,
  change: { channelId, ts, text: null, changedTs: asOfTs },
});
