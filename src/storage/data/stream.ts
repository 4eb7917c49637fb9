import type { Db } from '../client.ts';
import { Prisma } from '../client.ts';

const AT_ONCE = 100;

/** Takes a line; may say when it is ready for the next. */
export type Write = (line: string) => Promise<unknown> | unknown;

/** The rows of a query within a transaction, some at a time: a table may be larger than the memory. */
export async function* rowsOf<Row>(db: Db, query: Prisma.Sql): AsyncGenerator<Row> {
  await db.$executeRaw(Prisma.sql`DECLARE reading NO SCROLL CURSOR FOR ${query}`);
  for (let rows: Row[] = []; ; ) {
    rows = await db.$queryRaw<Row[]>(Prisma.sql`FETCH ${Prisma.raw(String(AT_ONCE))} FROM reading`);
    yield* rows;
    if (rows.length < AT_ONCE) break;
  }
  await db.$executeRaw(Prisma.sql`CLOSE reading`);
}
