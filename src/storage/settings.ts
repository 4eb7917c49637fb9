import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../incident/settings.ts';
import type { SettingsTx } from '../usecases/ports.ts';
import { type Db, Prisma } from './client.ts';
import { date, instant, json } from './rows.ts';

const read = (stored: unknown): Settings =>
  settingsSchema.parse({ ...DEFAULT_SETTINGS, ...(stored as Partial<Settings>) });

/**
 * Settings of a workspace. `defaults` are ours with what the environment says. A field that an old version of the
 * settings does not have takes its default.
 */
export const settings = (db: Db, defaults: Settings): SettingsTx => ({
  async settings(teamId) {
    const row = await db.settingsVersion.findFirst({ where: { teamId }, orderBy: { version: 'desc' } });
    if (!row) return { settings: defaults, version: 0 };
    return { settings: read(row.settings), version: row.version };
  },

  async saveSettings(teamId, by, at, next, seen) {
    await db.$queryRaw(Prisma.sql`SELECT id FROM "Workspace" WHERE id = ${teamId} FOR UPDATE`);
    const last = await db.settingsVersion.aggregate({ where: { teamId }, _max: { version: true } });
    if ((last._max.version ?? 0) !== seen) return false;
    const { count } = await db.settingsVersion.createMany({
      data: [{ teamId, version: seen + 1, settings: json(next), by, at: date(at) }],
      // Two who save at the same moment: the first one's version stands.
      skipDuplicates: true,
    });
    return count === 1;
  },

  async settingsHistory(teamId, limit) {
    const rows = await db.settingsVersion.findMany({
      where: { teamId },
      orderBy: { version: 'desc' },
      take: limit + 1,
    });
    return rows.slice(0, limit).map(({ version, by, at, settings: stored }, index) => {
      const before = rows[index + 1];
      return {
        version,
        by,
        at: instant(at),
        settings: read(stored),
        before: before ? read(before.settings) : defaults,
      };
    });
  },

  async admins(teamId) {
    const rows = await db.slackUser.findMany({
      where: { teamId, isAdmin: true },
      select: { id: true },
      take: 10,
    });
    return rows.map(({ id }) => id);
  },
});
