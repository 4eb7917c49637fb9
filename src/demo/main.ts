import { join } from 'node:path';
import { readArguments, scenarioName, USAGE } from './arguments.ts';
import { startEnvironment } from './environment.ts';
import { type DemoRun, runDemo } from './run.ts';
import { loadScenario } from './scenario.ts';

const SCENARIOS = join(import.meta.dirname, '..', '..', 'test', 'scenarios');
const DEFAULT = join(SCENARIOS, '2025-09-23-provisioning-invites.json');
const INTERRUPTED = 130;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.help) {
    say(USAGE);
    return 0;
  }
  // A scenario that cannot be read is refused before anything is started.
  const files = wanted.scenarios.length > 0 || wanted.shell ? wanted.scenarios : [DEFAULT];
  const scenarios = files.map((file) => ({ name: scenarioName(file), scenario: loadScenario(file) }));
  const interrupted = new Promise<number>((resolve) => {
    // Not `once`: Ctrl-C may come twice, from the terminal and from the program that started this one.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve(INTERRUPTED));
  });
  const started = Date.now();
  let leaving = false;
  const progress = (line: string) => {
    if (!leaving) say(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  };
  const environment = startEnvironment({
    databaseUrl: process.env.DATABASE_URL || undefined,
    redisUrl: process.env.REDIS_URL || undefined,
    log: progress,
  });
  const run: DemoRun = {
    ...wanted,
    scenarios,
    staysUp: !wanted.exit && !wanted.out && process.stdin.isTTY && process.stdout.isTTY,
    progress,
    say: (line) => (leaving ? undefined : say(line)),
  };
  try {
    return await Promise.race([interrupted, environment.then((running) => runDemo(running, run))]);
  } finally {
    progress('Stopping');
    leaving = true;
    // It failed to start: that is the error which is on its way already, and nothing is left running.
    const running = await environment.catch(() => undefined);
    await running?.stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const usage = error instanceof TypeError && 'code' in error ? `\n${USAGE}\n` : '';
    process.stderr.write(`${message}\n${usage}`);
    process.exit(1);
  },
);
