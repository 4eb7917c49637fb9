import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPrisma, type PrismaClient } from '../../src/storage/client.ts';
import { createInbox } from '../../src/storage/inbox.ts';
import { instantOf } from '../support/clock.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
// Half past two does not exist on the wall in Berlin that night.
const SKIPPED_THERE = instantOf('2026-03-29T02:30:00Z');
let prisma: PrismaClient;

beforeAll(async () => {
  const name = new URL(database.url).pathname.slice(1);
  await database.sql(`ALTER DATABASE "${name}" SET timezone = 'Europe/Berlin'`);
  await database.sql(`ALTER DATABASE "${name}" SET default_transaction_isolation = 'serializable'`);
  prisma = openPrisma(database.url, 2);
});
afterAll(() => prisma.$disconnect());

it('keeps an instant that the server has no wall clock for', async () => {
  const data = { id: 'U1', teamId: 'T1', name: 'Ana', fetchedAt: new Date(SKIPPED_THERE) };
  await prisma.slackUser.create({ data });
  const where = { teamId_id: { teamId: 'T1', id: 'U1' } };
  const { fetchedAt } = await prisma.slackUser.findUniqueOrThrow({ where });
  expect(fetchedAt.toISOString()).toBe('2026-03-29T02:30:00.000Z');
});

it('gives PostgreSQL itself the same instant, in plain SQL too', async () => {
  await createInbox(prisma).receive('key', 'event', {}, SKIPPED_THERE);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const stored = await client.query(
    'SELECT extract(epoch FROM "receivedAt")::bigint * 1000 AS at FROM "Inbox"',
  );
  await client.end();
  expect(Number(stored.rows[0].at)).toBe(SKIPPED_THERE);
});

it('reads what is committed, whatever the server is set to', async () => {
  const [row] = await prisma.$transaction(
    (tx) => tx.$queryRaw<{ transaction_isolation: string }[]>`SHOW transaction_isolation`,
  );
  expect(row?.transaction_isolation).toBe('read committed');
});
