import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { schemaFile, withTables } from '../scripts/readme.ts';
import { postmortemJsonSchema } from '../src/postmortem/render/json-schema.ts';
import { readTime } from '../src/time/read.ts';

const root = join(import.meta.dirname, '..');
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];

it('has the commands and milestones that the bot has (npm run readme writes them)', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  expect(readme).toBe(withTables(readme));
});

it('publishes the schema that the exports follow, and an example that follows it', async () => {
  expect(await readFile(join(root, 'docs/postmortem.schema.json'), 'utf8')).toBe(schemaFile());
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const example = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(
    postmortemJsonSchema.partial().required({ schema: true }).safeParse(JSON.parse(example)),
  ).toMatchObject({ success: true });
});

it('says so when the place for a table is missing', () => {
  expect(() => withTables('# Debrief')).toThrow('no place for the table commands');
});

it.each(documents)('links nothing in %s that is not there', async (document) => {
  const text = await readFile(join(root, document), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  const files = links.filter((link) => !/^https?:/.test(link));
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

it.each(documents)('names only npm scripts in %s that exist', async (document) => {
  const text = await readFile(join(root, document), 'utf8');
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const named = [...text.matchAll(/\bnpm (?:run (?:-s )?([a-z:-]+)|(test|start)\b)/g)].map(
    (match) => match[1] ?? match[2],
  );
  expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
});

it('gives examples of typed times that are read, and of one that is none', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const section = readme.split('### How times are read\n')[1]?.split('\n#')[0] ?? '';
  const cells = [...section.matchAll(/^\| ([^|]*`[^|]*) \|/gm)].map((match) => match[1] ?? '');
  const examples = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  const now = Date.parse('2026-11-24T15:00:00Z');
  const context = { now, zone: 'America/New_York', retrospective: false, entryAt: () => now - 3_600_000 };
  const refused = examples.filter((text) => readTime(text, context).kind === 'refusal');
  expect(examples.length).toBeGreaterThan(12);
  expect(refused).toEqual(['403']);
});
