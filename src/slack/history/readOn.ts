import type { KnownMessages, Pass } from '../../usecases/edges.ts';
import { unlessRefused } from '../slackErrors.ts';
import { compare, deletion } from './compare.ts';
import type { HistoryMessage, Missed, Slack } from './types.ts';

const OVERLAP_S = 24 * 3600;
// Clocks differ: an event from the last minute counts more than what is read now.
const TOLERANCE_S = 60;

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
    const answer = await unlessRefused(call, null);
    const messages = ((answer?.messages ?? []) as HistoryMessage[]).filter((one) => one.ts !== first);
    const cursor = answer?.response_metadata?.next_cursor || null;
    const next = { ...pass, cursor, todo: cursor ? pass.todo : rest };
    return goOn(next, compare(messages, asked.known, place), messages, asked);
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
  if (pass.phase === 'threads' && pass.todo.length === 0) {
    const todo = asked.unseen().filter((ts) => !seen.includes(ts) && Number(ts) < Number(pass.passTs));
    if (todo.length > 0)
      return { pass: { ...pass, phase: 'gone', todo, cursor: null }, missed, seen, done: false };
    return { pass: ended(pass), missed, seen, done: true };
  }
  if (pass.phase === 'gone' && pass.todo.length === 0) return { pass: ended(pass), missed, seen, done: true };
  return { pass, missed, seen, done: false };
}

/** The next pass looks a day further back: reactions and edits come to older messages too. */
const ended = (pass: Pass): Pass => {
  const since = Number(pass.passTs ?? pass.sinceTs) - OVERLAP_S;
  const sinceTs = since > Number(pass.sinceTs) ? since.toFixed(6) : pass.sinceTs;
  return { ...pass, sinceTs, passTs: null, phase: 'history', cursor: null, todo: [] };
};

/** In the channel, or as a reply in a thread. */
async function isThere(client: Slack['client'], channel: string, ts: string): Promise<boolean> {
  const exact = { channel, latest: ts, oldest: ts, inclusive: true };
  const top = await client.conversations.history({ ...exact, limit: 1 });
  if (top.messages?.some((one) => one.ts === ts)) return true;
  const call = client.conversations.replies({ ...exact, ts, limit: 10 });
  const thread = await unlessRefused(call, null);
  return thread?.messages?.some((one) => one.ts === ts) ?? false;
}
