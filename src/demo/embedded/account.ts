import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Whom a server runs as: empty is the account of this process. */
export interface Account {
  uid?: number;
  gid?: number;
}

/**
 * The account that PostgreSQL runs as. Root gives way to `postgres`, which is made when it is missing
 * (`useradd`), or to `nobody` where accounts cannot be made. Throws when there is none at all.
 */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const existing = lookUp('postgres');
  if (existing) return existing;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' });
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (account) return account;
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no other account to run it as: set DATABASE_URL, or run as a plain user.',
  );
}

/** Whether the account may use `path`: enter a directory, run a program. */
export function canReach(path: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { cwd: '/', ...account }).status === 0;
}

/** Where temporary files go: the system's place, or `/var/tmp` when that one is closed to the account. */
export function temporaryPlace(): string {
  return canReach(tmpdir(), serverAccount()) ? tmpdir() : '/var/tmp';
}

/** Makes `directory` and gives it to the account, closed to all others. */
export function ownDirectory(directory: string, account: Account): void {
  mkdirSync(directory, { recursive: true });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(directory, account.uid, account.gid);
  chmodSync(directory, 0o700);
}

function lookUp(name: string): Account | undefined {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
  if (spawnSync('id', ['-u', name], { stdio: 'ignore' }).status !== 0) return undefined;
  return { uid: id('-u'), gid: id('-g') };
}
