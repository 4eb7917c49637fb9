import { randomUUID } from 'node:crypto';
import type { EntryTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { Prisma } from './client.ts';
import { date, dateOrNull, instant, json, markOf, storedEntryOf } from './rows.ts';

/** Rows of entries, their revisions, marks and reactions. The caller holds the incident's lock. */
export const entries = (db: Db): EntryTx => ({
  async addEntry(incidentId, by, at, entry) {
    const { lastEntry } = await db.incident.update({
      where: { id: incidentId },
      data: { lastEntry: { increment: 1 } },
      select: { lastEntry: true },
    });
    const { message, occurredAt, ...rest } = entry;
    const row = await db.entry.create({
      data: {
        ...rest,
        id: randomUUID(),
        incidentId,
        number: lastEntry,
        occurredAt: date(occurredAt),
        recordedAt: date(at),
        channelId: message?.channelId ?? null,
        messageTs: message?.ts ?? null,
        capturedBy: by,
      },
    });
    return storedEntryOf(row);
  },

  async entry(id) {
    const row = await db.entry.findUnique({ where: { id } });
    return row && storedEntryOf(row);
  },

  async entryNumbered(incidentId, number) {
    const row = await db.entry.findUnique({ where: { incidentId_number: { incidentId, number } } });
    return row && storedEntryOf(row);
  },

  async entryOf(incidentId, { channelId, ts }) {
    const rows = await db.entry.findMany({
      where: { incidentId, channelId, messageTs: ts },
      orderBy: { number: 'desc' },
    });
    const row = rows.find((one) => one.retractedAt === null) ?? rows[0];
    return row ? storedEntryOf(row) : null;
  },

  async latestTime(incidentId, timeFrom, before) {
    const row = await db.entry.findFirst({
      where: {
        incidentId,
        retractedAt: null,
        timeFrom: { in: [...timeFrom] },
        ...(before && { number: { lt: before } }),
      },
      orderBy: { number: 'desc' },
      select: { occurredAt: true },
    });
    return row ? instant(row.occurredAt) : null;
  },

  async twin(incidentId, { id, authorId, text, occurredAt, recordedAt }, ms) {
    const around = (at: number) => ({ gte: date(at - ms), lte: date(at + ms) });
    const row = await db.entry.findFirst({
      where: {
        incidentId,
        id: { not: id },
        retractedAt: null,
        authorId,
        text,
        occurredAt: around(occurredAt),
        recordedAt: around(recordedAt),
      },
      orderBy: { number: 'desc' },
    });
    return row && storedEntryOf(row);
  },

  async updateEntry(id, { occurredAt, retractedAt, messageGoneAt, message, files, ...patch }) {
    const data = {
      ...patch,
      ...(files !== undefined && { files: json(files) }),
      ...(occurredAt !== undefined && { occurredAt: date(occurredAt) }),
      ...(retractedAt !== undefined && { retractedAt: dateOrNull(retractedAt) }),
      ...(messageGoneAt !== undefined && { messageGoneAt: date(messageGoneAt) }),
      ...(message !== undefined && { channelId: message?.channelId ?? null, messageTs: message?.ts ?? null }),
    };
    await db.entry.update({ where: { id }, data });
  },

  async advanceMessage(id, messageChange) {
    const { count } = await db.entry.updateMany({
      where: { id, messageChange: { lt: messageChange } },
      data: { messageChange },
    });
    return count === 1;
  },

  async addRevision(entryId, by, at, change, before, after) {
    const data = { entryId, by, at: date(at), change, before: json(before), after: json(after) };
    await db.entryRevision.create({ data });
  },

  async activeMarks(incidentId) {
    return (await db.mark.findMany({ where: { incidentId, retiredAt: null } })).map(markOf);
  },

  async addMark(incidentId, { by, ...mark }, at) {
    await db.mark.create({
      data: { ...mark, id: randomUUID(), incidentId, markedBy: by, markedAt: date(at) },
    });
  },

  async retireMark(incidentId, milestone, by, at) {
    await db.mark.updateMany({
      where: { incidentId, milestone, retiredAt: null },
      data: { retiredAt: date(at), retiredBy: by },
    });
  },

  async holdMark(incidentId, milestone) {
    await db.mark.updateMany({
      where: { incidentId, milestone, retiredAt: null, byReaction: true },
      data: { byReaction: false },
    });
  },

  // A mark gives way in the transaction that sets the other: same instant, same person.
  async replacedMark(incidentId, { milestone, markedAt, markedBy }) {
    const row = await db.mark.findFirst({
      where: {
        incidentId,
        milestone,
        provenance: 'inferred',
        retiredAt: date(markedAt),
        retiredBy: markedBy,
      },
    });
    return row && markOf(row);
  },

  async setProvenance(entryId, provenance) {
    await db.mark.updateMany({ where: { entryId, retiredAt: null }, data: { provenance } });
  },

  async setReaction(teamId, { channelId, messageTs, emoji, userId, present, eventTs, reconciled = false }) {
    const changed = await db.$executeRaw(Prisma.sql`
      INSERT INTO "Reaction" ("teamId", "channelId", "messageTs", emoji, "userId", present, "eventTs")
      VALUES (${teamId}, ${channelId}, ${messageTs}, ${emoji}, ${userId}, ${present}, ${eventTs})
      ON CONFLICT ("teamId", "channelId", "messageTs", emoji, "userId")
      DO UPDATE SET present = EXCLUDED.present, "eventTs" = EXCLUDED."eventTs"
      WHERE "Reaction"."eventTs"::numeric < EXCLUDED."eventTs"::numeric
        AND NOT (${reconciled} AND "Reaction".present = EXCLUDED.present)`);
    return changed === 1;
  },

  reactionsOn: (teamId, { channelId, ts }) =>
    db.reaction.findMany({
      where: { teamId, channelId, messageTs: ts, present: true },
      select: { emoji: true, userId: true },
    }),

  async linesRefused(incidentId) {
    const rows = await db.$queryRaw<{ entryId: string }[]>(Prisma.sql`
      SELECT "entryId" FROM (
        SELECT DISTINCT ON (payload->>'entryId') payload->>'entryId' AS "entryId", "doneAt", error, result FROM "Outbox"
        WHERE lane = ${incidentId} AND kind IN ('entry', 'react') ORDER BY payload->>'entryId', id DESC) AS last
      WHERE "doneAt" IS NOT NULL AND (error IS NOT NULL OR result->>'code' = 'is_archived')`);
    return rows.map(({ entryId }) => entryId);
  },

  reactionsOf: (incidentId) =>
    db.$queryRaw<{ entryId: string; emoji: string; userId: string }[]>(Prisma.sql`
      SELECT e.id::text AS "entryId", r.emoji, r."userId"
      FROM "Entry" e
      JOIN "Incident" i ON i.id = e."incidentId"
      JOIN "Reaction" r ON r."teamId" = i."teamId" AND r."channelId" = e."channelId" AND r."messageTs" = e."messageTs"
      WHERE e."incidentId" = ${incidentId}::uuid AND e."retractedAt" IS NULL AND r.present
      ORDER BY r."eventTs"::numeric, r."messageTs"::numeric`),
});
