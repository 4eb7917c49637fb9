import type { ReadTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { date, instant } from './rows.ts';

/** Rows of who read a private incident. */
export const reads = (db: Db): ReadTx => ({
  async addRead(incidentId, userId, what, at, after) {
    const same = { incidentId, userId, what };
    if (after !== undefined && (await db.read.findFirst({ where: { ...same, at: { gt: date(after) } } })))
      return;
    await db.read.create({ data: { ...same, at: date(at) } });
  },

  async reads(incidentId, limit) {
    const rows = await db.read.findMany({ where: { incidentId }, orderBy: { id: 'desc' }, take: limit });
    return rows.map(({ userId, what, at }) => ({ userId, what, at: instant(at) }));
  },
});
