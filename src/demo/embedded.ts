import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryPlace } from './embedded/account.ts';
import { startGuard } from './embedded/guard.ts';
import { startPostgres } from './embedded/postgres.ts';
import { startRedis } from './embedded/redis.ts';
import type { ServerProcess } from './embedded/server.ts';

export interface Services {
  databaseUrl: string;
  redisUrl: string;
  /** Stops what was started here, and only that. May be called twice. */
  stop(): Promise<void>;
}

export interface ServicesOptions {
  /** Given: that server is used and left alone. */
  databaseUrl?: string;
  redisUrl?: string;
  /** Data is kept here; without it, in a temporary directory that goes away at the stop. */
  dataDir?: string;
  /** Where to look for programs, instead of the PATH of this process. */
  path?: string;
  log: (line: string) => void;
}

/**
 * PostgreSQL and Redis: those given, else ones of our own on loopback. No signal is handled here, so that the
 * application stops first; a guard process ends the servers when this process dies without calling stop().
 * Throws a sentence for the person when one of them cannot be had.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { databaseUrl, redisUrl, log } = options;
  if (databaseUrl && redisUrl) return { databaseUrl, redisUrl, stop: async () => {} };
  const directory = options.dataDir
    ? resolve(options.dataDir)
    : mkdtempSync(join(temporaryPlace(), 'debrief-'));
  const temporary = !options.dataDir;
  mkdirSync(directory, { recursive: true });
  // PostgreSQL's account must pass through; the directories inside are closed.
  if (temporary) chmodSync(directory, 0o711);
  const guard = startGuard(temporary ? [directory] : []);
  const started: ServerProcess[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= Promise.all(started.map((server) => server.stop())).then(() => {
      guard.release();
      if (temporary) rmSync(directory, { recursive: true, force: true });
    });
    return stopped;
  };
  const own = <T extends ServerProcess>(server: T): T => {
    started.push(server);
    guard.watch(server.pid);
    return server;
  };
  try {
    const common = { durable: !temporary, log };
    // Redis first: it is the one that may be missing, and then nothing else need start.
    const redis =
      redisUrl ??
      own(await startRedis({ directory: join(directory, 'redis'), path: options.path, ...common })).url;
    log(`Redis ${redisUrl ? 'as given' : 'is running'}`);
    const database =
      databaseUrl ?? own(await startPostgres({ directory: join(directory, 'postgres'), ...common })).url;
    log(`PostgreSQL ${databaseUrl ? 'as given' : 'is running'}`);
    return { databaseUrl: database, redisUrl: redis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
