import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { makeWorld, opened } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');

/** Rows that came over the wire from each table, while that was done. */
async function rowsOf(tables: string[], work: () => Promise<unknown>): Promise<Record<string, number>> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    const counts = Object.fromEntries(tables.map((table) => [table, 0]));
    for (const [at, [asked]] of query.mock.calls.entries()) {
      const { text = '' } = asked as unknown as { text?: string };
      const came: { rows: unknown[] } | undefined = await query.mock.results[at]?.value;
      for (const table of tables.filter((one) => text.includes(`"${one}"`)))
        counts[table] = (counts[table] ?? 0) + (came?.rows.length ?? 0);
    }
    return counts;
  } finally {
    query.mockRestore();
  }
}

it('a draft that was saved often is read without what it was before', async () => {
  const { id: incidentId } = await opened(ana);
  const facts = {} as never;
  const postmortemId = await ana(async ({ tx, now }) => {
    const draft = { markdown: 'x', data: {}, facts, reason: 'x' };
    const { id } = await tx.addDraft(incidentId, now, draft);
    const page = { draft: {}, checks: [], dismissed: [] } as never;
    for (let number = 1; number <= 3; number++) {
      await tx.addDraft(incidentId, now, draft);
      await tx.addPublication(id, { at: now, by: 'U1ANA', unfinished: [], version: number, page });
    }
    await tx.setPostmortemState(id, 'published');
    return id;
  });
  for (const [table, text] of [
    ['SectionEdit', `"incidentId", section, version, base, text, facts`],
    ['SectionText', `"incidentId", name, version, text`],
  ] as const)
    for (const name of ['summary', 'resolution'])
      await database.sql(
        `INSERT INTO "${table}" (${text}, by, at) SELECT $1, $2, n, 'Text ' || n
         ${table === 'SectionEdit' ? `, 'Text ' || n, '{}'` : ''}, 'U1ANA', '2026-01-01' FROM generate_series(1, 300) AS n`,
        [incidentId, name],
      );
  let found = await world.read((tx) => tx.postmortem({ id: postmortemId }));
  const counts = await rowsOf(
    ['SectionEdit', 'SectionText', 'Publication', 'PostmortemVersion'],
    async () => {
      found = await world.read((tx) => tx.postmortem({ id: postmortemId }));
    },
  );
  expect(counts).toEqual({ SectionEdit: 2, SectionText: 2, Publication: 1, PostmortemVersion: 2 });
  expect(found?.edits.map(({ section, version, text }) => [section, version, text]).sort()).toEqual([
    ['resolution', 300, 'Text 300'],
    ['summary', 300, 'Text 300'],
  ]);
  expect(found?.record.incident.summary).toBe('Text 300');
  expect(found?.record.sections).toEqual({ resolution: 'Text 300' });
});
