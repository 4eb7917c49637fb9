import type { Publication, Said, SectionKey, Write } from '../postmortem/document-types.ts';
import type { FrozenPage } from '../postmortem/postmortem.ts';
import { draftSection } from '../postmortem/render/check-note.ts';
import type { Facts } from '../postmortem/types.ts';
import type { PublicationTx } from '../usecases/ports.ts';
import { ITSELF } from '../usecases/types.ts';
import { type Db, Prisma } from './client.ts';
import type * as Row from './generated/client.ts';
import { date, instant, json } from './rows.ts';

/** Rows of what was published, and where it was posted. */
export const publications = (db: Db): PublicationTx => ({
  async addPublication(postmortemId, { at, by, unfinished, version, page }) {
    const { draft, checks, dismissed } = page;
    await db.publication.create({
      data: {
        postmortemId,
        at: date(at),
        by,
        unfinished: json(unfinished),
        version,
        page: json({ draft, checks, dismissed }),
      },
    });
  },

  async publishedVersions(postmortemId) {
    const rows = await db.publication.findMany({
      where: { postmortemId, version: { not: null } },
      select: { version: true, at: true, by: true },
      orderBy: { id: 'desc' },
    });
    return rows.flatMap(({ version, at, by }) =>
      version === null ? [] : [{ version, at: instant(at), by }],
    );
  },

  async frozenPage(postmortemId, version) {
    const row = await db.publication.findFirst({
      where: { postmortemId, version, page: { not: Prisma.AnyNull } },
      include: { frozen: { select: { facts: true } } },
    });
    // Written by addPublication and addDraft, and by nothing else.
    const facts = row?.frozen?.facts as unknown as Facts | undefined;
    return row && facts ? { ...(row.page as unknown as FrozenPage), facts } : null;
  },

  async versionSaid(postmortemId, number) {
    const row = await db.postmortemVersion.findUnique({
      where: { postmortemId_number: { postmortemId, number } },
    });
    return row && { ...saidOf(row), at: instant(row.at) };
  },

  writesSince: (incidentId, since) => writesSince(db, incidentId, since),

  async post(id) {
    const row = await db.postmortem.findUniqueOrThrow({ where: { id } });
    const { state, postChannel: channelId, postTs: ts, toldVersion } = row;
    return { state, message: channelId && ts ? { channelId, ts } : null, toldVersion };
  },

  async setPost(id, { message, toldVersion }) {
    const data = {
      ...(message !== undefined && { postChannel: message?.channelId ?? null, postTs: message?.ts ?? null }),
      ...(toldVersion !== undefined && { toldVersion }),
    };
    await db.postmortem.update({ where: { id }, data });
  },
});

/** The latest publishing, what its version says and what people wrote since. */
export async function publicationOf(
  db: Db,
  incidentId: string,
  row: (Row.Publication & { frozen: Row.PostmortemVersion | null }) | undefined,
): Promise<Publication | null> {
  if (!row) return null;
  const at = instant(row.at);
  return {
    at,
    by: row.by,
    unfinished: row.unfinished as unknown as Publication['unfinished'],
    version: row.version,
    frozen: row.frozen && saidOf(row.frozen),
    since: await writesSince(db, incidentId, at),
  };
}

// Both are written by addDraft, from what buildPostmortem made.
const saidOf = ({ facts, data }: Row.PostmortemVersion): Said => ({
  facts: facts as unknown as Facts,
  sections: ((data as { sections?: Said['sections'] }).sections ?? []).map(({ key, markdown }) => ({
    key,
    markdown,
  })),
});

/** Whatever can move a figure, with no section; and what people wrote for one. */
async function writesSince(db: Db, incidentId: string, since: number): Promise<Write[]> {
  const id = Prisma.sql`${incidentId}::uuid`;
  const after = date(since);
  const rows = await db.$queryRaw<{ section: string | null; by: string; at: Date }[]>(Prisma.sql`
    SELECT * FROM (
      SELECT "incidentId", NULL AS section, "capturedBy" AS by, "recordedAt" AS at FROM "Entry"
      UNION ALL SELECT e."incidentId", NULL, r.by, r.at FROM "EntryRevision" r JOIN "Entry" e ON e.id = r."entryId"
      UNION ALL SELECT "incidentId", NULL, "markedBy", "markedAt" FROM "Mark"
      UNION ALL SELECT "incidentId", NULL, "retiredBy", "retiredAt" FROM "Mark"
      UNION ALL SELECT "incidentId", NULL, "addedBy", "addedAt" FROM "ImpactWindow"
      UNION ALL SELECT "incidentId", section, by, at FROM "SectionEdit"
      UNION ALL SELECT "incidentId", name, by, at FROM "SectionText"
      UNION ALL SELECT "incidentId", 'customers', by, at FROM "CustomerImpact"
      UNION ALL SELECT "incidentId", 'factors', by, at FROM "Factor"
      UNION ALL SELECT "incidentId", 'prevention', by, at FROM "ActionItem"
      UNION ALL SELECT "incidentId", 'services', by, at FROM "Activity" WHERE subject = 'services'
      UNION ALL SELECT "incidentId", 'customers', by, at FROM "Activity" WHERE subject = 'regions'
    ) AS written WHERE "incidentId" = ${id} AND at > ${after} AND by <> ${ITSELF}`);
  return rows.flatMap(({ section, by, at }): Write[] => {
    const key: SectionKey | null | undefined = section === null ? null : draftSection({ section });
    return key === undefined ? [] : [{ section: key, by, at: instant(at) }];
  });
}
