import type { PrismaClient } from './client.ts';
import { date, instant } from './rows.ts';

interface Person {
  name: string;
  zone: string | null;
  admin?: boolean | null;
  outsider?: boolean | null;
  bot?: boolean | null;
  gone?: boolean | null;
}

/** Cached names, zones and standing of Slack users. */
export const createPeopleStore = (prisma: PrismaClient) => ({
  async get(teamId: string, id: string) {
    const row = await prisma.slackUser.findUnique({ where: { teamId_id: { teamId, id } } });
    return (
      row && {
        name: row.name,
        zone: row.zone,
        admin: row.isAdmin,
        outsider: row.isOutsider,
        bot: row.isBot,
        fetchedAt: instant(row.fetchedAt),
      }
    );
  },

  async put(teamId: string, id: string, { admin, outsider, bot, gone, ...person }: Person, at: number) {
    const data = {
      ...person,
      isAdmin: admin ?? null,
      isOutsider: outsider ?? null,
      isBot: bot ?? null,
      isGone: gone ?? null,
      fetchedAt: date(at),
    };
    await prisma.slackUser.upsert({
      where: { teamId_id: { teamId, id } },
      create: { teamId, id, ...data },
      update: data,
    });
  },
});
