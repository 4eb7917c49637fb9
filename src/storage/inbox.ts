import { INBOX_ATTEMPTS, type Inbox, type InboxRow } from '../usecases/edges.ts';
import { Prisma, type PrismaClient } from './client.ts';
import { date, jsonText, storable } from './rows.ts';

export function createInbox(prisma: PrismaClient): Inbox {
  return {
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

    async failed(id, error) {
      await prisma.inbox.update({ where: { id }, data: { error } });
    },

    async takeUp(now, olderThanMs) {
      const rows = await prisma.$queryRaw<InboxRow[]>(Prisma.sql`
        UPDATE "Inbox" SET attempts = attempts + 1, "touchedAt" = ${date(now)}
        WHERE id = (
          SELECT id FROM "Inbox"
          WHERE "doneAt" IS NULL AND attempts < ${INBOX_ATTEMPTS}
            AND ("touchedAt" < ${date(now - olderThanMs)} OR (attempts = 0 AND error IS NOT NULL))
          ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, body, attempts`);
      return rows[0] ?? null;
    },

    async prune(before) {
      const { count } = await prisma.inbox.deleteMany({ where: { doneAt: { lt: date(before) } } });
      return count;
    },
  };
}
