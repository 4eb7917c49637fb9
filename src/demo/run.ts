import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.ts';
import type { Draft } from './replay/draft.ts';
import { replay } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { runShell } from './shell/run.ts';

export interface DemoRun {
  scenarios: { name: string; scenario: Scenario }[];
  out: string | undefined;
  shell: boolean;
  /** Until somebody interrupts it. */
  staysUp: boolean;
  /** A line with the time that has passed. */
  progress: (line: string) => void;
  say: (line: string) => void;
}

/** Replays, shows or writes the drafts, then the shell or a rest. Gives the exit code. */
export async function runDemo({ gateway, bot }: Environment, run: DemoRun): Promise<number> {
  const { scenarios, out, shell, staysUp, progress, say } = run;
  let failed = 0;
  for (const { name, scenario } of scenarios) {
    progress(`Replaying ${name}`);
    try {
      const { draft } = await replay({ scenario, gateway, log: progress });
      if (out) progress(`  written to ${write(draft, join(out, name))}/postmortem.md, .html and .json`);
      else say(`\n${draft.plain}\nThe draft's page: ${draft.link}`);
    } catch (error) {
      failed++;
      progress(`${name} was not replayed. ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failed > 0) say(`\nThe bot's last words:\n${bot.output().slice(-3000)}`);
  say(`\nThe local Slack's inspector: ${gateway.url}`);
  if (shell) await runShell(gateway);
  else if (staysUp) {
    say('Everything is up. Ctrl-C ends it.');
    await new Promise(() => {});
  }
  return failed > 0 ? 1 : 0;
}

function write({ markdown, html, json }: Draft, directory: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'postmortem.md'), markdown);
  writeFileSync(join(directory, 'postmortem.html'), html);
  writeFileSync(join(directory, 'postmortem.json'), json);
  return directory;
}
