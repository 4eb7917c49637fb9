import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/slack/history/compare.ts';
import { readOn } from '../../src/slack/history/readOn.ts';
import type { HistoryMessage, Pinned } from '../../src/slack/history/types.ts';
import type { KnownMessages, Pass } from '../../src/usecases/edges.ts';

const place = { channelId: 'C1', self: 'UBOT', asOfTs: '2000.000000' };
const nothing: KnownMessages = { entries: [], reactions: [], pins: [] };
const held = (emoji: string, userId: string, over = {}) => ({
  ts: '1.0',
  emoji,
  userId,
  present: true,
  eventTs: '1000.000000',
  ...over,
});
const entry = (ts: string, over = {}) => ({ ts, messageChange: '', gone: false, ...over });
const short = (message: HistoryMessage, known: KnownMessages) =>
  compare([message], known, place).map((one) =>
    one.kind === 'reaction'
      ? `${one.state.present ? '+' : '-'}${one.state.emoji} ${one.userId} ${one.state.eventTs}`
      : `${one.change.text} ${one.userId} ${one.change.changedTs}`,
  );

describe('compare', () => {
  const pinned = { name: 'pushpin', users: ['U1', 'UBOT', 'U2'], count: 3 };
  it('finds who reacted, but for us and those whom we know', () => {
    const known = { ...nothing, reactions: [held('pushpin', 'U2')] };
    expect(short({ ts: '1.0', reactions: [pinned] }, known)).toEqual(['+pushpin U1 2000.000000']);
  });

  it('finds who took a reaction away, not where Slack’s list is cut short', () => {
    const reactions = ['U1', 'U9'].map((userId) => held('pushpin', userId));
    const known = { ...nothing, reactions: [...reactions, held('dart', 'U1')] };
    const all = { name: 'pushpin', users: ['U1'], count: 1 };
    expect(short({ ts: '1.0', reactions: [all] }, known)).toEqual([
      '-pushpin U9 2000.000000',
      '-dart U1 2000.000000',
    ]);
    expect(short({ ts: '1.0', reactions: [{ ...all, count: 60 }] }, known)).toEqual(['-dart U1 2000.000000']);
  });

  it('counts what it reads as later than what was known, and no more than that', () => {
    const fresh = { ...nothing, reactions: [held('dart', 'U1', { eventTs: '2030.000000' })] };
    expect(short({ ts: '1.0' }, fresh)).toEqual(['-dart U1 2030.000001']);
    const gone = { ...nothing, reactions: [held('pushpin', 'U1', { present: false, eventTs: '2030.5' })] };
    expect(short({ ts: '1.0', reactions: [{ ...pinned, users: ['U1'], count: 1 }] }, gone)).toEqual([
      '+pushpin U1 2030.500001',
    ]);
  });

  it('finds an edit by its own time, once, and only of an entry', () => {
    const edited = { ts: '1.0', text: 'Now', user: 'U1', edited: { ts: '5.0', user: 'U2' } };
    expect(short(edited, nothing)).toEqual([]);
    expect(short(edited, { ...nothing, entries: [entry('1.0')] })).toEqual(['Now U2 5.0']);
    expect(short(edited, { ...nothing, entries: [entry('1.0', { messageChange: '5.0' })] })).toEqual([]);
    expect(short({ ...edited, user: 'UBOT' }, { ...nothing, entries: [entry('1.0')] })).toEqual([]);
  });

  it('takes a tombstone for a deletion', () => {
    const grave = { ts: '1.0', subtype: 'tombstone', user: 'USLACKBOT' };
    expect(short(grave, { ...nothing, entries: [entry('1.0')] })).toEqual(['null debrief 2000.000000']);
    expect(short(grave, { ...nothing, entries: [entry('1.0', { gone: true })] })).toEqual([]);
  });
});

