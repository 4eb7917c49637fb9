import { describe, expect, it } from 'vitest';
import { createPace, Paced } from '../../src/jobs/pace.ts';

const START = Date.parse('2026-03-10T12:00:00Z');

function setUp() {
  const clock = { at: START, now: () => clock.at };
  const pace = createPace(clock);
  /** 0 where a message may be posted, otherwise how long it has to wait. */
  const wait = (channel = 'C1'): number => {
    try {
      pace(channel);
      return 0;
    } catch (error) {
      if (error instanceof Paced) return error.waitMs;
      throw error;
    }
  };
  return { clock, wait };
}

describe('the pace of a channel', () => {
  it('lets a few messages pass at once, then one a second', () => {
    const { clock, wait } = setUp();
    const at: number[] = [];
    while (at.length < 100) {
      const early = wait();
      if (early === 0) at.push(clock.at - START);
      clock.at += early;
    }
    expect(at.slice(0, 6)).toEqual([0, 0, 0, 0, 1000, 2000]);
    expect(at.at(-1)).toBe(96_000);
  });

  it('is another channel’s own', () => {
    const { wait } = setUp();
    for (let n = 0; n < 5; n++) wait('C1');
    expect([wait('C1'), wait('C2')]).toEqual([1000, 0]);
  });

  it('forgets after a rest', () => {
    const { clock, wait } = setUp();
    for (let n = 0; n < 5; n++) wait();
    clock.at += 10_000;
    expect([wait(), wait(), wait(), wait(), wait()]).toEqual([0, 0, 0, 0, 1000]);
  });

  it('does not stand still when the clock is set back', () => {
    const { clock, wait } = setUp();
    for (let n = 0; n < 5; n++) wait();
    clock.at -= 3_600_000;
    expect(wait()).toBe(0);
  });
});
