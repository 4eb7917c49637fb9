import type { Retention } from '../../usecases/edges.ts';
import type { PrismaClient } from '../client.ts';
import { Prisma } from '../client.ts';
import { date, instantOrNull } from '../rows.ts';
import { eraseIncidents, LONG } from './erase.ts';

/** Closed incidents with the days for which their workspace's latest settings keep them. */
const KEPT = Prisma.sql`SELECT i.*, i."closedAt" + s.days * interval '1 day' AS "keptUntil"
  FROM "Incident" i JOIN LATERAL (
    SELECT (settings ->> 'deleteAfterDays')::int AS days FROM "SettingsVersion"
    WHERE "teamId" = i."teamId" ORDER BY version DESC LIMIT 1) s ON s.days IS NOT NULL
  WHERE i."closedAt" IS NOT NULL`;

/** What became of the latest notice to people, as SQL of its row `n`; null: it is so old that it was forgotten. */
const latestNotice = (
  id: Prisma.Sql,
  what: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(SELECT ${what} FROM "Outbox" n
  WHERE n.lane = ${id}::text AND n.kind = 'deletion-notice' ORDER BY n.id DESC LIMIT 1)`;

/** Their time is over by now, and so is the week since people were told, if they were. */
const due = (now: number): Prisma.Sql =>
  Prisma.sql`"keptUntil" <= ${date(now)} AND "deleteAt" <= ${date(now)}
    AND COALESCE(${latestNotice(Prisma.sql`k.id`, Prisma.sql`n."doneAt" IS NOT NULL AND n.error IS NULL`)}, true)`;

export const createRetention = (prisma: PrismaClient): Retention => ({
  async ending(now, before, limit) {
    const rows = await prisma.$queryRaw<
      { id: string; teamId: string; keptUntil: Date; deleteAt: Date | null }[]
    >(
      Prisma.sql`SELECT id, "teamId", "keptUntil", "deleteAt" FROM (${KEPT}) k
        WHERE "keptUntil" < ${date(before)} AND ("deleteAt" IS NULL OR (${due(now)}))
        ORDER BY row_number() OVER (PARTITION BY "teamId" ORDER BY "keptUntil"), "keptUntil" LIMIT ${limit}`,
    );
    return rows.map(({ keptUntil, deleteAt, ...one }) => ({
      ...one,
      keptUntil: keptUntil.getTime(),
      deleteAt: instantOrNull(deleteAt),
    }));
  },

  async keep(before) {
    return prisma.$executeRaw(Prisma.sql`UPDATE "Incident" SET "deleteAt" = NULL
      WHERE "deleteAt" IS NOT NULL
        AND (id NOT IN (SELECT id FROM (${KEPT}) k WHERE "keptUntil" < ${date(before)})
          OR ${latestNotice(Prisma.sql`"Incident".id`, Prisma.sql`n."doneAt" IS NOT NULL AND n.error IS NOT NULL`)})`);
  },

  erase: (id, now) =>
    prisma.$transaction(async (db) => {
      // It may have been opened again since it was selected, or is to be kept longer: seen only once nobody else is at it.
      await db.$queryRaw(Prisma.sql`SELECT id FROM "Incident" WHERE id = ${id}::uuid FOR UPDATE`);
      const found = await db.$queryRaw<object[]>(
        Prisma.sql`SELECT id FROM (${KEPT}) k WHERE id = ${id}::uuid AND ${due(now)}`,
      );
      if (found.length > 0) await eraseIncidents(db, [id]);
      return found.length > 0;
    }, LONG),

  async pruneDone({ outboxBefore, choicesBefore }) {
    // What was given up goes with them: after so long nobody takes it up again.
    await prisma.outbox.deleteMany({ where: { doneAt: { lt: date(outboxBefore) } } });
    await prisma.choice.deleteMany({ where: { createdAt: { lt: date(choicesBefore) } } });
    await prisma.sectionOpened.deleteMany({ where: { at: { lt: date(choicesBefore) } } });
  },
});
