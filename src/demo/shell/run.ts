import { createInterface } from 'node:readline/promises';
import type { Gateway } from '../gateway/gateway.ts';
import { createShell, SHELL_HELP } from './shell.ts';

const PEOPLE = [
  { name: 'ana', realName: 'Ana Silva', tz: 'Europe/Lisbon' },
  { name: 'bo', realName: 'Bo Chen', tz: 'America/New_York' },
  { name: 'cleo', realName: 'Cleo Rai', tz: 'Asia/Kathmandu' },
];

/** Runs the shell on standard input until `quit`, its end, or Ctrl-C. */
export async function runShell(gateway: Gateway): Promise<void> {
  const people = [];
  for (const one of PEOPLE) people.push(await gateway.person(one));
  const print = (line: string) => process.stdout.write(`${line}\n`);
  for (const person of people) await person.join('incidents');
  const shell = await createShell({ gateway, people, place: 'incidents', print });
  print(
    `\nYou are in the local Slack as one of: ${people.map(({ name, tz }) => `${name} (${tz})`).join(', ')}.\n${SHELL_HELP}\n`,
  );
  const input = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY,
  });
  input.on('SIGINT', () => input.close());
  input.setPrompt(shell.prompt);
  input.prompt();
  for await (const line of input) {
    if (!(await shell.run(line))) break;
    input.setPrompt(shell.prompt);
    input.prompt();
  }
  input.close();
}
