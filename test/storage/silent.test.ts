import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPrisma, type PrismaClient } from '../../src/storage/client.ts';
import { useDatabase } from '../support/database.ts';
import { type Passage, proxied } from '../support/proxy.ts';

const database = useDatabase();
let prisma: PrismaClient;
let proxy: Passage;

beforeAll(async () => {
  const way = await proxied(database.url);
  proxy = way.proxy;
  prisma = openPrisma(way.url, 1, 2000);
  await database.sql(`INSERT INTO "Workspace" (id) VALUES ('T1')`);
});
afterAll(async () => {
  await prisma.$disconnect();
  await proxy.stop();
});

const ask = () => prisma.$queryRaw`SELECT 1 AS one`;
/** However slow the machine is: a connection may be given up while it is made. */
const answers = () => expect.poll(() => ask().catch(() => null), { timeout: 60_000 }).toEqual([{ one: 1 }]);

test('a connection that falls silent is given up, and the next statement has a new one', async () => {
  await answers();
  proxy.forget();
  await expect(ask()).rejects.toThrow();
  await answers();
});

test('a transaction whose connection fell silent ends, and PostgreSQL frees what it had locked', async () => {
  const lock = `SELECT 1 AS one FROM "Workspace" WHERE id = 'T1' FOR UPDATE`;
  const broken = prisma.$transaction(async (db) => {
    await db.$queryRawUnsafe(lock);
    proxy.forget();
    await db.$queryRawUnsafe(lock);
  });
  await expect(broken).rejects.toThrow();
  expect(await database.sql(lock)).toEqual([{ one: 1 }]);
  await answers();
});
