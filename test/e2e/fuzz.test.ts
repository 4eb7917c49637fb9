import { expect, test } from 'vitest';
import { fuzz, realLife } from '../faults/fuzzing.ts';
import { useDatabaseOf } from '../support/rows.ts';
import { useWorkspace } from '../support/workspace.ts';
import { declare, type } from './incident.ts';

const space = useWorkspace({
  process: true,
  people: { ana: 'UTC', ben: 'UTC' },
  env: { LOG_LEVEL: 'error' },
});
const rows = useDatabaseOf(space);

test('made-up bodies, signed: each is answered, none breaks anything', async () => {
  const known = await realLife(space, rows);
  const { pid } = space.bot;
  const fuzzed = await fuzz(space, known, { seed: 1, bodies: 200, log: console.log });
  console.log(JSON.stringify(fuzzed));
  const { none, ...answered } = fuzzed.statuses;
  expect(none).toBeUndefined();
  expect(Object.keys(answered).filter((status) => Number(status) >= 500)).toEqual([]);
  expect(fuzzed.broken).toEqual([]);
  expect(space.bot.pid).toBe(pid);
  const channel = await declare(space, space.people.ana, 'Still there');
  expect((await type(space.people.ana, channel, '/incident note All is well')).text).toContain('All is well');
});
