import { PIN, PINNED_BY } from '../../incident/emoji.ts';
import type { KnownPin } from '../../usecases/edges.ts';
import { ITSELF } from '../../usecases/scope.ts';
import { later } from './compare.ts';
import type { Missed, Pinned } from './types.ts';

interface Place {
  channelId: string;
  self: string;
  asOfTs: string;
}

/** Messages that were pinned without our knowing. What we pinned ourselves is nobody's line. */
export function pinsMissed(pinned: Pinned[], known: KnownPin[], place: Place): Missed[] {
  return pinned.flatMap(({ created_by: by = ITSELF, message }) => {
    const before = known.find((one) => one.ts === message?.ts);
    if (!message?.ts || by === place.self || before?.present) return [];
    return [pin(place, message.ts, by, true, before, message.user === place.self)];
  });
}

/** Messages that we know as pinned and Slack does not: unpinned, or deleted. */
export const pinsGone = (pinned: Pinned[], known: KnownPin[]): KnownPin[] =>
  known.filter((one) => one.present && !pinned.some(({ message }) => message?.ts === one.ts));

/** Somebody took a pin away: Slack does not say who. */
export const unpinned = (place: Place, ts: string, known: KnownPin[]): Missed =>
  pin(
    place,
    ts,
    ITSELF,
    false,
    known.find((one) => one.ts === ts),
  );

function pin(
  { channelId, asOfTs }: Place,
  messageTs: string,
  by: string,
  present: boolean,
  before?: KnownPin,
  own = false,
): Missed {
  const eventTs = later(asOfTs, before?.eventTs);
  const state = { channelId, messageTs, emoji: PIN, userId: PINNED_BY, present, eventTs, own };
  return { kind: 'reaction', userId: by, state };
}
