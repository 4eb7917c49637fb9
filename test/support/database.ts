import { basename } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { freshDatabase } from '../../src/demo/database.ts';
import { openPrisma, type PrismaClient } from '../../src/storage/client.ts';

export interface TestDatabase {
  url: string;
  prisma: PrismaClient;
  /** Runs plain SQL past Prisma. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** A migrated database for all tests of a file, filled in before they run; it is kept when one of them failed. */
export function useDatabase({ pool = 10 } = {}): TestDatabase {
  const database = {} as TestDatabase;
  let failed = false;
  let clean = async (_keep: boolean) => {};
  beforeAll(async () => {
    const file = basename(expect.getState().testPath ?? 'test').replace(/\.test\.ts$/, '');
    const fresh = await freshDatabase(inject('databaseUrl'), file, inject('template'));
    const prisma = openPrisma(fresh.url, pool);
    const plain = new pg.Pool({ connectionString: fresh.url, max: 2 });
    database.url = fresh.url;
    database.prisma = prisma;
    database.sql = async (text, values) => (await plain.query(text, values)).rows;
    let closing = false;
    plain.on('error', (error) => {
      // A connection may be on its way out when its database goes.
      if (!closing) throw error;
    });
    clean = async (keep) => {
      closing = true;
      await prisma.$disconnect();
      await plain.end();
      if (keep) process.stderr.write(`The database of the failed test is kept: ${fresh.name}\n`);
      else await fresh.drop();
    };
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  afterAll(() => clean(failed));
  return database;
}
