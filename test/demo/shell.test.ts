import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createShell, type Shell } from '../../src/demo/shell/shell.ts';
import { useWorkspace } from '../support/workspace.ts';

const space = useWorkspace({ people: { ana: 'Europe/Lisbon', bo: 'America/New_York' } });
const printed: string[] = [];
let shell: Shell;
let channel: string;

async function type(line: string): Promise<string> {
  printed.length = 0;
  expect(await shell.run(line)).toBe(true);
  return printed.join('\n');
}

beforeAll(async () => {
  const people = [space.people.ana, space.people.bo];
  shell = await createShell({
    gateway: space.gateway,
    people,
    place: 'incidents',
    print: (line) => printed.push(line),
  });
  await type('/incident declare sev2 Checkout fails');
  await vi.waitFor(
    async () =>
      expect((await space.people.ana.channels()).map(({ name }) => name)).toContainEqual(
        expect.stringMatching(/^inc-1/),
      ),
    60_000,
  );
  channel = (await space.people.ana.channels()).find(({ name }) => name.startsWith('inc-1'))?.name ?? '';
});

beforeEach(async () => {
  await type('as ana');
  await type(`in #${channel}`);
});

test('the prompt says who and where one is', async () => {
  expect(shell.prompt).toBe(`ana #${channel}> `);
  await type('as bo');
  expect(shell.prompt).toBe(`bo #${channel}> `);
  expect(await type('users')).toContain('bo  America/New_York');
  expect(await type('channels')).toContain(`#${channel}`);
});

test('messages and reactions, and what each would see', async () => {
  await type('as bo');
  expect(await type('Errors are rising')).toContain('Errors are rising');
  await type('as ana');
  const seen = await type('+:boom:');
  expect(seen).toContain(':boom: ana');
  // The answer may come after the prompt.
  const told = await vi.waitFor(async () => {
    const shown = await type('look');
    expect(shown).toMatch(/Debrief \d\d:\d\d:\d\d UTC \(only you see this\)\n +\*#2\* on the timeline/);
    return shown;
  }, 60_000);
  expect(told).toContain('Marks: Impact started');
  await type('as bo');
  expect(await type('look')).not.toContain('only you see this');
});

test('a button is pressed by its number, and its form is filled in', async () => {
  const reply = await type('/incident note Rolled back');
  const number = /\[(\d+)\] Change text/.exec(reply)?.[1];
  const form = await type(`press ${number}`);
  expect(shell.prompt).toContain('(form)');
  expect(form).toContain('  text: …');
  expect(await type('text: Rolled back to 1.41')).toBe('');
  await type('submit');
  expect(shell.prompt).not.toContain('(form)');
  expect(await type('/incident timeline')).toContain('Rolled back to 1.41');
});

test('the shortcut on a numbered message; errors stand beside their field; cancel leaves', async () => {
  const said = await type('The cache is cold');
  const number = /^ *(\d+) {2}ana/m.exec(said)?.[1];
  expect(await type(`add ${number}`)).toContain('milestones: … (impact_started | detected');
  await type('time: 25:61');
  expect(await type('submit')).toContain('  time: ');
  await type('cancel');
  expect(shell.prompt).not.toContain('(form)');
});

test('mistakes are said, and the shell goes on', async () => {
  expect(await type('press 999')).toBe('There is no button 999.');
  expect(await type('+:boom: 999')).toBe('There is no message 999 here.');
  expect(await type('in #nowhere')).toContain('sees no channel nowhere');
  expect(await type('/incident nonsense')).toContain('nonsense');
  expect(await type('help')).toContain('as NAME');
  expect(await shell.run('quit')).toBe(false);
});

afterAll(() => expect(printed.join('\n')).not.toContain('Error:'));
