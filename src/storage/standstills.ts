import type { Standstills } from '../usecases/edges.ts';
import { type Db, Prisma } from './client.ts';
import { date, dateOrNull } from './rows.ts';

export function createStandstills(prisma: Db): Standstills {
  return {
    async begin(teamId, code, now, until) {
      const begun = await prisma.$queryRaw<object[]>(Prisma.sql`
        INSERT INTO "Standstill" AS s ("teamId", code, since, until)
        VALUES (${teamId}, ${code}, ${date(now)}, ${dateOrNull(until)})
        ON CONFLICT ("teamId") DO UPDATE SET code = EXCLUDED.code, since = EXCLUDED.since, until = EXCLUDED.until
        WHERE s.until <= ${date(now)} OR (s.until IS NOT NULL AND EXCLUDED.until IS NULL)
        RETURNING 1`);
      return begun.length > 0;
    },

    async end(teamId, any) {
      const where = any ? { teamId } : { teamId, until: { not: null } };
      const { count } = await prisma.standstill.deleteMany({ where });
      return count > 0;
    },

    resting: (now) =>
      prisma.standstill.findMany({
        where: { OR: [{ until: null }, { until: { gt: date(now) } }] },
        select: { teamId: true, code: true },
        orderBy: { teamId: 'asc' },
      }),
  };
}

/** SQL: the workspace of that column or expression does not stand still. */
export const isAwake = (teamId: Prisma.Sql, now: number): Prisma.Sql => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "Standstill" s
  WHERE s."teamId" = ${teamId} AND (s.until IS NULL OR s.until > ${date(now)}))`;
