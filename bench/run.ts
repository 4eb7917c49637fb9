import { botRows } from './bot.ts';
import { draftRows } from './drafts.ts';
import { markdownTable } from './table.ts';
import { textRows } from './texts.ts';

/** `npm run bench`: one table. The ratios of one run may be compared, its absolute figures only with themselves. */
const log = (line: string) => process.stderr.write(`${line}\n`);
const rows = await botRows(log);
log('Texts');
rows.unshift(...textRows());
log('Drafts');
rows.push(...draftRows());
process.stdout.write(`${markdownTable(rows)}\n`);
