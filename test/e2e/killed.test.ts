import { expect, test } from 'vitest';
import { batch, ROLES, undisturbed } from '../faults/runs.ts';
import { NOTHING } from '../faults/tally.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';

const space = useWorkspace({
  process: true,
  people: { ana: 'UTC', ben: 'UTC' },
  roles: [...ROLES],
  gateway: { retryDelays: [300, 3000, 15_000] },
});
const rows = useDatabaseOf(space);

// The long form, with figures kept: npm run test:faults.
test('incidents whose processes are killed at random: nothing lost, nothing doubled, the same drafts', async () => {
  const { ana, ben } = space.people;
  const expected = await undisturbed(space, rows, ana);
  expect(expected).toContain('Checkout answers 500');
  const tally = await batch(space, rows, [ana, ben], { seed: 1, runs: 2, expected });
  const { kills, hit, retyped } = tally;
  expect(kills).toBeGreaterThan(0);
  expect(tally).toEqual({ ...NOTHING, runs: 2, kills, hit, retyped });
});
