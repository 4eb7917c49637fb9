import { setTimeout as sleep } from 'node:timers/promises';
import { startBot } from '../../src/demo/bot.ts';
import type { Workspace } from '../support/workspace.ts';

/**
 * Kills a process of the bot (`kill -9`) up to `most` times, at moments of the seed's, and starts it anew: then the bot
 * is left alone, so that a batch comes to its end. `stop` ends that, with every process up, and says how many were
 * killed. `roles` are those of the workspace's processes.
 */
export function killing(
  space: Workspace,
  { roles, most, next }: { roles: string[]; most: number; next: () => number },
): { stop(): Promise<number> } {
  let going = true;
  let kills = 0;
  const end = new AbortController();
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const work = (async () => {
    while (going && kills < most) {
      await sleep(500 + next() * 4500, undefined, { signal: end.signal }).catch(() => undefined);
      if (!going) return;
      const index = Math.floor(next() * roles.length);
      const bot = space.bots[index];
      if (!bot) throw new Error('a process of the bot is missing');
      await bot.kill();
      kills++;
      await sleep(next() * 1500);
      const env = { ...space.env, ROLE: roles[index] ?? 'all' };
      space.bots[index] = await startBot({ env, port: bot.port, log });
    }
  })();
  return {
    async stop() {
      going = false;
      end.abort();
      await work;
      return kills;
    },
  };
}
