import type { PrismaClient } from './client.ts';

export interface Backlog {
  /** Rows of the outbox that are not done, and the age of the oldest in seconds. */
  outboxOpen: number;
  outboxOldestSeconds: number;
  /** Steps that ended with an error. */
  outboxGivenUp: number;
  /** Requests that were stored and not finished. */
  inboxOpen: number;
  /** Incidents by severity and status, tests left out. */
  incidents: { severity: string; status: string; count: number }[];
}

/** What an operator watches. `now` is an instant of our clock, in milliseconds. */
export async function readBacklog(prisma: PrismaClient, now: number): Promise<Backlog> {
  const open = { doneAt: null };
  const [outbox, outboxGivenUp, inboxOpen, groups] = await Promise.all([
    prisma.outbox.aggregate({ where: open, _count: true, _min: { createdAt: true } }),
    prisma.outbox.count({ where: { doneAt: { not: null }, error: { not: null } } }),
    prisma.inbox.count({ where: open }),
    prisma.incident.groupBy({ by: ['severity', 'status'], where: { isTest: false }, _count: true }),
  ]);
  const oldest = outbox._min.createdAt?.getTime() ?? now;
  return {
    outboxOpen: outbox._count,
    outboxOldestSeconds: Math.max(0, (now - oldest) / 1000),
    outboxGivenUp,
    inboxOpen,
    incidents: groups.map(({ severity, status, _count }) => ({ severity, status, count: _count })),
  };
}
