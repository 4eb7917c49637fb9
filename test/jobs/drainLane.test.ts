import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api';
import { describe, expect, it, vi } from 'vitest';
import { drainLane } from '../../src/jobs/drainLane.ts';
import { createStandstill } from '../../src/jobs/standstill.ts';
import type { Connection } from '../../src/slack/connections.ts';
import type { StepDeps } from '../../src/slack/steps/types.ts';
import type { Outbox, OutboxRow, Standstills } from '../../src/usecases/edges.ts';
import { makeIncident, makeRecord } from '../postmortem/makers.ts';
import { keptLog } from '../slack/fakes.ts';

const LANE = '5f0c2a3e-7f0b-4f4e-9a53-0d1a51a3c0de';
const START = Date.parse('2026-03-10T12:00:00Z');
const HOUR = 3_600_000;

interface Row extends OutboxRow {
  doneAt: number | null;
  claimedUntil: number;
  runAfter: number;
  result: object | null;
  error: string | null;
}

/** Standstills in memory, of one workspace. */
function fakeStandstills(): Standstills & { until: number | null } {
  return {
    until: null,
    async begin(_team, _code, now, until) {
      if (this.until !== null && this.until > now) return false;
      this.until = until;
      return true;
    },
    async end() {
      this.until = null;
      return true;
    },
    resting: async () => [],
  };
}

/**
 * The outbox in memory, by the rules of the real one: a lane's first open row, when nobody has it, it is due, and its
 * workspace does not stand still.
 */
function fakeOutbox(kinds: string[], standstills: { until: number | null }) {
  const rows = kinds.map(
    (kind, index): Row => ({
      id: BigInt(index + 1),
      lane: LANE,
      teamId: 'T1',
      rested: false,
      kind,
      payload: { userId: `U${index + 1}` },
      attempts: 0,
      faults: 0,
      unsureSince: null,
      looked: null,
      triedSince: null,
      doneAt: null,
      claimedUntil: 0,
      runAfter: 0,
      result: null,
      error: null,
    }),
  );
  const end = (row: Row, now: number) => Object.assign(row, { doneAt: now, claimedUntil: 0 });
  const rowOf = (id: bigint): Row => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw new Error(`no row ${id}`);
    return row;
  };
  type Held = Pick<Row, 'id' | 'attempts' | 'faults' | 'unsureSince' | 'looked' | 'triedSince'>;
  const held = ({ id, attempts }: Held, change: (row: Row) => unknown): boolean => {
    const row = rowOf(id);
    if (row.attempts !== attempts) return false;
    change(row);
    return true;
  };
  const outbox: Omit<Outbox, 'lanesWaiting'> = {
    async claim(lane, now, leaseMs) {
      const row = rows.find((one) => one.lane === lane && one.doneAt === null);
      if (!row || row.claimedUntil > now || row.runAfter > now || (standstills.until ?? 0) > now) return null;
      const rested = standstills.until !== null;
      const before = row.unsureSince;
      const unsureSince = before ?? new Date(now);
      const paused = Math.max(row.runAfter, row.claimedUntil) <= now - HOUR;
      const triedSince = (!paused && row.triedSince) || new Date(now);
      const claimed = { claimedUntil: now + leaseMs, attempts: row.attempts + 1, rested };
      Object.assign(row, { ...claimed, unsureSince, triedSince });
      return { ...row, unsureSince: before };
    },
    done: async (claim, now, result) =>
      held(claim, (row) => Object.assign(end(row, now), { result, error: null })),
    giveUp: async (claim, now, error) => held(claim, (row) => Object.assign(end(row, now), { error })),
    retryAt: async (claim, runAfter, error, unsure) =>
      held(claim, (row) => {
        const { faults, looked, triedSince } = claim;
        Object.assign(row, { runAfter, faults, looked, triedSince, claimedUntil: 0 });
        if (error !== null) row.error = error;
        if (!unsure) row.unsureSince = claim.unsureSince;
      }),
    extend: async (claim, until) =>
      held(claim, (row) => {
        row.claimedUntil = until;
      }),
    async doneLike(lane, kind, upTo, now) {
      for (const row of rows)
        if (row.lane === lane && row.kind === kind && row.id <= upTo && row.doneAt === null) end(row, now);
    },
    async newest(lane, kind) {
      return (
        rows.findLast((row) => row.lane === lane && row.kind === kind && row.doneAt === null)?.id ?? null
      );
    },
  };
  return { outbox, rows };
}

