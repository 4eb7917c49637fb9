import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../incident/settings.ts';
import type { Tx } from '../usecases/ports.ts';
import type { Db } from './client.ts';
import { date, json } from './rows.ts';

/**
 * Settings of a workspace. `defaults` are ours with what the environment says. A field that an old version of the
 * settings does not have takes its default.
 */
export const settings = (db: Db, defaults: Settings): Pick<Tx, 'settings' | 'saveSettings'> => ({
  async settings(teamId) {
    const row = await db.settingsVersion.findFirst({ where: { teamId }, orderBy: { version: 'desc' } });
    if (!row) return { settings: defaults, version: 0 };
    const stored = row.settings as Partial<Settings>;
    return { settings: settingsSchema.parse({ ...DEFAULT_SETTINGS, ...stored }), version: row.version };
  },

  async saveSettings(teamId, by, at, next, seen) {
    const last = await db.settingsVersion.aggregate({ where: { teamId }, _max: { version: true } });
    if ((last._max.version ?? 0) !== seen) return false;
    const { count } = await db.settingsVersion.createMany({
      data: [{ teamId, version: seen + 1, settings: json(next), by, at: date(at) }],
      // Two who save at the same moment: the first one's version stands.
      skipDuplicates: true,
    });
    return count === 1;
  },
});
