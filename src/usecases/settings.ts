import { MILESTONES } from '../incident/milestones.ts';
import type { Settings } from '../incident/settings.ts';
import { type SettingChange, settingChanges } from '../incident/settingsChanges.ts';
import { type FormValues, readSettingsForm, type SettingsSection } from '../incident/settingsForm.ts';
import { SEVERITIES } from '../incident/types.ts';
import type { Instant } from '../time/types.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './scope.ts';

/** One save: who, when, and what it changed. */
export interface SettingsSave {
  version: number;
  by: string;
  at: Instant;
  changes: SettingChange[];
}

export interface SettingsShown {
  settings: Settings;
  version: number;
  /** The latest first. */
  saves: SettingsSave[];
}

const SAVES_SHOWN = 10;

/** The workspace's settings with their latest changes, for its admins and owners. */
export async function readSettings(scope: Scope): Promise<SettingsShown> {
  await mustBeAdmin(scope);
  const { settings, version } = await scope.tx.settings(scope.who.teamId);
  return { settings, version, saves: await savesSince(scope, Math.max(0, version - SAVES_SHOWN)) };
}

export type SettingsChanged =
  | { kind: 'saved' | 'unchanged'; changes: SettingChange[]; shown: SettingsShown }
  /** By field; nothing is stored. */
  | { kind: 'faults'; faults: Record<string, string> }
  /** Somebody saved meanwhile; nothing is stored. `yours`: what saving again would make of the settings. */
  | { kind: 'stale'; version: number; saves: SettingsSave[]; yours: Settings };

/** Saves one form of the settings as a version of its own, unless somebody saved since it was opened. */
export async function changeSettings(
  scope: Scope,
  input: { section: SettingsSection; values: FormValues; seen: number },
): Promise<SettingsChanged> {
  await mustBeAdmin(scope);
  const { tx, who, now } = scope;
  const { settings, version } = await tx.settings(who.teamId);
  const read = readSettingsForm(input.section, input.values, settings);
  if (read.kind === 'faults') return read;
  const stale = async (at: number): Promise<SettingsChanged> => ({
    kind: 'stale',
    version: at,
    saves: await savesSince(scope, input.seen),
    yours: read.settings,
  });
  if (version !== input.seen) return stale(version);
  const changes = settingChanges(settings, read.settings);
  if (changes.length > 0 && !(await tx.saveSettings(who.teamId, who.userId, now, read.settings, version)))
    return stale((await tx.settings(who.teamId)).version);
  const { archiveAfterDays } = read.settings;
  if (archiveAfterDays !== settings.archiveAfterDays)
    await tx.planArchives(who.teamId, archiveAfterDays, now);
  if (read.settings.draftRestDays !== settings.draftRestDays && read.settings.draftRestDays !== null)
    await tx.moveRests(who.teamId, read.settings.draftRestDays);
  if (touchesOpen(settings, read.settings)) await sendToOpen(scope, settings, read.settings);
  return { kind: changes.length > 0 ? 'saved' : 'unchanged', changes, shown: await readSettings(scope) };
}

/** Whether open incidents show it, or their reminders go by it. */
const touchesOpen = (before: Settings, after: Settings): boolean =>
  (['severities', 'milestoneNames', 'roles', 'emoji', 'escalation'] as const).some(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );

async function sendToOpen({ tx, who, send }: Scope, before: Settings, after: Settings): Promise<void> {
  const renamed = MILESTONES.filter((key) => before.milestoneNames[key] !== after.milestoneNames[key]);
  const named = SEVERITIES.filter((key) => before.severities[key].name !== after.severities[key].name);
  for (const { id, severity } of await tx.allOpen(who.teamId)) {
    // Slack tells a channel of each new topic.
    const topic = named.includes(severity);
    await send(id, { kind: 'follow-settings', by: who.userId, topic, renamed });
  }
}

async function savesSince({ tx, who }: Scope, version: number): Promise<SettingsSave[]> {
  const rows = await tx.settingsHistory(who.teamId, SAVES_SHOWN);
  return rows
    .filter((row) => row.version > version)
    .map(({ version: number, by, at, settings, before }) => ({
      version: number,
      by,
      at,
      changes: settingChanges(before, settings),
    }));
}

/** Refuses whoever is not an admin or owner of the workspace, or of whom Slack has not said so. */
export async function mustBeAdmin({ tx, who }: Scope): Promise<void> {
  if (who.admin === true) return;
  const admins = await tx.admins(who.teamId);
  throw new Refusal({ code: 'not-admin', admins, known: typeof who.admin === 'boolean' }, 'the settings');
}
