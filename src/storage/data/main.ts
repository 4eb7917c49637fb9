import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openPrisma } from '../client.ts';
import { dump, restore } from './dump.ts';
import { countTeam, eraseTeam } from './erase.ts';
import { exportData } from './export.ts';
import { forgetPerson } from './person.ts';

// npm run data: what an operator does with a workspace's or a person's data. The output is data, all else goes to stderr.
const USAGE = `npm run -s data -- export TEAM [USER] > data.ndjson
npm run -s data -- dump > debrief.ndjson
npm run -s data -- restore < debrief.ndjson
npm run -s data -- delete TEAM --yes
npm run -s data -- forget TEAM USER --yes

TEAM and USER are Slack's ids, such as T0123ABCD and U0123ABCD. The database is that of DATABASE_URL.`;

const [verb, teamId = '', userId = null] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const sure = process.argv.includes('--yes');
const { DATABASE_URL } = process.env;

function end(words: string, code: number): never {
  console.error(words);
  process.exit(code);
}

/** Waits for whoever reads. */
async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

/** Begins to read when it is asked: lines that nobody waits for are gone. */
async function* lines(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin });
}

const whole = verb === 'dump' || verb === 'restore';
if (!whole && !/^[TE][A-Z0-9]+$/.test(teamId)) end(USAGE, 1);
if (userId !== null && !/^[UW][A-Z0-9]+$/.test(userId)) end(USAGE, 1);
if (!DATABASE_URL) end('Set DATABASE_URL.', 1);
const prisma = openPrisma(DATABASE_URL, 2, null);
try {
  if (verb === 'dump') {
    const rows = await dump(prisma, print);
    console.error(`Wrote ${rows} rows.`);
  } else if (verb === 'restore') {
    const rows = await restore(prisma, lines());
    console.error(`Restored ${rows} rows.`);
  } else if (verb === 'export') {
    const rows = await exportData(prisma, { teamId, userId }, print);
    console.error(`Wrote ${rows} rows.`);
  } else if (verb === 'delete' && userId === null) {
    const counts = sure ? await eraseTeam(prisma, teamId) : await countTeam(prisma, teamId);
    const rows = Object.entries(counts).map(([table, count]) => `  ${table}: ${count}`);
    const words = sure ? 'Deleted:' : 'Nothing is deleted yet. With --yes this goes, and does not come back:';
    console.error([words, ...(rows.length > 0 ? rows : ['  nothing'])].join('\n'));
  } else if (verb === 'forget' && userId !== null) {
    if (sure) {
      const pseudonym = await forgetPerson(prisma, { teamId, userId });
      console.error(`Forgotten. ${pseudonym} stands in place of ${userId}.`);
    } else {
      const rows = await exportData(prisma, { teamId, userId }, () => undefined);
      console.error(`Nothing is changed yet. ${rows} rows name ${userId}: say it again with --yes.`);
    }
  } else end(USAGE, 1);
} finally {
  await prisma.$disconnect();
}
