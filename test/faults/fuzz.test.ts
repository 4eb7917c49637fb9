import { expect, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { fuzz, realLife } from './fuzzing.ts';

const BODIES = Number(process.env.FAULTS_BODIES ?? 10_000);
const SEED = Number(process.env.FAULTS_SEED ?? 1);
const LONGEST_MS = 3000;

const space = useWorkspace({
  process: true,
  people: { ana: 'UTC', ben: 'UTC' },
  env: { LOG_LEVEL: 'error' },
});
const rows = useDatabaseOf(space);

test(
  `${BODIES} made-up bodies through the signed surface`,
  async () => {
    const known = await realLife(space, rows);
    const { pid } = space.bot;
    const fuzzed = await fuzz(space, known, { seed: SEED, bodies: BODIES, log: console.log });
    console.log(JSON.stringify(fuzzed));
    expect(space.bot.pid).toBe(pid);
    expect(Object.keys(fuzzed.statuses).filter((one) => one === 'none' || Number(one) >= 500)).toEqual([]);
    expect(fuzzed.broken).toEqual([]);
    expect(fuzzed.slowestMs).toBeLessThan(LONGEST_MS);
    // Level: after the first third it may breathe, not grow.
    const { memoryMb } = fuzzed;
    const most = (from: number, to: number) => Math.max(...memoryMb.slice(from, to));
    expect(most(7, 11), JSON.stringify(memoryMb)).toBeLessThan(most(3, 7) * 1.3);
  },
  3_600_000 * 5,
);
