import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGuard } from './embedded/guard.ts';
import { freePort } from './embedded/server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const START_LIMIT = 60_000;
const STOP_LIMIT = 20_000;
const KEPT_OUTPUT = 2_000_000;

/** The bot as a process of its own. */
export interface Bot {
  url: string;
  /** Where Slack posts. */
  eventsUrl: string;
  port: number;
  pid: number;
  /** What it has printed, its latest two million characters. */
  output(): string;
  /** Asks it to stop and waits until it has. May be called twice. */
  stop(): Promise<void>;
  /** Ends it without warning, as a crash would. */
  kill(): Promise<void>;
}

export interface BotOptions {
  /** Its whole environment; PORT, HOST and BASE_URL are set here unless given. Nothing else is inherited. */
  env: Record<string, string>;
  /** A free one when it is not given; with several processes for one Slack, or after a crash, the same again. */
  port?: number;
  log: (line: string) => void;
}

/** Starts the bot and waits until it is ready. Throws with what it printed when it dies instead. */
export async function startBot({ env, port: wanted, log }: BotOptions): Promise<Bot> {
  const port = wanted ?? (env.PORT ? Number(env.PORT) : await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: ROOT,
    env: { HOST: '127.0.0.1', BASE_URL: url, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C in a terminal is for whoever started it, who then stops the bot first and the services after.
    detached: true,
  });
  const guard = startGuard();
  if (child.pid) guard.watch(child.pid);
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // Until it is ready, whoever starts it is told by the error.
  let expected = true;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += String(error);
      resolve();
    });
    child.once('exit', (code, signal) => {
      guard.release();
      if (!expected) log(`The bot ended by itself (${signal ?? `code ${code}`}):\n${tail(output)}`);
      resolve();
    });
  });
  const end = async (signal: NodeJS.Signals) => {
    expected = true;
    if (!running(child)) return;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT);
    await ended;
    clearTimeout(late);
  };
  try {
    await ready(url, child);
  } catch (error) {
    await end('SIGKILL');
    throw new Error(`The bot did not start: ${String(error)}\n${tail(output)}`, { cause: error });
  }
  expected = false;
  return {
    url,
    eventsUrl: `${url}/slack/events`,
    port,
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + START_LIMIT; Date.now() < end; await sleep(50)) {
    if (!running(child)) throw new Error('it ended');
    // Until it listens, the connection is refused.
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`not ready after ${START_LIMIT / 1000} seconds`);
}

function running(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function tail(output: string): string {
  return output.slice(-6000).trim();
}