function setUp(kinds: string[]) {
  const standstills = fakeStandstills();
  const { outbox, rows } = fakeOutbox(kinds, standstills);
  const calls: string[] = [];
  const slack = vi.fn(async (_method: string): Promise<object> => ({ ok: true }));
  const call = (method: string) => (args: object) => {
    calls.push(`${method} ${Object.values(args).at(-1)}`);
    return slack(method);
  };
  const incident = makeIncident({ id: LANE, headlineTs: '1.1' });
  const read = vi.fn(async () => {});
  const tx = {
    async record() {
      await read();
      return makeRecord({ incident });
    },
    draft: async () => null,
    async incident() {
      await read();
      return incident;
    },
  };
  const clock = { at: START, now: () => clock.at };
  const client = {
    conversations: { setTopic: call('setTopic'), invite: call('invite') },
    pins: { add: call('pin') },
    bookmarks: { list: async () => ({ bookmarks: [] }), add: call('bookmark') },
    chat: { getPermalink: async () => ({ permalink: 'https://x.test/1' }) },
  };
  const asked: string[] = [];
  const connections = {
    async of(teamId: string) {
      asked.push(teamId);
      return { client, self: { botId: 'B1', userId: 'UBOT' } } as unknown as Connection;
    },
  };
  const steps = {
    store: { transaction: (work: (one: typeof tx) => Promise<unknown>) => work(tx) },
    clock,
  } as unknown as StepDeps;
  const woken: [string, number][] = [];
  const log = keptLog();
  const parts = {
    outbox,
    steps,
    connections,
    clock,
    logger: log.logger,
    standstill: createStandstill(standstills, clock, log.logger),
    pace: (_channel: string) => {},
    wakeLater: (lane: string, delayMs: number) => void woken.push([lane, delayMs]),
  };
  return { rows, calls, slack, read, asked, clock, woken, log, parts, drain: () => drainLane(parts, LANE) };
}

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });

