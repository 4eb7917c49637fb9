import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoArguments, readArguments, scenarioName, USAGE } from './arguments.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { type Replayed, replay } from './replay.ts';
import { loadScenario, type Scenario } from './scenario.ts';
import { runShell } from './shell/run.ts';

const DEFAULT = join(
  import.meta.dirname,
  '..',
  '..',
  'test',
  'scenarios',
  '2025-09-23-provisioning-invites.json',
);
const STARTED = Date.now();

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string) =>
  say(`${((Date.now() - STARTED) / 1000).toFixed(1).padStart(6)} s  ${line}`);

let environment: Promise<Environment> | undefined;

/** Stops what is running, also when a signal comes while it starts. */
async function leave(code: number): Promise<never> {
  const running = await environment?.catch(() => undefined);
  if (running) progress('Stopping');
  await running?.stop();
  process.exit(code);
}

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.help) return say(USAGE);
  // A scenario that cannot be read is refused before anything is started.
  const files = wanted.scenarios.length > 0 || wanted.shell ? wanted.scenarios : [DEFAULT];
  const scenarios = files.map((file) => ({ name: scenarioName(file), scenario: loadScenario(file) }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void leave(0));
  environment = startEnvironment({
    databaseUrl: process.env.DATABASE_URL || undefined,
    redisUrl: process.env.REDIS_URL || undefined,
    log: progress,
  });
  const { gateway, bot } = await environment;
  let failed = 0;
  for (const { name, scenario } of scenarios) {
    const replayed = await replayOne(name, scenario, wanted);
    if (replayed === undefined) failed++;
  }
  if (failed > 0) say(`\nThe bot's last words:\n${bot.output().slice(-3000)}`);
  say(`\nThe local Slack's inspector: ${gateway.url}`);
  if (wanted.shell) await runShell(gateway);
  else if (staysUp(wanted)) {
    say('Everything is up. Ctrl-C ends it.');
    return;
  }
  await leave(failed > 0 ? 1 : 0);
}

async function replayOne(
  name: string,
  scenario: Scenario,
  { out }: DemoArguments,
): Promise<Replayed | undefined> {
  if (!environment) throw new Error('Nothing is running.');
  const { gateway } = await environment;
  progress(`Replaying ${name}`);
  try {
    const replayed = await replay({ scenario, gateway, log: progress });
    const { draft } = replayed;
    if (out) {
      const directory = join(out, name);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'postmortem.md'), draft.markdown);
      writeFileSync(join(directory, 'postmortem.html'), draft.html);
      writeFileSync(join(directory, 'postmortem.json'), draft.json);
      progress(`  written to ${directory}/postmortem.md, .html and .json`);
    } else say(`\n${draft.markdown}\nThe draft's page: ${draft.link}`);
    return replayed;
  } catch (error) {
    progress(`${name} was not replayed. ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function staysUp({ exit, out }: DemoArguments): boolean {
  return !exit && !out && process.stdin.isTTY && process.stdout.isTTY;
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n${/option|argument/i.test(message) ? `\n${USAGE}\n` : ''}`);
  void leave(1);
});
