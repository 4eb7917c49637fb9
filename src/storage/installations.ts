import { type Installation, type Installations, TokenKeyError, type Tokens } from '../usecases/edges.ts';
import { Prisma, type PrismaClient } from './client.ts';
import type * as Row from './generated/client.ts';
import { date, dateOrNull, instantOrNull } from './rows.ts';
import { createStandstills } from './standstills.ts';
import type { TokenBox } from './tokenBox.ts';

// Longer than the one call to Slack in it.
const RENEW_WITHIN_MS = 20_000;

export function createInstallations(prisma: PrismaClient, box: TokenBox): Installations {
  const sealed = (teamId: string, { token, refreshToken, expiresAt }: Tokens) => ({
    token: box.seal(teamId, 'token', token),
    refreshToken: refreshToken === null ? null : box.seal(teamId, 'refreshToken', refreshToken),
    expiresAt: dateOrNull(expiresAt),
  });
  const opened = ({ teamId, botId, botUserId, ...row }: Row.Installation): Installation => ({
    teamId,
    botId,
    botUserId,
    token: box.open(teamId, 'token', row.token),
    refreshToken: row.refreshToken === null ? null : box.open(teamId, 'refreshToken', row.refreshToken),
    expiresAt: instantOrNull(row.expiresAt),
  });

  return {
    async get(teamId) {
      const row = await prisma.installation.findUnique({ where: { teamId } });
      return row && opened(row);
    },

    async put({ teamId, teamName, botId, botUserId, installedBy, ...tokens }, now) {
      const data = {
        teamName,
        botId,
        botUserId,
        installedBy,
        installedAt: date(now),
        ...sealed(teamId, tokens),
      };
      await prisma.$transaction([
        prisma.installation.upsert({ where: { teamId }, create: { teamId, ...data }, update: data }),
        prisma.standstill.deleteMany({ where: { teamId } }),
      ]);
    },

    end: (teamId, code, asOf, now) =>
      prisma.$transaction(async (db) => {
        const where = { teamId, installedAt: { lte: date(asOf) } };
        const { count } = await db.installation.deleteMany({ where });
        if (count > 0) await createStandstills(db).begin(teamId, code, now, null);
        return count > 0;
      }),

    renew: (teamId, { until, wait }, exchange) =>
      prisma.$transaction(
        async (db) => {
          // The row's lock is held while Slack is asked: a second one finds the new token.
          const rows = await db.$queryRaw<object[]>(Prisma.sql`
            SELECT 1 FROM "Installation" WHERE "teamId" = ${teamId}
            FOR UPDATE ${wait ? Prisma.empty : Prisma.sql`SKIP LOCKED`}`);
          if (rows.length === 0) return null;
          const one = opened(await db.installation.findUniqueOrThrow({ where: { teamId } }));
          if (one.refreshToken === null || one.expiresAt === null || one.expiresAt > until) return one;
          const fresh = await exchange(one.refreshToken);
          await db.installation.update({ where: { teamId }, data: sealed(teamId, fresh) });
          return { ...one, ...fresh };
        },
        { maxWait: RENEW_WITHIN_MS, timeout: RENEW_WITHIN_MS },
      ),

    async sealAnew() {
      const lost: string[] = [];
      for (const row of await prisma.installation.findMany({ orderBy: { teamId: 'asc' } })) {
        const { teamId, token } = row;
        try {
          const data = sealed(teamId, opened(row));
          // Unless somebody has written a new one meanwhile.
          if (!box.isCurrent(token)) await prisma.installation.updateMany({ where: { teamId, token }, data });
        } catch (error) {
          if (!(error instanceof TokenKeyError)) throw error;
          lost.push(teamId);
        }
      }
      return lost;
    },

    async useState(id, expiresAt, now) {
      await prisma.usedState.deleteMany({ where: { expiresAt: { lte: date(now) } } });
      const data = { id, expiresAt: date(expiresAt) };
      return (await prisma.usedState.createMany({ data, skipDuplicates: true })).count === 1;
    },
  };
}
