import { describe, expect, it, vi } from 'vitest';
import { createSharedClock, databaseTime } from '../../src/storage/clock.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const TRUE = Date.parse('2026-03-10T14:00:00Z');
const HOUR = 3_600_000;

/** A machine whose clock says `says` while PostgreSQL says `TRUE`. */
function machine(says: number, answerTakes = 0) {
  const time = { passed: 0, slept: 0, says };
  const warn = vi.fn();
  const clock = createSharedClock({
    own: { now: () => time.says },
    elapsed: () => time.passed,
    async ask() {
      time.passed += answerTakes;
      return TRUE + time.slept + time.passed - answerTakes / 2;
    },
    logger: { warn },
  });
  return { clock, time, warn };
}

describe('the shared clock', () => {
  it.each([HOUR, -HOUR])('is PostgreSQL’s where this machine’s is off by %d ms, and says so', async (off) => {
    const { clock, time, warn } = machine(TRUE + off);
    expect(clock.now()).toBe(TRUE + off);
    await clock.start();
    expect(clock.now()).toBe(TRUE);
    expect(warn).toHaveBeenCalledExactlyOnceWith({ offMs: -off }, expect.any(String));
    time.passed += 1234.4;
    expect(clock.now()).toBe(TRUE + 1234);
    clock.stop();
  });

  it('goes on when this machine’s clock is set', async () => {
    const { clock, time } = machine(TRUE);
    await clock.start();
    time.passed += 5000;
    time.says += HOUR;
    expect(clock.now()).toBe(TRUE + 5000);
    clock.stop();
  });

  it.each([
    ['a second', 900, 0],
    ['what the answer’s way may hide', 1900, 2000],
  ])('does not jump for %s', async (_, off, answerTakes) => {
    const { clock, time, warn } = machine(TRUE + off, answerTakes);
    await clock.start();
    expect(clock.now()).toBe(TRUE + off + time.passed);
    expect(warn).not.toHaveBeenCalled();
    clock.stop();
  });

  it('follows PostgreSQL’s later, after a sleep in which the counter stood still', async () => {
    vi.useFakeTimers();
    try {
      const { clock, time, warn } = machine(TRUE);
      await clock.start();
      time.slept += HOUR;
      await vi.advanceTimersByTimeAsync(10_000);
      expect(clock.now()).toBe(TRUE + HOUR);
      expect(warn).toHaveBeenCalledExactlyOnceWith({ offMs: HOUR }, expect.any(String));
      clock.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});

it('PostgreSQL is asked for the time of now, not of a transaction', async () => {
  const first = await databaseTime(database.prisma);
  await database.sql('SELECT pg_sleep(0.05)');
  expect(await databaseTime(database.prisma)).toBeGreaterThanOrEqual(first + 40);
});