describe('a lane', () => {
  it('is worked off in order, each row once, until it is empty', async () => {
    const { rows, calls, drain } = setUp(['topic', 'pin', 'invite', 'invite']);
    await drain();
    await drain();
    expect(calls.map((one) => one.split(' ')[0])).toEqual(['setTopic', 'pin', 'invite', 'invite']);
    expect(calls.slice(2)).toEqual(['invite U3', 'invite U4']);
    expect(rows.map((row) => [row.doneAt, row.attempts])).toEqual(Array(4).fill([START, 1]));
    expect(rows[2]?.result).toEqual({ code: null });
  });

  it('is told to its own workspace', async () => {
    const { rows, asked, drain } = setUp(['topic', 'pin']);
    Object.assign(rows[1] as Row, { teamId: 'T2' });
    await drain();
    expect(asked).toEqual(['T1', 'T2']);
  });

  it('keeps its claim as long as its step takes', async () => {
    vi.useFakeTimers();
    const { rows, slack, clock, drain } = setUp(['pin']);
    slack.mockImplementation(() => new Promise((go) => setTimeout(() => go({ ok: true }), 60_000)));
    const drained = drain();
    for (let second = 0; second < 59; second++) {
      clock.at += 1000;
      await vi.advanceTimersByTimeAsync(1000);
      expect(rows[0]?.claimedUntil).toBeGreaterThan(clock.at + 15_000);
    }
    await vi.advanceTimersByTimeAsync(1000);
    await drained;
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('that hangs is another worker’s after ten minutes', async () => {
    vi.useFakeTimers();
    const all = setUp(['pin']);
    all.slack.mockImplementationOnce(
      () => new Promise((go) => setTimeout(() => go({ ok: true }), 20 * 60_000)),
    );
    const drained = all.drain();
    for (let second = 0; second < 11 * 60; second += 10) {
      all.clock.at += 10_000;
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(all.rows[0]).toMatchObject({ attempts: 1, doneAt: null });
    await all.drain();
    expect(all.rows[0]).toMatchObject({ attempts: 2, doneAt: all.clock.at });
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    await drained;
    expect(all.rows[0]).toMatchObject({ attempts: 2, doneAt: all.clock.at });
    expect(all.log.text()).toContain('another worker’s');
    vi.useRealTimers();
  });

  it('that another worker has is left to it, until its lease ends', async () => {
    const { rows, calls, clock, drain } = setUp(['pin']);
    Object.assign(rows[0] as Row, { claimedUntil: START + 120_000, attempts: 1 });
    await drain();
    expect(calls).toEqual([]);
    clock.at += 120_000;
    await drain();
    expect(calls).toHaveLength(1);
    expect(rows[0]).toMatchObject({ doneAt: clock.at, attempts: 2 });
  });

  it('is claimed for longer than a step’s calls can take', async () => {
    const { rows, slack, drain } = setUp(['pin']);
    const leases: number[] = [];
    slack.mockImplementation(async () => {
      leases.push((rows[0]?.claimedUntil ?? 0) - START);
      return {};
    });
    await drain();
    expect(leases).toEqual([30_000]);
  });
});

it('keeps and logs nothing that an error of our own quotes', async () => {
  const { rows, read, log, drain } = setUp(['topic']);
  read.mockRejectedValueOnce(new SyntaxError('Unexpected token, "Salaries were sent out" is not valid JSON'));
  await drain();
  expect(rows[0]?.error).toMatch(/^SyntaxError: not shown/);
  expect(log.text()).not.toContain('Salaries');
});

describe('a worker that slept longer than its claim', () => {
  /** Forty seconds pass; meanwhile another worker takes the row and ends it. */
  const overtaken =
    ({ parts, clock }: ReturnType<typeof setUp>) =>
    async () => {
      clock.at += 40_000;
      const row = await parts.outbox.claim(LANE, clock.at, 30_000);
      if (row) await parts.outbox.done(row, clock.at, { by: 'another' });
    };

  it.each(['topic', 'pin', 'invite', 'bookmarks'])(
    'tells Slack nothing any more (%s), and leaves the other’s outcome',
    async (kind) => {
      const all = setUp([kind, 'pin']);
      all.read.mockImplementationOnce(overtaken(all));
      await all.drain();
      expect(all.calls).toEqual([]);
      expect(all.rows[0]).toMatchObject({ result: { by: 'another' }, attempts: 2, error: null });
      expect(all.log.text()).toContain('another worker’s');
    },
  );

  it.each([
    ['a success', async () => ({ ok: true })],
    ['a refusal', async () => Promise.reject(refused('not_pinnable'))],
    ['a failure', async () => Promise.reject(refused('internal_error'))],
  ])('in the middle of its call does not write %s over the other’s outcome', async (_, answer) => {
    const all = setUp(['topic', 'topic']);
    all.slack.mockImplementationOnce(async () => {
      await overtaken(all)();
      return answer();
    });
    await all.drain();
    expect(all.rows[0]).toMatchObject({ result: { by: 'another' }, error: null, runAfter: 0 });
    // What came later is not served by a rendering that was not its own.
    expect(all.rows[1]).toMatchObject({ attempts: 0, doneAt: null });
    expect(all.woken.filter(([, delay]) => delay > 1000)).toEqual([]);
  });

  it('goes on where nobody has taken it, with a new claim', async () => {
    const { rows, read, slack, clock, drain } = setUp(['topic']);
    const leases: number[] = [];
    read.mockImplementationOnce(async () => {
      clock.at += 40_000;
    });
    slack.mockImplementation(async () => {
      leases.push((rows[0]?.claimedUntil ?? 0) - clock.at);
      return {};
    });
    await drain();
    expect(leases).toEqual([30_000]);
    expect(rows[0]).toMatchObject({ doneAt: clock.at, attempts: 1 });
  });
});

describe('whether an earlier try may have had its effect', () => {
  const unsureAfter = async (error: Error) => {
    const { rows, slack, drain } = setUp(['topic']);
    slack.mockRejectedValueOnce(error);
    await drain();
    return rows[0]?.unsureSince ?? null;
  };

  it.each<[string, Error]>([
    ['a number of seconds', new WebAPIRateLimitedError(1)],
    ['its code alone', refused('ratelimited')],
    ['a revoked token', refused('token_revoked')],
  ])('is known where Slack refused with %s: it had none', async (_, error) => {
    expect(await unsureAfter(error)).toBeNull();
  });

  it.each<[string, Error]>([
    ['no answer', new WebAPIRequestError(new Error('socket hang up'))],
    ['an answer of 503', new WebAPIHTTPError(503, 'busy', {})],
    ['an error inside Slack', refused('fatal_error')],
    ['a fault of our own', new Error('the answer could not be read')],
  ])('is not known after %s', async (_, error) => {
    expect(await unsureAfter(error)).toEqual(new Date(START));
  });

  it('stays unknown since the first time, whatever the later tries met', async () => {
    const { rows, slack, clock, drain } = setUp(['topic']);
    slack.mockRejectedValueOnce(refused('fatal_error')).mockRejectedValueOnce(new WebAPIRateLimitedError(1));
    await drain();
    clock.at += 60_000;
    await drain();
    expect(rows[0]).toMatchObject({ attempts: 2, doneAt: null, unsureSince: new Date(START) });
  });

  it('is looked for from where the try before had to stop', async () => {
    const { rows, slack, clock, drain } = setUp(['topic']);
    const looked = { for: '1-post', cursor: 'c', alike: null };
    Object.assign(rows[0] as object, { looked });
    slack.mockRejectedValueOnce(new WebAPIRateLimitedError(1));
    await drain();
    expect(rows[0]).toMatchObject({ doneAt: null, looked });
    clock.at += 60_000;
    await drain();
    expect(rows[0]).toMatchObject({ attempts: 2, doneAt: clock.at });
  });

  it('is known where it never came to a call', async () => {
    const { rows, read, drain } = setUp(['topic']);
    read.mockRejectedValueOnce(new Error('the database is out of reach'));
    await drain();
    expect(rows[0]).toMatchObject({ attempts: 1, doneAt: null, unsureSince: null });
  });
});

describe('rows that render the whole state', () => {
  it('are done by one rendering, those that were there before it', async () => {
    const { rows, calls, drain } = setUp(['topic', 'pin', 'topic', 'invite', 'topic']);
    await drain();
    expect(calls.map((one) => one.split(' ')[0])).toEqual(['setTopic', 'pin', 'invite']);
    expect(rows.every((row) => row.doneAt === START)).toBe(true);
  });

  it('leave one that came while the state was rendered to be rendered again', async () => {
    const { rows, calls, slack, drain } = setUp(['topic']);
    slack.mockImplementationOnce(async () => {
      rows.push({ ...(rows[0] as Row), id: 2n, doneAt: null, claimedUntil: 0, attempts: 0 });
      return {};
    });
    await drain();
    expect(calls).toHaveLength(2);
    expect(rows.every((row) => row.doneAt === START)).toBe(true);
  });

  it('stay open together when the rendering fails', async () => {
    const { rows, slack, drain } = setUp(['topic', 'topic']);
    slack.mockRejectedValueOnce(refused('internal_error'));
    await drain();
    expect(rows.map((row) => row.doneAt)).toEqual([null, null]);
  });
});

describe('a step that fails', () => {
  it('for good is given up, and the lane goes on', async () => {
    const { rows, slack, woken, log, drain } = setUp(['pin', 'invite']);
    slack.mockRejectedValueOnce(refused('not_pinnable'));
    await drain();
    expect(rows).toMatchObject([
      { doneAt: START, error: 'not_pinnable', result: null },
      { doneAt: START, error: null },
    ]);
    expect(woken).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 40, code: 'not_pinnable', kind: 'pin', outboxId: '1' }]);
  });

  it('because Slack is busy waits as long as Slack says, and so do those behind it', async () => {
    const { rows, calls, slack, clock, woken, drain } = setUp(['pin', 'invite']);
    slack.mockRejectedValueOnce(new WebAPIRateLimitedError(30));
    await drain();
    expect(calls).toHaveLength(1);
    expect(rows).toMatchObject([
      { doneAt: null, runAfter: START + 30_000, claimedUntil: 0, error: 'ratelimited' },
      { attempts: 0 },
    ]);
    const [[lane, delay] = ['', 0]] = woken;
    expect(lane).toBe(LANE);
    expect(START + delay).toBeGreaterThan(START + 30_000);
    clock.at = START + 29_999;
    await drain();
    expect(calls).toHaveLength(1);
    clock.at = START + delay;
    await drain();
    expect(rows.map((row) => row.doneAt)).toEqual([clock.at, clock.at]);
  });

  const temporary: [string, () => Error][] = [
    ['an error inside Slack', () => refused('internal_error')],
    ['an answer of 503', () => new WebAPIHTTPError(503, 'busy', {})],
    ['no answer', () => new WebAPIRequestError(new Error('socket hang up'))],
    ['a fault of our own', () => new Error('the database is out of reach')],
  ];

  it.each(temporary)('with %s waits longer each time, five minutes at most', async (_, make) => {
    const { rows, slack, clock, drain } = setUp(['pin']);
    const waits: number[] = [];
    slack.mockImplementation(async () => {
      throw make();
    });
    for (let n = 1; n < 20; n++) {
      await drain();
      const row = rows[0] as Row;
      expect(row).toMatchObject({ doneAt: null, attempts: n });
      waits.push(row.runAfter - clock.at);
      clock.at = row.runAfter;
    }
    waits.forEach((wait, index) => {
      const whole = Math.min(300_000, 500 * 2 ** (index + 1));
      expect(wait).toBeGreaterThanOrEqual(whole / 2);
      expect(wait).toBeLessThanOrEqual(whole);
    });
  });

  /** Tries as soon as it may be, until `hours` are over or the first row is done with; the pin meets `error`. */
  const keepTrying = async (
    { rows, slack, clock, drain }: ReturnType<typeof setUp>,
    error: Error,
    hours: number,
  ) => {
    slack.mockImplementation(async (method) => {
      if (method === 'pin') throw error;
      return { ok: true };
    });
    const end = clock.at + hours * HOUR;
    await drain();
    for (
      let at = rows[0]?.runAfter ?? end;
      rows[0]?.doneAt === null && at < end;
      at = rows[0]?.runAfter ?? end
    ) {
      clock.at = Math.max(at, clock.at + 1);
      await drain();
    }
  };

  it.each(temporary.slice(0, 3))('with %s for a whole day is given up, and no sooner', async (_, make) => {
    const all = setUp(['pin', 'invite']);
    await keepTrying(all, make(), 23.9);
    expect(all.rows).toMatchObject([{ doneAt: null }, { attempts: 0 }]);
    await keepTrying(all, make(), 0.5);
    const given = all.rows[0]?.doneAt ?? 0;
    expect(given).toBeGreaterThanOrEqual(START + 24 * HOUR);
    expect(all.rows).toMatchObject([
      { result: null, error: expect.any(String) },
      { doneAt: given, error: null },
    ]);
  });

  it('after days in which no worker ran has its whole day', async () => {
    const all = setUp(['pin']);
    all.clock.at += 72 * HOUR;
    await keepTrying(all, new WebAPIRateLimitedError(30), 0.2);
    all.clock.at += 72 * HOUR;
    await keepTrying(all, new WebAPIRateLimitedError(30), 23.9);
    expect(all.rows[0]?.doneAt).toBeNull();
    await keepTrying(all, new WebAPIRateLimitedError(30), 0.5);
    expect(all.rows[0]).toMatchObject({ doneAt: expect.any(Number), error: 'ratelimited' });
  });

  it('after a rest has its whole day: what was turned away with the token does not count', async () => {
    const all = setUp(['pin']);
    await keepTrying(all, new WebAPIHTTPError(503, 'busy', {}), 23);
    // Every few minutes one try is turned away: an hour without a try never passes.
    for (let minute = 0; minute < 40; minute += 10) {
      all.clock.at += 10 * 60_000;
      await keepTrying(all, refused('token_revoked'), 0);
      expect(all.rows[0]).toMatchObject({ error: 'token_revoked', triedSince: null });
    }
    all.clock.at += 10 * 60_000;
    await keepTrying(all, new WebAPIHTTPError(503, 'busy', {}), 23.9);
    expect(all.rows[0]?.doneAt).toBeNull();
  });

  it('because the token was taken away rests, however long, and says so once', async () => {
    const { rows, calls, slack, clock, log, drain } = setUp(['pin', 'invite']);
    slack.mockRejectedValue(refused('token_revoked'));
    for (let minute = 0; minute < 48 * 60; minute++) {
      clock.at = START + minute * 60_000;
      await drain();
    }
    expect(calls.length).toBe((48 * 60) / 5);
    expect(rows).toMatchObject([{ doneAt: null }, { doneAt: null, attempts: 0 }]);
    expect(log.lines.filter((line) => line.level === 50).length).toBe(calls.length);
    slack.mockReset().mockResolvedValue({ ok: true });
    clock.at += 5 * 60_000;
    await drain();
    expect(rows).toMatchObject([{ doneAt: clock.at }, { doneAt: clock.at }]);
    expect(log.text()).toContain('takes our token again');
  });

  it('a step that calls nothing does not end the rest: it says nothing of the token', async () => {
    const { rows, slack, clock, log, drain } = setUp(['pin', 'channel', 'invite']);
    slack.mockRejectedValueOnce(refused('token_revoked'));
    await drain();
    // The incident has its channel.
    Object.assign(rows[0] as Row, { kind: 'channel' });
    clock.at += 5 * 60_000;
    slack.mockRejectedValueOnce(refused('token_revoked'));
    await drain();
    expect(rows).toMatchObject([{ doneAt: clock.at }, { doneAt: clock.at }, { doneAt: null }]);
    expect(log.text()).not.toContain('takes our token again');
    clock.at += 5 * 60_000;
    await drain();
    expect(log.text()).toContain('takes our token again');
  });

  it('because its token was replaced while it ran is tried at once with the new one', async () => {
    const { rows, slack, parts, clock, drain } = setUp(['pin', 'invite']);
    const { of } = parts.connections;
    let installed = 0;
    vi.spyOn(parts.connections, 'of').mockImplementation(async (teamId) => {
      const one = await of(teamId);
      return { ...one, client: installed === 0 ? one.client : ({ ...one.client } as WebClient) };
    });
    slack.mockImplementationOnce(async () => {
      installed++;
      throw refused('token_revoked');
    });
    await drain();
    expect(rows.map((row) => row.doneAt)).toEqual([clock.at, clock.at]);
  });

  it('with a fault of our own is given up at the twentieth, however often Slack failed before', async () => {
    const { rows, slack, clock, log, drain } = setUp(['pin', 'invite']);
    Object.assign(rows[0] as Row, { attempts: 300, faults: 18 });
    slack.mockRejectedValueOnce(new TypeError('x is undefined'));
    await drain();
    expect(rows[0]).toMatchObject({ doneAt: null, faults: 19 });
    clock.at = rows[0]?.runAfter ?? 0;
    slack.mockRejectedValueOnce(new WebAPIHTTPError(503, 'Service Unavailable', {}));
    await drain();
    expect(rows[0]).toMatchObject({ doneAt: null, faults: 19 });
    clock.at = rows[0]?.runAfter ?? 0;
    slack.mockRejectedValueOnce(new TypeError('x is undefined'));
    await drain();
    expect(rows).toMatchObject([
      { doneAt: clock.at, error: 'TypeError: x is undefined' },
      { doneAt: clock.at, error: null },
    ]);
    expect(log.lines).toMatchObject([{ attempts: 301 }, { attempts: 302 }, { msg: 'a step was given up' }]);
  });

  it('because no code knows its kind does not stop the process', async () => {
    const { rows, drain } = setUp(['of a later version']);
    await drain();
    expect(rows).toMatchObject([{ doneAt: null, error: expect.stringContaining('TypeError') }]);
  });

  it('after its effect is only noted again: the row is tried once more', async () => {
    const { rows, parts, drain, calls } = setUp(['pin']);
    vi.spyOn(parts.outbox, 'done').mockRejectedValueOnce(new Error('the database is out of reach'));
    await drain();
    expect(rows).toMatchObject([{ doneAt: null, attempts: 1 }]);
    expect(calls).toHaveLength(1);
  });
});
