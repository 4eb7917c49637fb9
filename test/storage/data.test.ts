import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/incident/settings.ts';
import { BY_RULE } from '../../src/incident/windows.ts';
import { NOBODYS, partsOfTeam } from '../../src/storage/data/belonging.ts';
import { dump, restore } from '../../src/storage/data/dump.ts';
import { countTeam, eraseIncidents, eraseTeam } from '../../src/storage/data/erase.ts';
import { exportData } from '../../src/storage/data/export.ts';
import { wordsOf } from '../../src/storage/data/names.ts';
import { forgetPerson } from '../../src/storage/data/person.ts';
import { createInbox } from '../../src/storage/inbox.ts';
import { createPeopleStore } from '../../src/storage/people.ts';
import { createStandstills } from '../../src/storage/standstills.ts';
import { merge } from '../../src/usecases/merge.ts';
import { relate } from '../../src/usecases/relate.ts';
import { reopen } from '../../src/usecases/reopen.ts';
import { resolve } from '../../src/usecases/resolve.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const NOW = world.clock.now();
const ANA = 'U1ANA';
const tables = async () =>
  (
    await database.sql<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`,
    )
  ).map(({ name }) => name);

/** Every row of the database as text, by table. */
async function everything(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of await tables()) {
    const rows = await database.sql<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM "${table}" t`);
    all[table] = rows.map(({ text }) => text);
  }
  return all;
}

const naming = async (word: string): Promise<string[]> =>
  Object.entries(await everything()).flatMap(([table, rows]) =>
    rows.filter((row) => row.includes(word)).map((row) => `${table}: ${row.slice(0, 300)}`),
  );

