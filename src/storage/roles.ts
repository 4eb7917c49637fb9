import type { RoleTx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { date, instant } from './rows.ts';

/** Rows of who has which role, and of who changed what last. */
export const roles = (db: Db): RoleTx => ({
  roleHolder: (incidentId, role) =>
    db.roleHolder.findUnique({
      where: { incidentId_role: { incidentId, role } },
      select: { role: true, userId: true },
    }),

  async setRole(incidentId, { role, userId }, by, at) {
    const row = { userId, by, at: date(at) };
    await db.roleHolder.upsert({
      where: { incidentId_role: { incidentId, role } },
      create: { incidentId, role, ...row },
      update: row,
    });
  },

  async lastChange(incidentId, subject) {
    const row = await db.activity.findFirst({ where: { incidentId, subject }, orderBy: { id: 'desc' } });
    return row && { by: row.by, at: instant(row.at) };
  },
});
