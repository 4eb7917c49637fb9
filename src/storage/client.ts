import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.ts';

export { Prisma, type PrismaClient };

/** What a transaction hands to its statements. */
export type Db = Prisma.TransactionClient;

/** A pool of at most `max` connections to PostgreSQL. Connects on first use. */
export function openPrisma(databaseUrl: string, max: number): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: 30_000,
    // The adapter writes instants without an offset: in another zone, a skipped hour would be stored an hour off.
    // The isolation is said here, once a connection, and not in a statement of each transaction.
    options: '-c TimeZone=UTC -c default_transaction_isolation=read\\ committed',
  });
  return new PrismaClient({ adapter });
}
