import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { batch, ROLES, undisturbed } from './runs.ts';
import { NOTHING, sum, type Tally } from './tally.ts';

const WANTED = Number(process.env.FAULTS_RUNS ?? 20);
const FOLDER = '.debrief';
const FILE = `${FOLDER}/faults.json`;
const MINUTES = Number(process.env.FAULTS_MINUTES || Number.POSITIVE_INFINITY);
// Most of a life is waiting for leases to end: many at once cost little more time than one.
const AT_ONCE = 40;

const space = useWorkspace({
  process: true,
  people: { ana: 'UTC', ben: 'UTC', eva: 'UTC' },
  roles: [...ROLES],
  gateway: { retryDelays: [300, 3000, 15_000] },
});
const rows = useDatabaseOf(space);

interface Kept {
  seed: number;
  tally: Tally;
}

function kept(): Kept {
  if (!process.env.FAULTS_RESUME || !existsSync(FILE)) return { seed: 100, tally: NOTHING };
  const { seed, tally } = JSON.parse(readFileSync(FILE, 'utf8')) as Kept;
  return { seed, tally: { ...NOTHING, ...tally } };
}

test(
  `${WANTED} incidents while web and worker are killed at random`,
  async () => {
    const people = Object.values(space.people);
    const expected = await undisturbed(space, rows, space.people.ana);
    let { seed, tally } = kept();
    const started = Date.now();
    while (tally.runs < WANTED && Date.now() < started + MINUTES * 60_000) {
      const runs = Math.min(AT_ONCE, WANTED - tally.runs);
      tally = sum(tally, await batch(space, rows, people, { seed, runs, expected }));
      seed++;
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(FILE, JSON.stringify({ seed, tally }));
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(`${seconds} s, next seed ${seed}: ${JSON.stringify(tally)}`);
    }
    const { runs, kills, hit, retyped } = tally;
    expect(tally).toEqual({ ...NOTHING, runs, kills, hit, retyped });
  },
  WANTED * 120_000,
);
