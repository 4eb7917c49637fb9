import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { onFreePort, type ServerProcess, startServer } from './server.ts';

export interface Redis extends ServerProcess {
  /** `redis://…` with its password. */
  url: string;
}

/** How Redis can be had on a machine that lacks it: commands to run, or a sentence for the person. */
export type Installing = { commands: string[][] } | { sentence: string };

/** Decides how to install Redis. Never asks for a password: without the rights it only says what to type. */
export function howToInstall(machine: {
  platform: string;
  root: boolean;
  has: (name: string) => boolean;
}): Installing {
  if (machine.platform === 'darwin' && machine.has('brew'))
    return { commands: [['brew', 'install', 'redis']] };
  if (machine.platform === 'linux' && machine.has('apt-get')) {
    const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'redis-server'];
    const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive'];
    if (machine.root)
      return {
        commands: [
          ['apt-get', 'update'],
          [...quiet, ...install],
        ],
      };
    return { sentence: `Redis is missing: run \`sudo ${install.join(' ')}\`, or set REDIS_URL.` };
  }
  return {
    sentence:
      'Redis is missing: install it (redis-server or valkey-server must be on the PATH), or set REDIS_URL.',
  };
}

/**
 * Starts Redis (or Valkey) on a free loopback port, protected by a password of its own. `noeviction` because
 * BullMQ's jobs must not vanish; the append-only file when `durable`. Installs Redis when it is missing.
 */
export async function startRedis(options: {
  directory: string;
  durable: boolean;
  /** Directories to look for programs in, instead of the PATH of this process. */
  path?: string;
  /** A free port and a new password when they are not given. */
  port?: number;
  password?: string;
  log: (line: string) => void;
}): Promise<Redis> {
  const command = findRedis(options.path) ?? install(options.path, options.log);
  const password = options.password ?? randomBytes(18).toString('base64url');
  mkdirSync(options.directory, { recursive: true });
  return onFreePort(async (port) => {
    const settings = [
      `port ${port}`,
      'bind 127.0.0.1',
      `requirepass ${password}`,
      'maxmemory-policy noeviction',
      `appendonly ${options.durable ? 'yes' : 'no'}`,
      'save ""',
      `dir ${JSON.stringify(options.directory)}`,
      'daemonize no',
    ];
    const server = await startServer({
      name: 'Redis',
      command,
      // Settings by standard input: the password stays out of the list of processes.
      args: ['-'],
      input: `${settings.join('\n')}\n`,
      ready: /ready to accept connections/i,
      env: { LC_ALL: 'C' },
      log: options.log,
    });
    return { ...server, url: `redis://:${password}@127.0.0.1:${port}` };
  }, options.port);
}

function findRedis(path: string | undefined): string | undefined {
  return program('redis-server', path) ?? program('valkey-server', path);
}

function program(name: string, path: string | undefined): string | undefined {
  const env = path === undefined ? undefined : { PATH: path };
  const result = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8', env });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function install(path: string | undefined, log: (line: string) => void): string {
  const how = howToInstall({
    platform: process.platform,
    root: process.getuid?.() === 0,
    has: (name) => program(name, path) !== undefined,
  });
  if ('sentence' in how) throw new Error(how.sentence);
  log('Redis is missing and is needed; installing it:');
  for (const [command = '', ...args] of how.commands) {
    log(`  ${[command, ...args].join(' ')}`);
    const result = spawnSync(command, args, { encoding: 'utf8' });
    if (result.status !== 0) {
      const why = result.error?.message ?? result.stderr.trim();
      throw new Error(`\`${[command, ...args].join(' ')}\` failed; install Redis or set REDIS_URL.\n${why}`);
    }
  }
  const found = findRedis(path);
  if (!found) throw new Error('Redis was installed, but redis-server is not on the PATH.');
  return found;
}
