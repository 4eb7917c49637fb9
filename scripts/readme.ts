// npm run readme: writes the tables of the README, and the JSON schema, anew from what the bot itself uses.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { COMMANDS } from '../src/incident/commands.ts';
import { MILESTONE_WORDS, MILESTONES } from '../src/incident/milestones.ts';
import { publishedSchema } from '../src/postmortem/render/json-schema.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../docs/postmortem.schema.json', import.meta.url));

const TABLES: Record<string, () => string> = {
  commands: () =>
    table(
      ['After `/incident`', 'Does'],
      COMMANDS.map(({ usage, help }) => [`\`${usage}\``, help]),
    ),
  milestones: () =>
    table(
      ['Milestone', 'Command', 'Reaction'],
      MILESTONES.map((key) => [
        MILESTONE_WORDS[key].label,
        `\`${MILESTONE_WORDS[key].command}\``,
        `:${MILESTONE_WORDS[key].emoji}: \`:${MILESTONE_WORDS[key].emoji}:\``,
      ]),
    ),
};

/** Returns `readme` with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced by the table NAME. */
export function withTables(readme: string): string {
  return Object.entries(TABLES).reduce((text, [name, make]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [start, end] = [text.indexOf(open), text.indexOf(close)];
    if (start < 0 || end < start) throw new Error(`The README has no place for the table ${name}.`);
    return `${text.slice(0, start + open.length)}\n\n${make()}\n\n${text.slice(end)}`;
  }, readme);
}

/** What `docs/postmortem.schema.json` holds. */
export const schemaFile = (): string => `${JSON.stringify(publishedSchema(), null, 2)}\n`;

function table(head: string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(README, withTables(await readFile(README, 'utf8')));
  await writeFile(SCHEMA, schemaFile());
}
