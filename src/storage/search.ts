import { OPEN_STATUSES } from '../incident/lifecycle.ts';
import type { SearchTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { Prisma } from './client.ts';
import { visibleIncident, visibleTo } from './members.ts';
import { incidentOf } from './rows.ts';

/** Lists of incidents, page by page, of what the viewer may see. */
export const search = (db: Db): SearchTx => ({
  async listIncidents(teamId, viewer, { state, mine, severity, service }, { limit, offset }) {
    const own = [
      { declaredBy: viewer },
      { leadId: viewer },
      { roles: { some: { userId: viewer } } },
    ] satisfies Prisma.IncidentWhereInput[];
    const ofService = service === null ? null : await withService(db, teamId, service);
    const where: Prisma.IncidentWhereInput = {
      AND: [
        await visibleTo(db, teamId, viewer),
        state === 'open' ? { status: { in: [...OPEN_STATUSES] } } : {},
        mine ? { OR: own } : {},
        severity ? { severity } : {},
        ofService ? { id: { in: ofService } } : {},
      ],
    };
    const orderBy: Prisma.IncidentOrderByWithRelationInput[] =
      state === 'open' ? [{ severity: 'asc' }, { number: 'desc' }] : [{ number: 'desc' }];
    const rows = await db.incident.findMany({ where, orderBy, skip: offset, take: limit });
    return { items: rows.map((row) => incidentOf(row)), total: await db.incident.count({ where }) };
  },

  async findIncidents(teamId, viewer, words, { limit, offset }) {
    const all = words.flatMap(patterns);
    const where = Prisma.sql`i."teamId" = ${teamId} AND ${visibleIncident(viewer)} AND ${Prisma.join(
      words.map((word) => hasWord(teamId, patterns(word))),
      ' AND ',
    )}`;
    const hits = await db.$queryRaw<{ id: string; number: number | null; text: string | null }[]>(Prisma.sql`
      SELECT i.id, e.number, e.text FROM "Incident" i
      LEFT JOIN LATERAL (SELECT number, text FROM "Entry"
        WHERE "incidentId" = i.id AND "retractedAt" IS NULL AND text ILIKE ANY(${all}::text[])
        ORDER BY number LIMIT 1) e ON true
      WHERE ${where} ORDER BY i.number DESC LIMIT ${limit} OFFSET ${offset}`);
    const counted = await db.$queryRaw<{ total: bigint }[]>(
      Prisma.sql`SELECT count(*) AS total FROM "Incident" i WHERE ${where}`,
    );
    const rows = await db.incident.findMany({ where: { id: { in: hits.map(({ id }) => id) } } });
    const byId = new Map(rows.map((row) => [row.id, incidentOf(row)]));
    const items = hits.flatMap(({ id, number, text }) => {
      const incident = byId.get(id);
      return incident ? [{ incident, line: number === null || text === null ? null : { number, text } }] : [];
    });
    return { items, total: Number(counted[0]?.total ?? 0) };
  },
});

/** Capitals do not matter. */
async function withService(db: Db, teamId: string, service: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM "Incident" WHERE "teamId" = ${teamId}
      AND EXISTS (SELECT 1 FROM unnest(services) AS one WHERE lower(one) = lower(${service}))`);
  return rows.map(({ id }) => id);
}

/** The word anywhere in a text, its wildcards as letters; also as it is stored when it was typed in a form. */
function patterns(word: string): string[] {
  const unescaped = word.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return [...new Set([word, unescaped])].map((one) => `%${one.replace(/[\\%_]/g, '\\$&')}%`);
}

const hasWord = (teamId: string, like: string[]): Prisma.Sql => Prisma.sql`(i.title ILIKE ANY(${like}::text[])
  OR EXISTS (SELECT 1 FROM unnest(i.services) AS one WHERE one ILIKE ANY(${like}::text[]))
  OR i.id IN (SELECT line."incidentId" FROM "Entry" line JOIN "Incident" own ON own.id = line."incidentId"
    WHERE own."teamId" = ${teamId} AND line."retractedAt" IS NULL AND line.text ILIKE ANY(${like}::text[])))`;
