import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { readArguments } from '../../src/demo/arguments.ts';

const SCENARIOS = join(import.meta.dirname, '..', 'scenarios');
const directory = mkdtempSync(join(tmpdir(), 'debrief-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Run {
  code: number | null;
  output: string;
}

function demo(args: string[], { input = '', env = {} as Record<string, string> } = {}): Promise<Run> {
  const child = spawn(process.execPath, ['dist/demo/main.js', ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: inject('databaseUrl'),
      REDIS_URL: inject('redisUrl'),
      ...env,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  child.stdin.end(input);
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
}

async function query(sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A process that nobody has waited for yet counts as gone. */
function isRunning(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

async function databases(): Promise<string[]> {
  const rows = await query('select datname from pg_database');
  return rows.map(({ datname = '' }) => datname).filter((name) => name.startsWith('debrief_demo'));
}

describe('npm run demo', () => {
  test('--out writes the three forms of each scenario, and leaves given servers as they were', async () => {
    const name = '2025-07-22-activity-log';
    const run = await demo(['--scenario', join(SCENARIOS, `${name}.json`), '--out', directory]);
    expect(run.output).toContain(`written to ${join(directory, name)}/postmortem.md`);
    expect(run.code).toBe(0);
    const expected = JSON.parse(readFileSync(join(SCENARIOS, 'expected', `${name}.json`), 'utf8'));
    expect(JSON.parse(readFileSync(join(directory, name, 'postmortem.json'), 'utf8'))).toMatchObject(
      expected,
    );
    expect(readFileSync(join(directory, name, 'postmortem.md'), 'utf8')).toMatch(/^# INC-1: /);
    expect(readFileSync(join(directory, name, 'postmortem.html'), 'utf8')).toContain('</html>');
    expect(await databases()).toEqual([]);
  });

  test('a malformed scenario is refused before anything starts', async () => {
    const file = join(directory, 'bad.json');
    writeFileSync(file, '{"title": "x"}');
    const run = await demo(['--scenario', file, '--out', join(directory, 'none')]);
    expect(run.code).toBe(1);
    expect(run.output).toContain(`${file} is no scenario that can be replayed:`);
    expect(run.output).toContain('  - entries: ');
    expect(run.output).not.toContain('Starting');
    expect(existsSync(join(directory, 'none'))).toBe(false);
  });

  test('--shell takes its lines from standard input and ends with it', async () => {
    const run = await demo(['--shell'], { input: '/incident list\nas bo\nhello there\n' });
    expect(run.output).toContain('No incidents (open).');
    expect(run.output).toContain('bo #incidents> ');
    expect(run.output).toContain('hello there');
    expect(run.code).toBe(0);
  });

  test('killed, it leaves no bot behind', async () => {
    const child = spawn(process.execPath, ['dist/demo/main.js', '--shell'], {
      env: { DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl') },
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk) => `${chunk}`.includes('#incidents>') && resolve());
      child.once('exit', (code) => reject(new Error(`The demo ended with ${code} before its prompt.`)));
    });
    const found = spawnSync('pgrep', ['-P', String(child.pid), '-f', 'dist/main.js'], { encoding: 'utf8' });
    const bot = Number(found.stdout.trim());
    expect(bot).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await expect.poll(() => isRunning(bot), { timeout: 60_000 }).toBe(false);
    for (const name of await databases()) await query(`drop database "${name}" with (force)`);
  });

  test('--help, and an option that there is not', async () => {
    const help = await demo(['--help']);
    expect(help).toMatchObject({ code: 0, output: expect.stringContaining('--scenario FILE') });
    const wrong = await demo(['--scenaro', 'x']);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain("Unknown option '--scenaro'");
    expect(wrong.output).toContain('--scenario FILE');
  });

  test('servers that cannot be reached: one sentence, not a stack', async () => {
    const run = await demo(['--exit'], { env: { DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/z' } });
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/No database could be made there \(.*ECONNREFUSED/);
    expect(run.output).not.toContain('    at ');
  });
});

describe('readArguments', () => {
  test('scenarios may repeat', () => {
    expect(readArguments(['--scenario', 'a.json', '--scenario', 'b.json', '--out', 'o'])).toEqual({
      scenarios: ['a.json', 'b.json'],
      out: 'o',
      shell: false,
      exit: false,
      help: false,
    });
  });

  test.each([
    [['--shell', '--exit'], /--shell waits/],
    [['--scenario', 'x/a.json', '--scenario', 'y/a.json', '--out', 'o'], /Two scenarios are called a/],
    [['a.json'], /positional/i],
  ])('%j is refused', (args, message) => expect(() => readArguments(args)).toThrow(message));
});
