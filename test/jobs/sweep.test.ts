import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSweep } from '../../src/jobs/sweep.ts';
import { NotInstalled } from '../../src/slack/connections.ts';
import type { InboxRow } from '../../src/usecases/edges.ts';
import { keptLog } from '../slack/fakes.ts';

const HOUR = 3_600_000;

function setUp(stored: InboxRow[] = []) {
  const log = keptLog();
  const parts = {
    clock: { now: () => Date.now() },
    logger: log.logger,
    outbox: { lanesWaiting: vi.fn(async (): Promise<string[]> => []) },
    inbox: {
      takeUp: vi.fn(async () => stored.shift() ?? null),
      failed: vi.fn(async (_id: bigint, _error: string, _how?: { counts: boolean }) => {}),
      prune: vi.fn(async () => 0),
    },
    wake: vi.fn(async () => {}),
    jobsWaiting: vi.fn(async () => 0),
    fireTimers: vi.fn(async () => {}),
    resume: vi.fn(async () => {}),
  };
  return { ...parts, log, sweep: createSweep(parts) };
}

const request = (over: Partial<InboxRow> = {}): InboxRow => ({
  id: 7n,
  kind: 'event',
  body: { type: 'event_callback' },
  receivedAt: Date.parse('2026-03-10T11:59:00Z'),
  attempts: 1,
  ...over,
});

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-03-10T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

