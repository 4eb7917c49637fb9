import { type Backlog, INBOX_ATTEMPTS } from '../usecases/edges.ts';
import type { PrismaClient } from './client.ts';

/** What an operator watches. `now` is an instant of our clock, in milliseconds. */
export async function readBacklog(prisma: PrismaClient, now: number): Promise<Backlog> {
  const open = { doneAt: null };
  const [outbox, outboxGivenUp, inboxOpen, inboxParked, groups] = await Promise.all([
    prisma.outbox.aggregate({ where: open, _count: true, _min: { createdAt: true } }),
    prisma.outbox.count({ where: { doneAt: { not: null }, error: { not: null } } }),
    prisma.inbox.count({ where: { ...open, attempts: { lt: INBOX_ATTEMPTS } } }),
    prisma.inbox.count({ where: { ...open, attempts: { gte: INBOX_ATTEMPTS } } }),
    prisma.incident.groupBy({ by: ['severity', 'status'], where: { isTest: false }, _count: true }),
  ]);
  const oldest = outbox._min.createdAt?.getTime() ?? now;
  return {
    outboxOpen: outbox._count,
    outboxOldestSeconds: Math.max(0, (now - oldest) / 1000),
    outboxGivenUp,
    inboxOpen,
    inboxParked,
    incidents: groups.map(({ severity, status, _count }) => ({ severity, status, count: _count })),
  };
}