/** A channel whose messages come in pages; `threads` by their first message. */
function fakeSlack(
  pages: HistoryMessage[][],
  threads: Record<string, HistoryMessage[][]> = {},
  pinned: Pinned[] = [],
  refuses?: string,
) {
  const asked: string[] = [];
  const page = (all: HistoryMessage[][], cursor = '0') => ({
    messages: all[Number(cursor)] ?? [],
    response_metadata: { next_cursor: Number(cursor) + 1 < all.length ? String(Number(cursor) + 1) : '' },
  });
  const exactly = (ts: string, of: HistoryMessage[][]) => ({
    messages: of.flat().filter((one) => one.ts === ts),
  });
  const conversations = {
    history: async (args: { cursor?: string; latest?: string; limit: number; oldest: string }) => {
      asked.push(`history ${args.latest ?? args.oldest} ${args.cursor ?? '-'} ${args.limit}`);
      return args.latest ? exactly(args.latest, pages) : page(pages, args.cursor);
    },
    replies: async (args: { ts: string; cursor?: string; latest?: string; limit: number }) => {
      asked.push(`replies ${args.ts} ${args.cursor ?? '-'} ${args.limit}`);
      if (refuses && (args.cursor || args.latest))
        throw new WebAPIPlatformError({ ok: false, error: refuses });
      return args.latest
        ? exactly(args.latest, Object.values(threads).flat())
        : page(threads[args.ts] ?? [], args.cursor);
    },
  };
  const pins = {
    list: async () => {
      asked.push('pins');
      return { items: pinned };
    },
  };
  return { client: { conversations, pins } as unknown as WebClient, self: 'UBOT', asked };
}

const start: Pass = {
  incidentId: 'i',
  teamId: 'T1',
  channelId: 'C1',
  sinceTs: '0',
  passTs: null,
  phase: 'history',
  cursor: null,
  todo: [],
  claimedUntil: 0,
  dueAt: 0,
};

/** Reads on until the pass is done, each time from what would have been kept in the database. */
async function whole(
  slack: ReturnType<typeof fakeSlack>,
  known: KnownMessages,
  limit = 200,
  { from = start, now = 200_000_000 } = {},
) {
  const seen = new Set<string>();
  const missed: unknown[] = [];
  let pass = from;
  for (let n = 0; n < 50; n++) {
    const unseen = () => known.entries.map(({ ts }) => ts).filter((ts) => !seen.has(ts));
    const read = await readOn(slack, pass, { now, limit, known, unseen });
    missed.push(...read.missed);
    for (const ts of read.seen) seen.add(ts);
    pass = JSON.parse(JSON.stringify(read.pass));
    if (read.done) return { pass, missed };
  }
  throw new Error('the pass does not end');
}

