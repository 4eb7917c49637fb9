import { type PrismaClient, Prisma } from './client.ts';
import { date } from './rows.ts';

export interface InboxRow {
  id: bigint;
  kind: string;
  body: Record<string, unknown>;
  attempts: number;
}

/** What Slack sent, kept before it is handled. */
export interface Inbox {
  /** Stores the request and returns its row's id; null when its key is known: a duplicate. */
  receive(key: string, kind: string, body: object, at: number): Promise<bigint | null>;
  done(id: bigint, at: number, error?: string): Promise<void>;
  /** Notes a failure; the row is taken up again. */
  failed(id: bigint, error: string): Promise<void>;
  /** Rows that were stored before `before` and not finished, oldest first. Each call counts as an attempt. */
  unfinished(before: number, maxAttempts: number): Promise<InboxRow[]>;
}

export function createInbox(prisma: PrismaClient): Inbox {
  return {
    async receive(key, kind, body, at) {
      const rows = await prisma.$queryRaw<{ id: bigint }[]>(Prisma.sql`
        INSERT INTO "Inbox" (key, kind, body, "receivedAt")
        VALUES (${key}, ${kind}, ${JSON.stringify(body)}::jsonb, ${date(at)})
        ON CONFLICT (key) DO NOTHING RETURNING id`);
      return rows[0]?.id ?? null;
    },

    async done(id, at, error) {
      await prisma.inbox.updateMany({
        where: { id, doneAt: null },
        data: { doneAt: date(at), ...(error !== undefined && { error }) },
      });
    },

    async failed(id, error) {
      await prisma.inbox.update({ where: { id }, data: { error } });
    },

    unfinished: (before, maxAttempts) =>
      prisma.$queryRaw<InboxRow[]>(Prisma.sql`
        UPDATE "Inbox" SET attempts = attempts + 1, "receivedAt" = now()
        WHERE id IN (
          SELECT id FROM "Inbox" WHERE "doneAt" IS NULL AND "receivedAt" < ${date(before)} AND attempts < ${maxAttempts}
          ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, body, attempts`),
  };
}
