import { spawn } from 'node:child_process';

// Its standard input ends when its parent is gone, however that died: kill -9 included.
const SCRIPT = `
trap '' INT TERM HUP
pids=
while read -r pid; do pids="$pids $pid"; done
for pid in $pids; do kill -INT "$pid" 2>/dev/null; done
tries=0
while [ "$tries" -lt 100 ]; do
  alive=
  for pid in $pids; do kill -0 "$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && break
  sleep 0.1
  tries=$((tries + 1))
done
for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
for dir in "$@"; do rm -rf "$dir"; done
`;

/** A small process that outlives this one and cleans up after it. */
export interface Guard {
  /** The process `pid` is to end with this one. */
  watch(pid: number): void;
  /** Everything is cleaned up already: the guard goes away and does nothing. */
  release(): void;
}

/**
 * Starts a guard: when this process ends in whatever way, the watched processes get SIGINT (SIGKILL 10 s later)
 * and the directories are removed. It is in a session of its own, so Ctrl-C in a terminal does not reach it.
 */
export function startGuard(directories: string[] = []): Guard {
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'guard', ...directories], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  // A guard that cannot be written to is gone; what it guarded is then stopped by stop() alone.
  guard.stdin.on('error', () => guard.stdin.destroy());
  guard.unref();
  return {
    watch: (pid) => void guard.stdin.write(`${pid}\n`),
    release: () => {
      guard.kill('SIGKILL');
      guard.stdin.destroy();
    },
  };
}
