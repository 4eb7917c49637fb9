import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { SettingChange } from '../../incident/settingsChanges.ts';
import { SETTINGS_SECTIONS, type SettingsSection } from '../../incident/settingsForm.ts';
import type { SettingsSave, SettingsShown } from '../../usecases/settings.ts';
import { CALLBACKS } from '../ids.ts';
import { clip, safe } from '../mrkdwn.ts';
import { LIMITS, section } from './blocks.ts';
import { heading, modal, option, words } from './inputs.ts';
import { SETTINGS_FIELDS, type SettingsForm } from './settingsFields.ts';
import { timeForAll } from './words.ts';

const NAMES = Object.keys(SETTINGS_SECTIONS) as SettingsSection[];

const sectionSelect: InputBlock = {
  type: 'input',
  block_id: 'section',
  label: words('What to change'),
  element: {
    type: 'static_select',
    action_id: 'section',
    placeholder: words('Choose'),
    options: NAMES.map((name) => option(name, SETTINGS_SECTIONS[name])),
  },
};

/** The parts of the settings to choose from, and who changed what before. `done`: what was just saved. */
export const settingsModal = ({ saves }: SettingsShown, done?: string): ModalView => ({
  ...modal(CALLBACKS.settings, 'Settings', 'Next', '', [
    ...(done === undefined ? [] : [section(done)]),
    sectionSelect,
    ...historyBlocks(saves),
  ]),
  close: heading('Close'),
});

function historyBlocks([last, ...earlier]: readonly SettingsSave[]): KnownBlock[] {
  if (!last) return [section('Nobody has changed the settings yet. They are as they came.')];
  const older = earlier.map((save) => `• ${saveText(save)}`);
  return [
    section(`*Last changed* by ${saveText(last)}`),
    ...(older.length > 0 ? [section(`*Before that*\n${older.join('\n')}`)] : []),
  ];
}

const saveText = ({ by, at, changes }: SettingsSave): string =>
  `<@${by}>, ${timeForAll(at)}: ${changesText(changes, 3) || 'nothing'}`;

/** `Zone in drafts: none → Europe/Berlin; …`, each cut where it is long. */
function changesText(changes: readonly SettingChange[], most: number): string {
  const value = (text: string) => (text === '' ? 'none' : clip(safe(text.replace(/\s+/g, ' ')), 120));
  const shown = changes
    .slice(0, most)
    .map(({ what, from, to }) => `${clip(safe(what), 80)}: ${value(from)} → ${value(to)}`);
  const left = changes.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

/** Said over the choice after a form was sent. */
export const savedText = (changes: readonly SettingChange[]): string =>
  changes.length === 0
    ? 'Nothing was different, so nothing was saved.'
    : `:white_check_mark: Saved. ${changesText(changes, 8)}`;

/** What others saved while the form was open. */
export const staleSettingsText = (saves: readonly SettingsSave[]): string =>
  clip(
    `:warning: The settings changed while you had this form open. *Nothing of yours is saved yet.*\n${saves
      .map((save) => `• ${saveText(save)}`)
      .join(
        '\n',
      )}\nYour form is below. Saving it again replaces what it shows, and leaves the rest as it is.`,
    LIMITS.sectionText,
  );

/** One form of the settings. `above` says what happened meanwhile. */
export function settingsFormModal(
  { section: name, settings, seen }: SettingsForm,
  above?: string,
): ModalView {
  const metadata = JSON.stringify({ section: name, seen });
  return modal(CALLBACKS.settingsForm, 'Settings', 'Save', metadata, [
    section(`*${SETTINGS_SECTIONS[name]}*`),
    ...(above === undefined ? [] : [section(above)]),
    ...SETTINGS_FIELDS[name](settings),
  ]);
}