/** A workspace with a row in every table, by Ana, about Ana, with Ben beside. */
async function fill(teamId: string) {
  const person = (userId: string) => world.person(userId, 'UTC', teamId);
  const [ana, ben] = [person(ANA), person('U2BEN')];
  const people = createPeopleStore(database.prisma);
  await people.put(teamId, ANA, { name: 'ana_b. (sre)', zone: 'UTC' }, NOW);
  await people.put(teamId, 'U2BEN', { name: 'ben', zone: 'UTC' }, NOW);
  const incident = await opened(ana, { leadId: ANA });
  const { id } = incident;
  const { entry } = await noted(ana, incident, 'Failover by <@U1ANA>, not by <@U1ANA2>', {
    milestones: ['detected'],
  });
  const other = await opened(ben);
  await ben((scope) => relate(scope, { ref: { id }, to: other.number }));
  const by = ANA;
  const facts = { by } as never;
  await ana(async ({ tx }) => {
    await tx.addRevision(entry.id, by, NOW, 'text', { by }, { text: '<@U1ANA>' });
    await tx.addWindow(id, by, NOW, { ...BY_RULE, from: NOW, fromEntryId: entry.id });
    await tx.setCustomers(id, by, NOW, 'api', 'all');
    await tx.addFactor(id, by, NOW, 'A factor');
    await tx.addAction(id, by, NOW, { text: 'Do', ownerId: by, due: null });
    await tx.writeSection(id, by, NOW, 'summary', 'Words of <@U1ANA>');
    await tx.addActivity(id, by, NOW, '<@U1ANA> leads');
    await tx.addRead(id, by, 'page', NOW);
    await tx.setRole(id, { role: 'scribe', userId: by }, by, NOW);
    const markdown = 'Led by ana\\_b. \\(sre\\), noted by ben. By then all was well.';
    const draft = await tx.addDraft(id, NOW, {
      markdown,
      data: { lead: by, lines: [{ author: 'ana_b. (sre)' }], markdown: `Paged:\n${by}` },
      facts,
      reason: 'x',
    });
    const page = { draft: { edited: { by: 'ana_b. (sre)' } }, checks: [], dismissed: [] } as never;
    await tx.addPublication(draft.id, { at: NOW, by, unfinished: [], version: draft.number, page });
    const request = { round: 1, reviewerId: by, askedBy: by, askedAt: NOW, message: '', version: 1 };
    await tx.askReview(draft.id, request);
    await tx.keepOpened(id, 'summary', { base: markdown, facts }, NOW);
    await tx.addSectionVersion(id, {
      section: 'summary',
      base: markdown,
      text: 'ana_b. (sre) did it',
      facts,
      by,
      at: NOW,
    });
    await tx.dismissCheck(id, { key: 'k', reason: 'no', by, at: NOW });
    await tx.setTimer(incident, NOW, { kind: 'archive' }, NOW);
    await tx.addNudge({ incidentId: id, keys: ['lead'], stage: 'lead', to: by, at: NOW });
    await tx.addUpdate(id, { text: 'x', impact: '', by, at: NOW, nextBy: null, entryId: entry.id });
    await tx.subscribe(teamId, by, { kind: 'service', value: 'api' }, NOW);
    await tx.openHome(teamId, by, NOW);
    await tx.addChoice({ teamId, userId: by, request: { by }, readings: [] }, NOW);
    await tx.setMembers(teamId, incident.channelId, [by, 'U2BEN'], '1.0');
    const reaction = { emoji: 'pushpin', userId: by, present: true, eventTs: '1.0' };
    await tx.setReaction(teamId, { channelId: incident.channelId, messageTs: '1.0', ...reaction });
    const settings = { ...DEFAULT_SETTINGS, managers: [by, 'U2BEN'], escalation: [by] };
    await tx.saveSettings(teamId, by, NOW, settings, 0);
  });
  await ana((scope) => scope.send(id, { kind: 'invite', userId: by }));
  await createStandstills(database.prisma).begin(teamId, 'account_inactive', NOW, null);
  const inbox = createInbox(database.prisma);
  const row = await inbox.receive(`c:${teamId}:${by}:x`, 'command', { user_id: by, user_name: 'ana' }, NOW);
  await inbox.done(row ?? 0n, NOW);
  await inbox.receive(`c:${teamId}:U2BEN:x`, 'command', { user_id: 'U2BEN' }, NOW);
  await database.sql(
    `INSERT INTO "Installation" ("teamId", "teamName", "botId", "botUserId", token, "installedBy", "installedAt")
     VALUES ($1, 'Acme', 'B1', 'U9BOT', 'sealed-token', $2, now())`,
    [teamId, by],
  );
  await database.sql(
    `INSERT INTO "Reconciling" ("incidentId", "nextAt", "updatedAt", todo) VALUES ($1, now(), now(), '{x}')`,
    [id],
  );
  return { id, other };
}

const one: Record<string, Awaited<ReturnType<typeof fill>>> = {};
beforeAll(async () => {
  for (const team of ['T1TEAM', 'T2OTHER', 'T3KEPT']) one[team] = await fill(team);
});

describe('the data of a workspace', () => {
  it('is in tables that are all known, each with rows here', async () => {
    const known = [...new Set(partsOfTeam('T1TEAM').map(({ table }) => table))];
    expect([...known, ...NOBODYS].sort()).toEqual((await tables()).sort());
    expect(Object.keys(await countTeam(database.prisma, 'T1TEAM')).sort()).toEqual(known.sort());
  });

  it('is exported whole, row by row, without tokens, and nobody else’s with it', async () => {
    const lines: string[] = [];
    const rows = await exportData(database.prisma, { teamId: 'T1TEAM', userId: null }, (line) =>
      lines.push(line),
    );
    expect(rows).toBe(lines.length);
    const parsed = lines.map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> });
    expect(new Set(parsed.map(({ table }) => table))).toEqual(
      new Set(partsOfTeam('T1TEAM').map(({ table }) => table)),
    );
    expect(lines.join('\n')).not.toMatch(/sealed-token|T2OTHER|T3KEPT/);
    const text = parsed.find(({ table }) => table === 'Entry')?.row.text;
    expect(text).toBe('Failover by <@U1ANA>, not by <@U1ANA2>');
  });

  it('is deleted whole; the others’ stays to the letter', async () => {
    const others = (await naming('T3KEPT')).length;
    const before = await everything();
    const { id, other } = one.T2OTHER ?? {};
    await eraseTeam(database.prisma, 'T2OTHER');
    for (const word of ['T2OTHER', id ?? '', other?.id ?? '']) expect(await naming(word)).toEqual([]);
    expect(await countTeam(database.prisma, 'T2OTHER')).toEqual({});
    expect((await naming('T3KEPT')).length).toBe(others);
    // A third of the rows is gone, in each table the same.
    const after = await everything();
    for (const { table } of partsOfTeam('T1TEAM'))
      expect((after[table]?.length ?? 0) * 3, table).toBe((before[table]?.length ?? 0) * 2);
  });
});

