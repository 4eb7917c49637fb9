import { setTimeout as sleep } from 'node:timers/promises';
import { startBot } from '../../src/demo/bot.ts';
import type { Rows } from '../support/rows.ts';
import type { Workspace } from '../support/workspace.ts';
import { counted, type Tally } from './tally.ts';

type Role = 'web' | 'worker';

/** What a process had begun when it was killed: steps that it claimed, requests that it stored. */
const BEGUN: Record<Role, string> = {
  worker: `SELECT id || '-' || attempts AS claim, kind AS what FROM "Outbox"
    WHERE "doneAt" IS NULL AND "claimedUntil" > now()`,
  web: `SELECT 'request ' || id AS claim,
      coalesce('/incident ' || substring(body->>'text' from '^(?:INC-\\d+ )?(\\S+)'), kind) AS what
    FROM "Inbox" WHERE "doneAt" IS NULL`,
};

/**
 * Kills a process of the bot (`kill -9`) up to `most` times, at moments of the seed's, and starts it anew: then the bot
 * is left alone, so that a batch comes to its end. `stop` ends that, with every process up, and says how many were
 * killed, in the midst of what. `roles` are those of the workspace's processes.
 */
export function killing(
  space: Workspace,
  rows: Rows,
  { roles, most, next }: { roles: readonly Role[]; most: number; next: () => number },
): { stop(): Promise<Pick<Tally, 'kills' | 'hit'>> } {
  let going = true;
  let kills = 0;
  let hit: Tally['hit'] = {};
  // A claim outlives its process by half a minute: it was hit once.
  const seen = new Set<string>();
  const leftBy = async (role: Role) => {
    const open = await rows.sql<{ claim: string; what: string }>(BEGUN[role]);
    const fresh = open.filter(({ claim }) => !seen.has(claim));
    for (const { claim } of fresh) seen.add(claim);
    return fresh.map(({ what }) => ({ [what]: 1 })).reduce(counted, {});
  };
  const end = new AbortController();
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const work = (async () => {
    while (going && kills < most) {
      await sleep(500 + next() * 4500, undefined, { signal: end.signal }).catch(() => undefined);
      if (!going) return;
      const index = Math.floor(next() * roles.length);
      const bot = space.bots[index];
      const role = roles[index];
      if (!bot || !role) throw new Error('a process of the bot is missing');
      await bot.kill();
      hit = counted(hit, await leftBy(role));
      kills++;
      await sleep(next() * 1500);
      const env = { ...space.env, ROLE: role };
      space.bots[index] = await startBot({ env, port: bot.port, log });
    }
  })();
  return {
    async stop() {
      going = false;
      end.abort();
      await work;
      return { kills, hit };
    },
  };
}
