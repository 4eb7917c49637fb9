import type { Person } from '../../src/demo/gateway/people/person.ts';
import type { Rows } from '../support/rows.ts';
import type { Workspace } from '../support/workspace.ts';
import { killing } from './killing.ts';
import { live } from './life.ts';
import { random } from './random.ts';
import { doubledPosts, draftOf, judge, sum, type Tally } from './tally.ts';

export const ROLES = ['web', 'worker'] as const;

/** One word of its own for each run: similar titles would be taken for one incident. */
export const titleOf = (seed: number): string => {
  const next = random(seed + 77);
  return Array.from({ length: 12 }, () => 'abcdefghkmnoprstuvwxz'[Math.floor(next() * 21)]).join('');
};

/** The draft of a life that nobody disturbed. */
export async function undisturbed(space: Workspace, rows: Rows, person: Person): Promise<string> {
  const title = titleOf(1_000_003);
  await live(space, rows, person, title);
  return draftOf(rows, title);
}

/** Lives wait for each other when there are many: they last longer, and meet more kills. */
const mostKills = (runs: number): number => (runs > 10 ? Math.max(16, runs / 2) : 8);

/** So many lives at once while processes are killed at moments of the seed's. */
export async function batch(
  space: Workspace,
  rows: Rows,
  people: Person[],
  { seed, runs, expected }: { seed: number; runs: number; expected: string },
): Promise<Tally> {
  const since = space.gateway.calls.length;
  const killer = killing(space, rows, { roles: ROLES, most: mostKills(runs), next: random(seed) });
  const lives = Array.from({ length: runs }, (_, n) =>
    live(space, rows, people[n % people.length] as Person, titleOf(seed * 1000 + n)),
  );
  const ended = await Promise.allSettled(lives);
  const { kills, hit } = await killer.stop();
  const tallies: Tally[] = [];
  for (const one of ended) {
    if (one.status === 'rejected') throw one.reason;
    tallies.push(await judge(space, rows, one.value, expected));
  }
  const total = tallies.reduce(sum);
  return { ...total, kills, hit, doubledPosts: doubledPosts(space, since) };
}
