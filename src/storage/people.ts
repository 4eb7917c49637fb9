import { Prisma, type PrismaClient } from './client.ts';
import { instant } from './rows.ts';

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
        asOf: instant(row.fetchedAt),
      }
    );
  },

  /** False: what is known is as new, then nothing changed. Microseconds count: Slack's times have them. */
  async put(teamId: string, id: string, person: Person, asOf: number) {
    const { name, zone, admin = null, outsider = null, bot = null, gone = null } = person;
    const written = await prisma.$executeRaw(Prisma.sql`
      INSERT INTO "SlackUser" AS known
        ("teamId", id, name, zone, "isAdmin", "isOutsider", "isBot", "isGone", "fetchedAt")
      VALUES (${teamId}, ${id}, ${name}, ${zone}, ${admin}, ${outsider}, ${bot}, ${gone},
        to_timestamp(${asOf}::double precision / 1000))
      ON CONFLICT ("teamId", id) DO UPDATE SET
        name = EXCLUDED.name, zone = EXCLUDED.zone, "isAdmin" = EXCLUDED."isAdmin",
        "isOutsider" = EXCLUDED."isOutsider", "isBot" = EXCLUDED."isBot", "isGone" = EXCLUDED."isGone",
        "fetchedAt" = EXCLUDED."fetchedAt"
      WHERE known."fetchedAt" < EXCLUDED."fetchedAt"`);
    return written > 0;
  },
});
