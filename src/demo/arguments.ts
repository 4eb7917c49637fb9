import { basename } from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `Debrief's demo: the bot in a local Slack, on this machine alone.

  npm run demo                        replay an incident and show its postmortem draft
  npm run demo -- --shell             type in the local Slack yourself

  --scenario FILE   replay this scenario instead (may be given several times)
  --out DIR         write DIR/NAME/postmortem.md, .html and .json for each scenario, then exit
  --shell           a prompt in which you are one of several users
  --exit            exit when done, instead of staying up until Ctrl-C
  --help            this text

With DATABASE_URL and REDIS_URL set, those servers are used and left as they were found.`;

export interface DemoArguments {
  scenarios: string[];
  out: string | undefined;
  shell: boolean;
  exit: boolean;
  help: boolean;
}

/** Reads the command line. Throws a sentence for the person. */
export function readArguments(args: string[]): DemoArguments {
  const { values } = parseArgs({
    args,
    options: {
      scenario: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      shell: { type: 'boolean', default: false },
      exit: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  const { scenario: scenarios, out, shell, exit, help } = values;
  if (out === '') throw new Error('--out needs a directory.');
  if (shell && (out || exit))
    throw new Error('--shell waits for you: it goes with neither --out nor --exit.');
  const names = scenarios.map(scenarioName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (out && twice)
    throw new Error(`Two scenarios are called ${twice}: their results would overwrite each other.`);
  return { scenarios, out, shell, exit, help };
}

/** The file's name without `.json`: what the directory of its results is called. */
export function scenarioName(file: string): string {
  return basename(file).replace(/\.json$/i, '');
}