describe('the sweep', () => {
  it('wakes every lane that waits, every two seconds', async () => {
    const { sweep, outbox, wake } = setUp();
    outbox.lanesWaiting.mockResolvedValueOnce(['a', 'b']).mockResolvedValueOnce(['b']);
    sweep.start();
    expect(wake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(wake.mock.calls).toEqual([['a'], ['b']]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(wake.mock.calls).toEqual([['a'], ['b'], ['b']]);
    await sweep.stop();
  });

  it('adds no jobs while a thousand wait, does the rest, and wakes once there are fewer', async () => {
    const { sweep, outbox, wake, jobsWaiting, resume, fireTimers } = setUp([request()]);
    outbox.lanesWaiting.mockResolvedValue(['a']);
    jobsWaiting.mockResolvedValueOnce(1000).mockResolvedValueOnce(999);
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(wake).not.toHaveBeenCalled();
    expect(resume).toHaveBeenCalledTimes(1);
    expect(fireTimers).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(wake.mock.calls).toEqual([['a']]);
    await sweep.stop();
  });

  it('takes up requests that nobody has touched for half a minute', async () => {
    const rows = [request(), request({ id: 8n, kind: 'command', body: { command: '/incident' } })];
    const { sweep, inbox, resume } = setUp([...rows]);
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(inbox.takeUp).toHaveBeenCalledWith(Date.now(), 30_000);
    expect(resume.mock.calls).toEqual(rows.map((row) => [row]));
    await sweep.stop();
  });

  it('notes what fails again, says at the fifth time that it is parked, and goes on with the next', async () => {
    const { sweep, inbox, resume, log } = setUp([
      request({ attempts: 4 }),
      request({ id: 8n, attempts: 5 }),
      request({ id: 9n }),
    ]);
    resume.mockRejectedValueOnce(new Error('broken')).mockRejectedValueOnce(new Error('broken'));
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(inbox.failed.mock.calls).toEqual([
      [7n, 'Error: broken', { counts: true }],
      [8n, 'Error: broken', { counts: true }],
    ]);
    expect(log.lines.map(({ msg }) => msg)).toEqual([
      'a stored request failed again',
      'a stored request is parked',
      'a stored request was finished late',
    ]);
    expect(resume).toHaveBeenCalledTimes(3);
    expect(log.text()).not.toContain('event_callback');
    await sweep.stop();
  });

  it('counts no attempt that failed at Slack, for a day', async () => {
    const rows = [request({ attempts: 5 }), request({ receivedAt: Date.now() - 24 * HOUR - 1 })];
    const { sweep, inbox, resume, log } = setUp(rows);
    resume.mockRejectedValue(new NotInstalled('T1'));
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(inbox.failed.mock.calls.map(([, , how]) => how)).toEqual([{ counts: false }, { counts: true }]);
    expect(log.text()).not.toContain('parked');
    await sweep.stop();
  });

  it('leaves the rest of the requests for later where each takes long', async () => {
    const { sweep, resume, fireTimers } = setUp([request(), request(), request()]);
    resume.mockImplementation(() => new Promise((resolve) => setTimeout(resolve, 4000)));
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000 + 8000);
    expect(resume).toHaveBeenCalledTimes(2);
    expect(fireTimers).toHaveBeenCalledTimes(1);
    await sweep.stop();
  });

  it('forgets once an hour what has been done for three days', async () => {
    const { sweep, inbox } = setUp();
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(inbox.prune.mock.calls).toEqual([[Date.now() - 72 * HOUR]]);
    await vi.advanceTimersByTimeAsync(HOUR - 2000);
    expect(inbox.prune).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(4000);
    expect(inbox.prune).toHaveBeenCalledTimes(2);
    await sweep.stop();
  });

  it('goes on after a fault, and tries to forget again', async () => {
    const { sweep, outbox, inbox, wake, log } = setUp();
    outbox.lanesWaiting
      .mockRejectedValueOnce(new Error('the database is out of reach'))
      .mockResolvedValue(['a']);
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(log.lines).toMatchObject([{ level: 40, err: 'Error: the database is out of reach' }]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(wake).toHaveBeenCalledWith('a');
    expect(inbox.prune).toHaveBeenCalledTimes(1);
    await sweep.stop();
  });

  it('fires and takes up before it asks Redis, and stops at the first lane that Redis does not take', async () => {
    const { sweep, outbox, wake, resume, fireTimers, log } = setUp([request()]);
    outbox.lanesWaiting.mockResolvedValue(['a', 'b', 'c']);
    const before: number[] = [];
    wake.mockImplementationOnce(async () => {
      before.push(resume.mock.calls.length, fireTimers.mock.calls.length);
      throw new Error('Command timed out');
    });
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(before).toEqual([1, 1]);
    expect(wake.mock.calls).toEqual([['a']]);
    expect(log.lines).toMatchObject([{}, { level: 40, err: 'Error: Command timed out' }]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(wake).toHaveBeenCalledTimes(4);
    await sweep.stop();
  });

  it('goes on with the rest where one part fails', async () => {
    const { sweep, outbox, inbox, wake, fireTimers } = setUp();
    inbox.takeUp.mockRejectedValue(new Error('broken'));
    fireTimers.mockRejectedValue(new Error('broken'));
    outbox.lanesWaiting.mockResolvedValue(['a']);
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(wake.mock.calls).toEqual([['a']]);
    expect(inbox.prune).toHaveBeenCalledTimes(1);
    await sweep.stop();
  });

  it('says so where it does not come to its end', async () => {
    const { sweep, fireTimers, log } = setUp();
    fireTimers.mockImplementationOnce(() => new Promise((resolve) => setTimeout(resolve, 11 * 60_000)));
    sweep.start();
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(log.lines).toMatchObject([
      { level: 50, minutes: 5 },
      { level: 50, minutes: 10 },
    ]);
    await sweep.stop();
  });

  it('does not overtake itself: the next begins two seconds after the last has ended', async () => {
    const { sweep, outbox, wake } = setUp();
    outbox.lanesWaiting.mockResolvedValue(['a']);
    wake.mockImplementationOnce(() => new Promise((resolve) => setTimeout(resolve, 10_000)));
    sweep.start();
    await vi.advanceTimersByTimeAsync(11_999);
    expect(outbox.lanesWaiting).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2001);
    expect(outbox.lanesWaiting).toHaveBeenCalledTimes(2);
    await sweep.stop();
  });

  it('stops when what it is doing is done, and may be stopped again', async () => {
    const { sweep, wake, outbox } = setUp();
    outbox.lanesWaiting.mockResolvedValue(['a']);
    wake.mockImplementationOnce(() => new Promise((resolve) => setTimeout(resolve, 5000)));
    sweep.start();
    await vi.advanceTimersByTimeAsync(2000);
    const stopped = vi.fn();
    void sweep.stop().then(stopped);
    await vi.advanceTimersByTimeAsync(4999);
    expect(stopped).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(stopped).toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outbox.lanesWaiting).toHaveBeenCalledTimes(1);
    await sweep.stop();
  });

  it('that was never started stops at once', async () => {
    await expect(setUp().sweep.stop()).resolves.toBeUndefined();
  });
});
