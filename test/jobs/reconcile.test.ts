import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import { createReconciler } from '../../src/jobs/reconcile.ts';
import type { HistoryMessage } from '../../src/slack/history/types.ts';
import type { KnownMessages, Pass } from '../../src/usecases/edges.ts';
import type { Runner } from '../../src/usecases/scope.ts';
import { keptLog } from '../slack/fakes.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const actor = async (_: unknown, teamId: string, userId: string) => ({
  teamId,
  userId,
  zone: null,
  outsider: userId === 'UGUEST',
});
const nobody = { actor };

/** One channel of `pages` pages; after `free` requests Slack takes one a minute. Each of `stale` is refused once. */
function setUp(
  pages: number,
  free: number,
  stale: string[] = [],
  {
    messages = () => [],
    entries = [],
    settings,
  }: {
    messages?: () => HistoryMessage[];
    entries?: KnownMessages['entries'];
    settings?: () => Promise<object>;
  } = {},
) {
  let pass: Pass = {
    incidentId: 'i',
    teamId: 'T1',
    channelId: 'C1',
    sinceTs: '0',
    passTs: null,
    phase: 'history',
    cursor: null,
    todo: [],
    dueAt: 0,
    claimedUntil: 0,
  };
  let nextAt = 0;
  const asked: { at: number; limit: number; cursor: string | undefined }[] = [];
  const clock = { now: () => Date.now() };
  const lookedFor: string[] = [];
  const history = async ({ limit, cursor, latest }: { limit: number; cursor?: string; latest?: string }) => {
    if (latest) {
      lookedFor.push(latest);
      return { messages: [] };
    }
    const last = asked.at(-1)?.at ?? 0;
    asked.push({ at: Date.now(), limit, cursor });
    if (asked.length > free && Date.now() - last < MINUTE) throw new WebAPIRateLimitedError(30);
    if (cursor && stale.splice(stale.indexOf(cursor) >>> 0, 1).length > 0)
      throw new WebAPIPlatformError({ ok: false, error: 'invalid_cursor' });
    const next = Number(cursor ?? 0) + 1;
    return { messages: messages(), response_metadata: { next_cursor: next < pages ? String(next) : '' } };
  };
  const replies = async () => ({ messages: [] });
  const members: number[] = [];
  const store = {
    claim: async (now: number) => (nextAt <= now ? structuredClone(pass) : null),
    save: async (saved: Pass, at: number) => {
      pass = structuredClone(saved);
      nextAt = at;
    },
    dueNow: async (now: number) => {
      nextAt = now;
    },
    missed: async () => undefined,
    membersDue: async (now: number) => void members.push(now),
    known: async () => ({ entries, reactions: [], pins: [] }),
  };
  const transaction = (work: (tx: object) => unknown) => work({ settings });
  const log = keptLog();
  const create = () =>
    createReconciler({
      store,
      slack: async () => ({
        client: { conversations: { history, replies }, pins: { list: async () => ({ items: [] }) } } as never,
        self: 'UBOT',
      }),
      people: nobody,
      runner: { clock, store: { transaction } } as unknown as Runner,
      logger: log.logger,
    });
  return { create, store, asked, members, lookedFor, log, state: () => ({ pass, nextAt }) };
}

it('reads on at once, then again after ten minutes', async () => {
  const { create, asked } = setUp(3, 100);
  const reconciler = create();
  reconciler.start();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '1', '2']);
  await vi.advanceTimersByTimeAsync(9 * MINUTE);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(asked).toHaveLength(6);
  await reconciler.stop();
});

it('asks once a day who is in the channels of private incidents', async () => {
  const { create, members } = setUp(1, 1000);
  const reconciler = create();
  reconciler.start();
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE - 5000);
  expect(members).toEqual([]);
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE + 10_000);
  expect(members).toHaveLength(2);
  await reconciler.stop();
});

it('begins anew where Slack takes its cursor no more', async () => {
  const { create, asked, state } = setUp(3, 100, ['2']);
  const reconciler = create();
  reconciler.start();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '1', '2']);
  expect(state().pass).toMatchObject({ cursor: null, passTs: null, phase: 'history', sinceTs: '0' });
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  await reconciler.stop();
  expect(asked.slice(3, 6).map(({ cursor }) => cursor)).toEqual([undefined, '1', '2']);
});

it('asks once a minute for fifteen messages where Slack limits it, and goes on where it stood', async () => {
  const { create, asked } = setUp(4, 1);
  const reconciler = create();
  reconciler.start();
  await vi.advanceTimersByTimeAsync(4 * MINUTE);
  await reconciler.stop();
  expect(asked.map(({ cursor, limit }) => [cursor, limit])).toEqual([
    [undefined, 200],
    ['1', 200],
    ['1', 15],
    ['2', 15],
    ['3', 15],
  ]);
  const gaps = asked.slice(2).map(({ at }, index) => at - (asked[index + 1]?.at ?? 0));
  expect(gaps.every((gap) => gap >= MINUTE)).toBe(true);
});