describe('readOn', () => {
  const pin = [{ name: 'pushpin', users: ['U1'], count: 1 }];

  it('reads pages, then threads, and ends with a checkpoint a day before its beginning', async () => {
    const slack = fakeSlack(
      [[{ ts: '3.0' }, { ts: '2.0', reply_count: 2, thread_ts: '2.0' }], [{ ts: '1.0' }]],
      {
        '2.0': [
          [
            { ts: '2.0', reactions: pin },
            { ts: '4.0', reactions: pin },
          ],
          [{ ts: '5.0', reactions: pin }],
        ],
      },
    );
    const { pass, missed } = await whole(slack, nothing);
    expect(slack.asked).toEqual([
      'history 0 - 200',
      'history 0 1 200',
      'replies 2.0 - 200',
      'replies 2.0 1 200',
      'pins',
    ]);
    expect(missed).toMatchObject([{ state: { messageTs: '4.0' } }, { state: { messageTs: '5.0' } }]);
    expect(pass).toEqual({ ...start, sinceTs: (200_000 - 60 - 86_400).toFixed(6) });
  });

  it('looks for the entries whose message it did not come across', async () => {
    const slack = fakeSlack([[{ ts: '3.0' }]], { '2.0': [[{ ts: '2.5' }]] });
    const known = { ...nothing, entries: [entry('1.0'), entry('2.5'), entry('3.0')] };
    const { missed } = await whole(slack, known, 15);
    expect(missed).toEqual([
      {
        kind: 'change',
        userId: 'debrief',
        change: { channelId: 'C1', ts: '1.0', text: null, changedTs: '199940.000000' },
      },
    ]);
    expect(slack.asked).toContain('replies 2.5 - 10');
    expect(slack.asked).not.toContain('history 3.0 - 1');
  });

  it('looks a day back, and every six hours at everything', async () => {
    const slack = fakeSlack([[]]);
    const HOUR = 3600;
    let pass = start;
    let now = 200_000_000 + 60_000;
    const since: number[] = [];
    for (let n = 0; n < 9; n++) {
      ({ pass } = await whole(slack, nothing, 200, { from: pass, now }));
      since.push(Number(pass.sinceTs) === 0 ? 0 : (Number(pass.sinceTs) + 24 * HOUR - 200_000) / HOUR);
      now += HOUR * 1000;
    }
    // 200,000 s: 7 h 33 min of the day; six-hour marks are passed at 4 h 26 min from there.
    expect(since).toEqual([0, 1, 2, 3, 4, 0, 6, 7, 8]);
  });

  it.each([
    ['thread_not_found', 1],
    ['message_not_found', 1],
    ['missing_scope', 0],
  ])('takes only what Slack says of the message for its deletion: %s', async (code, deletions) => {
    const slack = fakeSlack([[{ ts: '3.0' }]], {}, [], code);
    expect((await whole(slack, { ...nothing, entries: [entry('1.0')] })).missed).toHaveLength(deletions);
  });

  it('does not skip the rest of a thread whose cursor Slack takes no more', async () => {
    const pages = [[{ ts: '2.0', reply_count: 2 }]];
    const slack = fakeSlack(pages, { '2.0': [[{ ts: '4.0' }], [{ ts: '5.0' }]] }, [], 'invalid_cursor');
    await expect(whole(slack, nothing)).rejects.toMatchObject({ data: { error: 'invalid_cursor' } });
  });

  it('finds who pinned a message, however old, but for us and for files', async () => {
    const pinned = [
      { created_by: 'U1', message: { ts: '1.0', user: 'U2' } },
      { created_by: 'U1', message: { ts: '2.0', user: 'UBOT' } },
      { created_by: 'UBOT', message: { ts: '3.0', user: 'UBOT' } },
      { created_by: 'U1', message: { ts: '4.0' } },
      { created_by: 'U1' },
    ];
    const known = { ...nothing, pins: [{ ts: '4.0', present: true, eventTs: '5.0', line: true }] };
    const { missed } = await whole(fakeSlack([[]], {}, pinned), known);
    const state = { channelId: 'C1', emoji: 'slack pin', userId: 'everybody', present: true };
    expect(missed).toEqual([
      {
        kind: 'reaction',
        userId: 'U1',
        state: { ...state, messageTs: '1.0', eventTs: '199940.000000', own: false },
      },
      {
        kind: 'reaction',
        userId: 'U1',
        state: { ...state, messageTs: '2.0', eventTs: '199940.000000', own: true },
      },
    ]);
  });

  it('looks for no message that is pinned no more and has no line: it counts as unpinned', async () => {
    const slack = fakeSlack([[]]);
    const pins = [{ ts: '1.0', present: true, eventTs: '5.0', line: false }];
    const { missed } = await whole(slack, { ...nothing, pins });
    expect(missed).toMatchObject([{ kind: 'reaction', state: { messageTs: '1.0', present: false } }]);
    expect(slack.asked).toEqual(['history 0 - 200', 'pins']);
  });

  it('tells a message that was unpinned from one that was deleted', async () => {
    const pins = ['1.0', '2.5', '3.0'].map((ts) => ({ ts, present: true, eventTs: '5.0', line: true }));
    const slack = fakeSlack([[{ ts: '3.0' }]], { '2.0': [[{ ts: '2.5' }]] });
    const { missed } = await whole(slack, { ...nothing, pins });
    expect(missed).toMatchObject([
      { kind: 'change', userId: 'debrief', change: { ts: '1.0', text: null } },
      { kind: 'reaction', userId: 'debrief', state: { messageTs: '2.5', present: false } },
      { kind: 'reaction', userId: 'debrief', state: { messageTs: '3.0', present: false } },
    ]);
    expect(slack.asked.filter((one) => one === 'pins')).toHaveLength(1);
  });
});
