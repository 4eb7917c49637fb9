import { build } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { withServices } from './demo/standalone.ts';

const STOP_WITHIN_MS = 15_000;

async function main(): Promise<void> {
  // Without databases of its own the bot brings them along and keeps their data in .debrief/.
  const { env, services } = await withServices(process.env, (line) => console.log(line));
  const debrief = build(loadConfig(env));
  let stopping = false;
  const stop = async (signal: string) => {
    // A terminal may deliver Ctrl-C twice.
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      console.error(
        `Not down ${STOP_WITHIN_MS / 1000} seconds after ${signal}: leaving. What is stored stays stored.`,
      );
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    await debrief.stop();
    await services?.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
  await debrief.start();
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
