import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryPlace } from '../../src/demo/embedded/account.ts';
import { startGuard } from '../../src/demo/embedded/guard.ts';
import { startPostgres } from '../../src/demo/embedded/postgres.ts';
import { startRedis } from '../../src/demo/embedded/redis.ts';
import type { ServerProcess } from '../../src/demo/embedded/server.ts';

/** A server of one test file. It can be stopped, and started again with its data at the same address. */
export interface OwnServer {
  url: string;
  stop(): Promise<void>;
  startAgain(): Promise<void>;
  /** False once it has ended, by itself too. */
  isRunning(): boolean;
  /** Stops it for good and removes what it kept. */
  remove(): Promise<void>;
}

const log = (line: string) => void process.stderr.write(`${line}\n`);

export async function ownPostgres(given?: string | null): Promise<OwnServer> {
  const directory = given ?? newPlace();
  return own(directory, (port) => startPostgres({ directory, durable: true, port, log }));
}

export async function ownRedis(): Promise<OwnServer> {
  const directory = newPlace();
  return own(directory, (port) => startRedis({ directory, durable: false, port, password: 'own', log }));
}

async function own(
  directory: string,
  start: (port?: number) => Promise<ServerProcess & { url: string }>,
): Promise<OwnServer> {
  // When the tests are killed, what they started goes too.
  const guard = startGuard();
  let server = await start();
  guard.watch(server.pid);
  const { url } = server;
  return {
    url,
    stop: () => server.stop(),
    isRunning() {
      try {
        return process.kill(server.pid, 0);
      } catch {
        return false;
      }
    },
    async startAgain() {
      server = await start(Number(new URL(url).port));
      guard.watch(server.pid);
    },
    async remove() {
      await server.stop();
      guard.release();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function newPlace(): string {
  const place = mkdtempSync(join(temporaryPlace(), 'debrief-own-'));
  // PostgreSQL's account must pass through; the directories inside are closed.
  chmodSync(place, 0o711);
  return place;
}

/** A disk of so many megabytes, in memory, that can be filled. Null where one may not be mounted (it takes root). */
export function smallDisk(
  megabytes: number,
): { place: string; fill(): void; empty(): void; remove(): void } | null {
  const outer = newPlace();
  const place = join(outer, 'disk');
  mkdirSync(place);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', place]);
  if (mounted.status !== 0) {
    rmSync(outer, { recursive: true });
    return null;
  }
  const file = join(place, 'filling');
  return {
    place,
    fill() {
      for (const size of [1 << 20, 4096])
        for (let free = true; free; ) {
          try {
            writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
          } catch (error) {
            if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
            free = false;
          }
        }
    },
    empty: () => rmSync(file, { force: true }),
    remove() {
      spawnSync('umount', ['-l', place]);
      rmSync(outer, { recursive: true, force: true });
    },
  };
}
