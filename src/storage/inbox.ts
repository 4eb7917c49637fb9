import { INBOX_ATTEMPTS, type Inbox, type InboxRow } from '../usecases/edges.ts';
import { Prisma, type PrismaClient } from './client.ts';
import { date, instant, jsonText, storable } from './rows.ts';

export function createInbox(prisma: PrismaClient): Inbox {
  return {
    async ownerOf(channelId) {
      const found = await prisma.incident.findFirst({ where: { channelId }, select: { teamId: true } });
      return found?.teamId ?? null;
    },

    async receive(key, kind, body, at) {
      const rows = await prisma.$queryRaw<{ id: bigint }[]>(Prisma.sql`
        INSERT INTO "Inbox" (key, kind, body, "receivedAt", "touchedAt")
        VALUES (${storable(key)}, ${kind}, ${jsonText(body)}::jsonb, ${date(at)}, ${date(at)})
        ON CONFLICT (key) DO NOTHING RETURNING id`);
      return rows[0]?.id ?? null;
    },

    async done(id, at, error) {
      const { count } = await prisma.inbox.updateMany({
        where: { id, doneAt: null },
        data: { doneAt: date(at), ...(error !== undefined && { error }) },
      });
      return count === 1;
    },

    async forgo(key, kind, at) {
      const error = 'told as not stored';
      await prisma.$executeRaw(Prisma.sql`
        INSERT INTO "Inbox" AS one (key, kind, body, "receivedAt", "touchedAt", "doneAt", error)
        VALUES (${storable(key)}, ${kind}, '{}', ${date(at)}, ${date(at)}, ${date(at)}, ${error})
        ON CONFLICT (key) DO UPDATE SET "doneAt" = EXCLUDED."doneAt", error = EXCLUDED.error
        WHERE one."doneAt" IS NULL`);
    },

    async free(id) {
      await prisma.$executeRaw`UPDATE "Inbox" SET key = key || ':' || id WHERE id = ${id}`;
    },

    async failed(id, error, { counts } = { counts: true }) {
      const data = { error, ...(!counts && { attempts: { decrement: 1 } }) };
      await prisma.inbox.update({ where: { id }, data });
    },

    async takeUp(now, olderThanMs) {
      const rows = await prisma.$queryRaw<(Omit<InboxRow, 'receivedAt'> & { receivedAt: Date })[]>(Prisma.sql`
        UPDATE "Inbox" SET attempts = attempts + 1, "touchedAt" = ${date(now)}
        WHERE id = (
          SELECT id FROM "Inbox"
          WHERE "doneAt" IS NULL AND attempts < ${INBOX_ATTEMPTS}
            AND ("touchedAt" < ${date(now - olderThanMs)}
              OR (attempts = 0 AND error IS NOT NULL AND "touchedAt" = "receivedAt"))
          ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, body, "receivedAt", attempts`);
      return rows[0] ? { ...rows[0], receivedAt: instant(rows[0].receivedAt) } : null;
    },

    async prune(before) {
      const { count } = await prisma.inbox.deleteMany({ where: { doneAt: { lt: date(before) } } });
      return count;
    },
  };
}
