import type { Db } from '../client.ts';
import { Prisma } from '../client.ts';
import { partsOfTeam } from './belonging.ts';
import { name } from './erase.ts';
import { rowsOf } from './stream.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Where drafts stand, as text or as data. Their facts hold lines as they were typed: those stay. Rows are never updated. */
const DRAFTS = [
  { table: 'PostmortemVersion', text: ['markdown'], data: ['data'] },
  { table: 'Publication', text: [], data: ['page'] },
  { table: 'SectionEdit', text: ['base', 'text'], data: [] },
  { table: 'SectionOpened', text: ['base'], data: [] },
];

/** In data, words stand under these keys; under all others what programs read: kinds, times, ids, addresses. */
const WORDS = new Set(
  'alt author base by capturedBy excerpt generated markdown message owner reason text theirs title value'.split(
    ' ',
  ),
);

/** Puts `by` in place of a person's display name, wherever it stands as words in drafts, escaped for Markdown or not. */
export async function replaceName(db: Db, teamId: string, called: string, by: string): Promise<void> {
  if (called.replaceAll('\\', '').trim() === '') return;
  const pattern = wordsOf(called);
  const replace = (text: string) => text.replace(pattern, () => by);
  const inData = (text: string) => JSON.stringify(inWords(JSON.parse(text), replace));
  for (const { table, text, data } of DRAFTS) {
    for (const column of text) await rewrite(db, teamId, { table, column, type: 'text' }, called, replace);
    for (const column of data) await rewrite(db, teamId, { table, column, type: 'jsonb' }, called, inData);
  }
}

async function rewrite(
  db: Db,
  teamId: string,
  { table, column, type }: { table: string; column: string; type: 'text' | 'jsonb' },
  called: string,
  change: (text: string) => string,
): Promise<void> {
  const where = partsOfTeam(teamId).find((part) => part.table === table)?.where ?? Prisma.sql`false`;
  const text = Prisma.sql`${name(column)}::text`;
  const rows = rowsOf<{ at: string; text: string }>(
    db,
    Prisma.sql`SELECT ctid::text AS at, ${text} AS text FROM ${name(table)}
      WHERE (${where}) AND strpos(${text}, ${longestPlain(called)}) > 0`,
  );
  for await (const row of rows) {
    const changed = change(row.text);
    if (changed !== row.text)
      await db.$executeRaw(Prisma.sql`UPDATE ${name(table)}
        SET ${name(column)} = ${changed}::${Prisma.raw(type)} WHERE ctid = ${row.at}::tid`);
  }
}

function inWords(data: Json, replace: (text: string) => string, isWords = false): Json {
  if (typeof data === 'string') return isWords ? replace(data) : data;
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map((one) => inWords(one, replace, isWords));
  const entries = Object.entries(data).map(([key, one]) => [key, inWords(one, replace, WORDS.has(key))]);
  return Object.fromEntries(entries);
}

/**
 * The name by itself, not in the middle of a word; Markdown may have put backslashes before its signs. Backslashes of
 * its own are as many as one likes: no two repetitions stand side by side, and none begins within a run of them.
 */
export function wordsOf(called: string): RegExp {
  const pattern = called.replace(/\\+(?=[\p{L}\p{N} ]|$)|\\*([^\p{L}\p{N} \\])/gu, (_, sign?: string) =>
    sign ? `\\\\*${sign.replace(/[\\^$.|?*+()[\]{}/]/, '\\$&')}` : '\\\\+',
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?<!\\\\(?=\\\\))${pattern}(?![\\p{L}\\p{N}])`, 'gu');
}

/** The part of a name that is the same whatever escapes it. */
function longestPlain(called: string): string {
  const parts = called.split(/[^\p{L}\p{N} ]/u);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