it('another process goes on where the one before stood', async () => {
  const { create, asked, state } = setUp(4, 1);
  const first = create();
  first.start();
  await vi.advanceTimersByTimeAsync(MINUTE + 5000);
  await first.stop();
  expect(state().pass).toMatchObject({ phase: 'history', cursor: '2' });
  await vi.advanceTimersByTimeAsync(MINUTE);
  const second = create();
  second.start();
  await vi.advanceTimersByTimeAsync(5000);
  await second.stop();
  expect(asked.at(3)?.cursor).toBe('2');
});

it('records no reaction of everyday life, and asks for the settings once a page', async () => {
  const settings = vi.fn(async () => ({ settings: DEFAULT_SETTINGS }));
  const reactions = ['+1', 'eyes'].map((name) => ({ name, users: ['U1', 'U2'], count: 2 }));
  const { create, log } = setUp(2, 100, [], { messages: () => [{ ts: '1.0', reactions }], settings });
  const reconciler = create();
  reconciler.start();
  await vi.advanceTimersByTimeAsync(5000);
  await reconciler.stop();
  expect(settings).toHaveBeenCalledTimes(2);
  // To record anything would have failed: the store knows settings and nothing else.
  expect(log.lines).toEqual([]);
});

it('a pass that begins anew looks for everything again, whatever the one before came across', async () => {
  let deleted = false;
  const { create, lookedFor } = setUp(2, 100, ['1'], {
    messages: () => (deleted ? [] : [{ ts: '1.0' }]),
    entries: [{ ts: '1.0', messageChange: '', gone: false }],
  });
  const reconciler = create();
  reconciler.start();
  await vi.advanceTimersByTimeAsync(5000);
  deleted = true;
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  await reconciler.stop();
  expect(lookedFor).toEqual(['1.0']);
});

it('a workspace that Slack limits, or with a long channel, keeps no other one waiting', async () => {
  const asked: string[] = [];
  const state = ['T1', 'T2'].map((teamId) => ({
    pass: {
      incidentId: teamId,
      teamId,
      channelId: teamId,
      sinceTs: '0',
      passTs: null,
      phase: 'history' as const,
      cursor: null,
      todo: [],
      dueAt: 0,
      claimedUntil: 0,
    } as Pass,
    nextAt: 0,
  }));
  const of = (teamId: string) => state.find(({ pass }) => pass.teamId === teamId) as (typeof state)[0];
  const store = {
    claim: async (now: number) => {
      const [first] = [...state].sort((a, b) => a.nextAt - b.nextAt);
      return first && first.nextAt <= now ? structuredClone(first.pass) : null;
    },
    save: async (pass: Pass, nextAt: number) => void Object.assign(of(pass.teamId), { pass, nextAt }),
    dueNow: async () => undefined,
    missed: async () => undefined,
    membersDue: async () => undefined,
    known: async () => ({ entries: [], reactions: [], pins: [] }),
  };
  const history = async ({ channel, limit }: { channel: string; limit: number }) => {
    asked.push(`${channel} ${limit}`);
    await new Promise((go) => setTimeout(go, 100));
    if (channel === 'T1') throw new WebAPIRateLimitedError(30);
    return { messages: [], response_metadata: { next_cursor: 'more' } };
  };
  const client = { conversations: { history }, pins: { list: async () => ({ items: [] }) } };
  const reconciler = createReconciler({
    store,
    slack: async () => ({ client: client as never, self: 'UBOT' }),
    people: nobody,
    runner: { clock: { now: () => Date.now() } } as unknown as Runner,
    logger: keptLog().logger,
  });
  reconciler.start();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.filter((one) => one === 'T1 200')).toHaveLength(1);
  expect(asked.filter((one) => one === 'T2 200').length).toBeGreaterThan(10);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(asked.filter((one) => one.startsWith('T1'))).toEqual(['T1 200', 'T1 15']);
  const stopped = reconciler.stop();
  await vi.advanceTimersByTimeAsync(1000);
  await stopped;
});

it('asks who they are whose reactions were missed: outsiders to whom the settings leave nothing make no line', async () => {
  const reacted = (ts: string, userId: string) => ({
    ts,
    user: 'U1',
    reactions: [{ name: 'pushpin', users: [userId], count: 1 }],
  });
  const messages = [reacted('1.0', 'UGUEST'), reacted('2.0', 'U1')];
  const lines: string[] = [];
  const client = {
    conversations: { history: async () => ({ messages }) },
    pins: { list: async () => ({ items: [] }) },
  };
  const tx = {
    settings: async () => ({ settings: { ...DEFAULT_SETTINGS, outsiders: 'nothing' } }),
    isOutsider: async () => null,
    lockIncident: async () => ({ id: 'i', teamId: 'T1', status: 'identified', mergedIntoId: null }),
    setReaction: async (_: string, { messageTs }: { messageTs: string }) => {
      lines.push(messageTs);
      return false;
    },
  };
  const { state, store } = setUp(1, 1000);
  const clock = { now: () => Date.now() };
  const runner = { clock, store: { transaction: (work: (given: unknown) => unknown) => work(tx) } };
  const reconciler = createReconciler({
    store,
    slack: async () => ({ client: client as never, self: 'UBOT' }),
    people: nobody,
    runner: runner as unknown as Runner,
    logger: keptLog().logger,
  });
  reconciler.start();
  await vi.advanceTimersByTimeAsync(5000);
  await reconciler.stop();
  expect(state().pass.passTs).toBeNull();
  expect(lines).toEqual(['2.0']);
});