describe('the data of a person', () => {
  it('is exported: every row that names them, and no other', async () => {
    const lines: string[] = [];
    await exportData(database.prisma, { teamId: 'T1TEAM', userId: ANA }, (line) => lines.push(line));
    expect(lines.length).toBeGreaterThan(25);
    for (const line of lines) expect(line).toMatch(/U1ANA(?!\w)/);
    expect(lines.some((line) => line.includes('"table":"EntryRevision"'))).toBe(true);
  });

  it('is forgotten: a pseudonym stands in their place, in every table, and others stay', async () => {
    const pseudonym = await forgetPerson(database.prisma, { teamId: 'T1TEAM', userId: ANA });
    expect(pseudonym).toMatch(/^U[A-Z0-9]+$/);
    const here: string[] = [];
    await exportData(database.prisma, { teamId: 'T1TEAM', userId: null }, (line) => here.push(line));
    const all = here.join('\n');
    expect(all).not.toMatch(/U1ANA(?!2)|ana\\*_b|\(sre/);
    expect(all).toContain(`Failover by <@${pseudonym}>, not by <@U1ANA2>`);
    expect(all).toContain('noted by ben. By then all was well.');
    expect(all).toContain(`Former member ${pseudonym.slice(-4)} did it`);
    expect(all).toContain(`["${pseudonym}","U2BEN"]`);
    expect(all).toContain('"user_id":"U2BEN"');
    const record = await world.record(one.T1TEAM?.id ?? '');
    expect(record.incident.leadId).toBe(pseudonym);
    expect(record.people[pseudonym]).toMatch(/^Former member/);
    // Elsewhere that is somebody else.
    expect((await naming('T3KEPT')).some((row) => row.includes(ANA))).toBe(true);
  });

  it.each([['42'], ['true'], ['null'], ['text'], ['title'], ['A "quoted" \\ one_$&_(sre)'], ['a\\b']])(
    'is forgotten where they called themselves %s, and drafts stay what they are',
    async (called) => {
      const teamId = `T${randomUUID().slice(0, 8).toUpperCase()}`;
      const ana = world.person(ANA, 'UTC', teamId);
      await createPeopleStore(database.prisma).put(teamId, ANA, { name: called, zone: 'UTC' }, NOW);
      const { id } = await opened(ana);
      const escaped = (name: string) => name.replace(/[^\w ]|_/g, '\\$&');
      const markdown = (by: string) =>
        `Led by ${escaped(by)}.\n${escaped(by)} and x${escaped(called)} did it.`;
      const data = (by: string) => ({
        schema: 42,
        private: true,
        url: null,
        lines: [{ at: '2026-03-10T14:42Z', number: 42, text: `Word of ${by}\n${by}: done`, author: by }],
        sections: [{ key: 'title', title: 'Summary', markdown: markdown(by) }],
      });
      const note = (by: string) => [{ type: 'paragraph', children: [{ type: 'text', value: `By ${by}.` }] }];
      const page = (by: string) => ({ draft: { title: 'Fails', note: note(by) }, checks: [], dismissed: [] });
      await ana(async ({ tx }) => {
        const draft = { markdown: markdown(called), data: data(called), facts: {} as never, reason: 'x' };
        const { id: postmortemId } = await tx.addDraft(id, NOW, draft);
        const frozen = page(called) as never;
        await tx.addPublication(postmortemId, { at: NOW, by: ANA, unfinished: [], version: 1, page: frozen });
      });
      const gone = `Former member ${(await forgetPerson(database.prisma, { teamId, userId: ANA })).slice(-4)}`;
      const stored = await database.sql(
        `SELECT v.markdown, v.data, p.page FROM "PostmortemVersion" v
       JOIN "Publication" p USING ("postmortemId") JOIN "Postmortem" m ON m.id = v."postmortemId"
       WHERE m."incidentId" = $1`,
        [id],
      );
      expect(stored).toEqual([{ markdown: markdown(gone), data: data(gone), page: page(gone) }]);
    },
  );

  it('is looked for once where the name is all backslashes', () => {
    // Each of thirty by itself would be tried with all that others leave: it would never end.
    expect(wordsOf(`${'\\'.repeat(30)}b`).source).toBe(wordsOf('\\b').source);
    expect(`${'\\'.repeat(100)}b and \\a`.replace(wordsOf('\\\\b'), 'x')).toBe('x and \\a');
  });

  it('is not changed half: what is on record stays so without the command', async () => {
    await expect(database.sql(`UPDATE "Activity" SET by = 'x'`)).rejects.toThrow(/append-only/);
    await expect(database.sql(`DELETE FROM "Read"`)).rejects.toThrow(/append-only/);
  });
});

describe('an incident', () => {
  it('is deleted with all that hangs on it; one merged into it stays', async () => {
    const ana = world.person(ANA, 'UTC', 'T3KEPT');
    const { id, other } = one.T3KEPT ?? {};
    await ana(({ tx }) =>
      tx.updateIncident(other?.id ?? '', { mergedIntoId: id ?? '', status: 'merged', closedAt: NOW }),
    );
    await database.prisma.$transaction((db) => eraseIncidents(db, [id ?? randomUUID()]));
    expect(await naming(id ?? '')).toEqual([]);
    expect((await world.record(other?.id ?? '')).incident).toMatchObject({
      mergedIntoId: null,
      status: 'canceled',
    });
    expect(await naming('Failover by')).toHaveLength(1);
  });

  it('is deleted though windows of one that was opened again and merged into it point at its lines', async () => {
    const ana = world.person(ANA, 'UTC', 'T4MERGED');
    const [kept, gone] = [await opened(ana), await opened(ana)];
    await ana((scope) => resolve(scope, { ref: { id: gone.id }, text: '' }));
    await noted(ana, kept, '13:30 Errors', { milestones: ['impact_started'] });
    await ana((scope) => resolve(scope, { ref: { id: kept.id }, text: '' }));
    await ana((scope) => reopen(scope, { ref: { id: kept.id } }));
    await ana((scope) => merge(scope, { ref: { id: kept.id }, into: gone.number }));
    const windows = (incidentId: string) =>
      database.sql<{ ended: boolean }>(
        `SELECT "toEntryId" IS NOT NULL AS ended FROM "ImpactWindow" WHERE "incidentId" = $1`,
        [incidentId],
      );
    expect(await windows(kept.id)).toContainEqual({ ended: true });
    await database.prisma.$transaction((db) => eraseIncidents(db, [gone.id]));
    expect(await windows(kept.id)).not.toContainEqual({ ended: true });
    expect((await world.record(kept.id)).incident.status).toBe('canceled');
  });
});

it('a dump that lacks lines is refused, at its end and in its middle', async () => {
  const lines: string[] = [];
  await dump(database.prisma, (line) => lines.push(line));
  const restored = (some: string[]) => restore(database.prisma, Readable.from(some));
  await expect(restored(lines.slice(0, -10))).rejects.toThrow(
    /not whole: its last line .* Nothing was restored/,
  );
  await expect(restored(lines.toSpliced(5, 1))).rejects.toThrow(/not whole: it says \d+ rows/);
  await expect(restored(lines)).rejects.toThrow(/not empty/);
});
