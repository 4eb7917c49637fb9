import type { KnownMessages, Pass } from '../../usecases/edges.ts';
import { refusedWith, unlessRefused } from '../slackErrors.ts';
import { compare, deletion } from './compare.ts';
import { pinsGone, pinsMissed, unpinned } from './pins.ts';
import type { HistoryMessage, Missed, Pinned, Slack } from './types.ts';

const OVERLAP_S = 24 * 3600;
const WHOLE_EVERY_S = 6 * 3600;
// What is to be looked for is a message that was pinned.
const PINNED = 'pinned ';
// Clocks differ: an event from the last minute counts more than what is read now.
const TOLERANCE_S = 60;

const NOT_THERE = ['thread_not_found', 'message_not_found'];

/** Slack's form of an instant, `lessS` seconds earlier. */
const tsOf = (now: number, lessS: number): string => (now / 1000 - lessS).toFixed(6);

export interface ReadOn {
  pass: Pass;
  missed: Missed[];
  /** Messages that were there. */
  seen: string[];
  done: boolean;
}

/**
 * Takes the pass one request further. Throws Slack's errors, the pass then stands where it stood. `limit`: how many
 * messages are asked for at once; `unseen`: entries' messages that this pass has not come across.
 */
export async function readOn(
  { client, self }: Slack,
  pass: Pass,
  asked: { now: number; limit: number; known: KnownMessages; unseen(): string[] },
): Promise<ReadOn> {
  const { channelId: channel } = pass;
  const asOfTs = tsOf(asked.now, TOLERANCE_S);
  const passTs = pass.passTs ?? asOfTs;
  const place = { channelId: channel, self, asOfTs };
  const [first, ...rest] = pass.todo;
  const page = { channel, limit: asked.limit, ...(pass.cursor && { cursor: pass.cursor }) };

  if (pass.phase === 'history') {
    const answer = await client.conversations.history({ ...page, oldest: pass.sinceTs, inclusive: true });
    const messages = (answer.messages ?? []) as HistoryMessage[];
    const roots = messages.filter((one) => (one.reply_count ?? 0) > 0).map((one) => one.ts ?? '');
    const cursor = answer.response_metadata?.next_cursor || null;
    const todo = [...pass.todo, ...roots];
    const next = { ...pass, passTs, cursor, todo, phase: cursor ? pass.phase : ('threads' as const) };
    return goOn(next, compare(messages, asked.known, place), messages, asked);
  }
  if (pass.phase === 'threads' && first !== undefined) {
    const call = client.conversations.replies({ ...page, ts: first, oldest: pass.sinceTs });
    const answer = await unlessRefused(call, null, (code) => code !== 'invalid_cursor');
    const messages = ((answer?.messages ?? []) as HistoryMessage[]).filter((one) => one.ts !== first);
    const cursor = answer?.response_metadata?.next_cursor || null;
    const next = { ...pass, cursor, todo: cursor ? pass.todo : rest };
    return goOn(next, compare(messages, asked.known, place), messages, asked);
  }
  if (pass.phase === 'gone' && first === undefined) {
    const answer = await unlessRefused(client.pins.list({ channel }), null);
    const pinned = (answer?.items ?? []) as Pinned[];
    const { pins } = asked.known;
    const gone = answer ? pinsGone(pinned, pins) : [];
    const todo = gone.filter(({ line }) => line).map(({ ts }) => PINNED + ts);
    // Without a line it does not matter whether the message is there.
    const over = gone.filter(({ line }) => !line).map(({ ts }) => unpinned(place, ts, pins));
    return looked({ ...pass, todo }, [...pinsMissed(pinned, pins, place), ...over]);
  }
  if (pass.phase === 'gone' && first?.startsWith(PINNED)) {
    const ts = first.slice(PINNED.length);
    const found = await isThere(client, channel, ts);
    const missed = found ? unpinned(place, ts, asked.known.pins) : deletion(channel, ts, asOfTs);
    return looked({ ...pass, todo: rest }, [missed]);
  }
  if (pass.phase === 'gone' && first !== undefined) {
    const found = await isThere(client, channel, first);
    const missed = found ? [] : [deletion(channel, first, asOfTs)];
    return goOn({ ...pass, todo: rest }, missed, [], asked);
  }
  return goOn(pass, [], [], asked);
}

/** To the next phase where the present one has nothing left to do. */
function goOn(
  pass: Pass,
  missed: Missed[],
  messages: HistoryMessage[],
  asked: { unseen(): string[] },
): ReadOn {
  const seen = messages.map((one) => one.ts ?? '');
  if (pass.phase !== 'threads' || pass.todo.length > 0) return { pass, missed, seen, done: false };
  const todo = asked.unseen().filter((ts) => !seen.includes(ts) && Number(ts) < Number(pass.passTs));
  return { pass: { ...pass, phase: 'gone', todo, cursor: null }, missed, seen, done: false };
}

/** The pins were listed: the pass ends when those that are gone were looked for. */
function looked(pass: Pass, missed: Missed[]): ReadOn {
  const done = pass.todo.length === 0;
  return { pass: done ? ended(pass) : pass, missed, seen: [], done };
}

/**
 * The next pass looks a day back: reactions and edits come to older messages too. Every few hours it looks at
 * everything, and so at replies in older threads: Slack says nothing of these where only new messages are read.
 */
function ended(pass: Pass): Pass {
  const at = Number(pass.passTs ?? pass.sinceTs);
  const before = Number(pass.sinceTs) === 0 ? at : Number(pass.sinceTs) + OVERLAP_S;
  const whole = Math.floor(at / WHOLE_EVERY_S) > Math.floor(before / WHOLE_EVERY_S);
  const sinceTs = whole ? '0' : Math.max(Number(pass.sinceTs), at - OVERLAP_S).toFixed(6);
  return anew({ ...pass, sinceTs });
}

/** The pass from its beginning. */
export const anew = (pass: Pass): Pass => ({
  ...pass,
  passTs: null,
  phase: 'history',
  cursor: null,
  todo: [],
});

/** In the channel, or as a reply in a thread, as far as Slack says. */
async function isThere(client: Slack['client'], channel: string, ts: string): Promise<boolean> {
  const exact = { channel, latest: ts, oldest: ts, inclusive: true };
  const top = await client.conversations.history({ ...exact, limit: 1 });
  if (top.messages?.some((one) => one.ts === ts)) return true;
  try {
    const thread = await client.conversations.replies({ ...exact, ts, limit: 10 });
    return thread.messages?.some((one) => one.ts === ts) ?? false;
  } catch (error) {
    const code = refusedWith(error);
    if (code === null) throw error;
    // Any other refusal says nothing of the message.
    return !NOT_THERE.includes(code);
  }
}
