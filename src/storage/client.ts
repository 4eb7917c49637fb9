import { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.ts';

export { Prisma, type PrismaClient };

/** What a transaction hands to its statements. */
export type Db = Prisma.TransactionClient;

// Longer than any transaction of the bot's.
export const SILENT_FOR_MS = 2 * 60_000;

/**
 * A pool of at most `max` connections to PostgreSQL. Connects on first use. A connection on which nothing moves for
 * `silentMs` is given up, and what it was asked fails: where a firewall dropped it, neither end would ever hear. Null:
 * statements take as long as they take.
 */
export function openPrisma(
  databaseUrl: string,
  max: number,
  silentMs: number | null = SILENT_FOR_MS,
): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // The driver's own query_timeout leaves the dead connection in the pool, for the next one to wait on.
    ...(silentMs !== null && { stream: () => quietEnds(silentMs) }),
    // The adapter writes instants without an offset: in another zone, a skipped hour would be stored an hour off.
    // The isolation is said here, once a connection, and not in a statement of each transaction.
    // The server lets go of a transaction of which it hears no more, and of what that locked.
    options: `-c TimeZone=UTC -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=${silentMs ?? 0}`,
  });
  return new PrismaClient({ adapter });
}

function quietEnds(silentMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silentMs, () =>
    socket.destroy(new Error(`PostgreSQL was silent for ${silentMs / 1000} s`)),
  );
}
