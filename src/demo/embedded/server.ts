import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** Longest that a server may take to stop before it is killed, in milliseconds. */
const STOP_LIMIT = 10_000;
const KEPT_OUTPUT = 4_000;

/** A running server process. */
export interface ServerProcess {
  pid: number;
  /** Asks it to end and waits until it has; a second call waits for the same end. */
  stop(): Promise<void>;
}

export interface ServerOptions extends Pick<SpawnOptions, 'uid' | 'gid' | 'cwd' | 'env'> {
  name: string;
  command: string;
  args: string[];
  /** Written to its standard input. */
  input?: string;
  /** What it prints when it is ready. */
  ready: RegExp;
  /** Milliseconds until it must be ready. */
  limit?: number;
  log: (line: string) => void;
}

/** A free TCP port on loopback. Another process may still take it before it is used: callers retry. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}

/**
 * Starts a server and waits until it says that it is ready. It gets a process group of its own: Ctrl-C must
 * reach the application first, which then stops its services in order. Throws with the end of its output.
 */
export function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { name, command, args, ready, limit = 60_000, log } = options;
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    uid: options.uid,
    gid: options.gid,
    cwd: options.cwd,
    env: options.env,
  });
  child.stdin?.on('error', () => child.stdin?.destroy());
  child.stdin?.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    let output = '';
    let started = false;
    let stopping = false;
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`${name} did not start: ${why}\n${output.trim()}`.trim()));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`not ready after ${limit / 1000} seconds`);
    }, limit);
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
      if (started || !ready.test(output) || !child.pid) return;
      started = true;
      clearTimeout(timer);
      resolve({
        pid: child.pid,
        stop: () => {
          stopping = true;
          return end(child);
        },
      });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => {
      if (!started) fail(`it ended with ${signal ?? `code ${code}`}`);
      else if (!stopping) log(`${name} ended by itself (${signal ?? `code ${code}`}):\n${output.trim()}`);
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGINT');
  });
}

/**
 * Runs `start` on a free port, again on another one when somebody else was faster to take it; on `given` and no other
 * when there is one.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>, given?: number): Promise<T> {
  if (given !== undefined) return start(given);
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      const taken = error instanceof Error && /address already in use|could not bind/i.test(error.message);
      if (!taken || attempt === 5) throw error;
    }
  }
}
