import { createHash, randomUUID } from 'node:crypto';
import { type Settings, templateOf } from '../incident/settings.ts';
import type { SectionKey } from '../postmortem/document-types.ts';
import type { SectionVersion } from '../postmortem/postmortem.ts';
import type { Facts } from '../postmortem/types.ts';
import type { DraftTx } from '../usecases/ports.ts';
import type { PostmortemVersion } from '../usecases/types.ts';
import { type Db, Prisma } from './client.ts';
import type * as Row from './generated/client.ts';
import { readRecord } from './incidents.ts';
import { publicationOf } from './publications.ts';
import { requestOf } from './reviews.ts';
import { date, instant, json } from './rows.ts';
import { settings } from './settings.ts';
import { latestVersions } from './versions.ts';

/** Rows of postmortems: versions of the draft, people's versions of its sections, checks put aside. */
export const drafts = (db: Db, defaults: Settings): DraftTx => ({
  async addDraft(incidentId, at, { markdown, data, facts, reason }) {
    const postmortem = await db.postmortem.upsert({
      where: { incidentId },
      create: { id: randomUUID(), incidentId, createdAt: date(at) },
      update: {},
    });
    const { id } = postmortem;
    const last = await db.postmortemVersion.aggregate({
      where: { postmortemId: id },
      _max: { number: true },
    });
    const number = (last._max.number ?? 0) + 1;
    const row = await db.postmortemVersion.create({
      data: {
        postmortemId: id,
        number,
        markdown,
        data: json(data),
        facts: json(facts),
        at: date(at),
        reason,
      },
    });
    return versionOf({ ...row, postmortem }, incidentId);
  },

  async draft(incidentId, number) {
    const where = { postmortem: { incidentId }, ...(number !== undefined && { number }) };
    const row = await db.postmortemVersion.findFirst({
      where,
      orderBy: { number: 'desc' },
      include: { postmortem: true },
    });
    return row && versionOf(row, incidentId);
  },

  async drafts(incidentId) {
    const where = { postmortem: { incidentId } };
    const rows = await db.postmortemVersion.findMany({
      where,
      orderBy: { number: 'desc' },
      select: { number: true, at: true, reason: true },
    });
    return rows.map(({ at, ...row }) => ({ ...row, at: instant(at) }));
  },

  async postmortem(by) {
    const row = await db.postmortem.findUnique({
      where: by,
      include: {
        versions: { orderBy: { number: 'desc' }, take: 1, select: { number: true } },
        published: { orderBy: { id: 'desc' }, take: 1, include: { frozen: true } },
        reviews: { orderBy: [{ round: 'asc' }, { askedAt: 'asc' }, { reviewerId: 'asc' }] },
      },
    });
    if (!row) return null;
    const { incidentId } = row;
    // Prisma's own `distinct` would read every version that was ever saved.
    const edits = await db.$queryRaw<Row.SectionEdit[]>(Prisma.sql`
      SELECT DISTINCT ON (section) * FROM "SectionEdit" WHERE "incidentId" = ${incidentId}::uuid
      ORDER BY section, version DESC`);
    const dismissals = await db.checkDismissal.findMany({ where: { incidentId, undoneAt: null } });
    const record = await readRecord(db, defaults, incidentId);
    const { settings: set } = await settings(db, defaults).settings(record.incident.teamId);
    return {
      id: row.id,
      state: row.state,
      version: row.versions[0]?.number ?? 0,
      canvas: row.canvasId === null ? null : { id: row.canvasId, url: row.canvasUrl },
      publication: row.state === 'published' ? await publicationOf(db, incidentId, row.published[0]) : null,
      reviews: row.reviews.map(requestOf),
      record,
      template: templateOf(set),
      edits: edits.map(sectionVersionOf),
      dismissals: dismissals.map(({ key, reason, by: user, at }) => ({
        key,
        reason,
        by: user,
        at: instant(at),
      })),
    };
  },

  async setCanvas(id, canvas) {
    const data = { canvasId: canvas?.id ?? null, canvasUrl: canvas?.url ?? null };
    await db.postmortem.update({ where: { id }, data });
  },

  async setPostmortemState(id, state) {
    await db.postmortem.update({ where: { id }, data: { state } });
  },

  async keepOpened(incidentId, section, { base, facts }, at) {
    const hash = createHash('sha256')
      .update(JSON.stringify([base, facts]))
      .digest('base64url');
    const data = { incidentId, section, hash, base, facts: json(facts), at: date(at) };
    await db.sectionOpened.createMany({ data, skipDuplicates: true });
    return hash;
  },

  async opened(incidentId, section, hash) {
    const row = await db.sectionOpened.findUnique({
      where: { incidentId_section_hash: { incidentId, section, hash } },
    });
    return row && { base: row.base, facts: row.facts as unknown as Facts };
  },

  async addSectionVersion(incidentId, { section, base, text, facts, by, at }) {
    const last = await db.sectionEdit.aggregate({ where: { incidentId, section }, _max: { version: true } });
    const version = (last._max.version ?? 0) + 1;
    const data = { incidentId, section, version, base, text, facts: json(facts), by, at: date(at) };
    await db.sectionEdit.create({ data });
    return version;
  },

  sectionVersions: (incidentId, most) => latestVersions(db, 'SectionEdit', incidentId, most),

  async sectionVersion(incidentId, section, version) {
    const where = { incidentId_section_version: { incidentId, section, version } };
    const row = await db.sectionEdit.findUnique({ where });
    return row && sectionVersionOf(row);
  },

  async dismissCheck(incidentId, { key, reason, by, at }) {
    await db.checkDismissal.create({ data: { id: randomUUID(), incidentId, key, reason, by, at: date(at) } });
  },

  async undoDismissal(incidentId, key, undoneBy, at) {
    const { count } = await db.checkDismissal.updateMany({
      where: { incidentId, key, undoneAt: null },
      data: { undoneAt: date(at), undoneBy },
    });
    return count > 0;
  },
});

const versionOf = (
  row: Row.PostmortemVersion & { postmortem: Row.Postmortem },
  incidentId: string,
): PostmortemVersion => ({
  id: row.postmortemId,
  number: row.number,
  incidentId,
  markdown: row.markdown,
  contradictions: ((row.data as { contradictedFigures?: unknown[] }).contradictedFigures ?? []).length,
  at: instant(row.at),
  reason: row.reason,
  hasCanvas: row.postmortem.canvasId !== null,
});

// Section names and facts are written by the use cases of drafts, and by nothing else.
const sectionVersionOf = (row: Row.SectionEdit): SectionVersion => ({
  section: row.section as SectionKey,
  version: row.version,
  base: row.base,
  text: row.text,
  facts: row.facts as unknown as Facts,
  by: row.by,
  at: instant(row.at),
});
