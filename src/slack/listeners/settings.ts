import { z } from 'zod';
import { SETTINGS_SECTIONS, type SettingsSection } from '../../incident/settingsForm.ts';
import { changeSettings, readSettings } from '../../usecases/settings.ts';
import { isRefusal, refusalText } from '../errors.ts';
import { wordsModal } from '../views/modals.ts';
import { savedText, settingsFormModal, settingsModal, staleSettingsText } from '../views/settings.ts';
import { type Asking, askingOf, type ListenerDeps } from './context.ts';
import type { ViewArgs } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

const sectionName = z.enum(Object.keys(SETTINGS_SECTIONS) as [SettingsSection, ...SettingsSection[]]);
const metadata = z.object({ section: sectionName, seen: z.number().int() });

const answering =
  (work: (asked: Asking, args: ViewArgs) => Promise<void>) =>
  (deps: ListenerDeps) =>
  async (args: ViewArgs): Promise<void> => {
    const asked = await askingOf(deps, args);
    try {
      await work(asked, args);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await args.ack({ response_action: 'update', view: wordsModal('Settings', refusalText(error.reason)) });
    }
  };

/** A part of the settings was chosen: its form comes up in place of the choice. */
export const settingsChosen = answering(async ({ run }, args) => {
  const section = sectionName.parse(chosen(args, 'section')[0]);
  const { settings, version } = await run(readSettings);
  await args.ack({
    response_action: 'update',
    view: settingsFormModal({ section, settings, seen: version }),
  });
});

/** A form of the settings was sent: saved, or said beside the field, or shown what somebody else saved. */
export const settingsSubmitted = answering(async ({ run }, args) => {
  const { section, seen } = metadata.parse(JSON.parse(args.view.private_metadata));
  const done = await run((scope) => changeSettings(scope, { section, seen, values: valuesOf(args) }));
  switch (done.kind) {
    case 'faults':
      return args.ack({ response_action: 'errors', errors: done.faults });
    case 'stale': {
      const form = { section, settings: done.yours, seen: done.version };
      const view = settingsFormModal(form, staleSettingsText(done.saves));
      return args.ack({ response_action: 'update', view });
    }
    case 'saved':
    case 'unchanged':
      return args.ack({
        response_action: 'update',
        view: settingsModal(done.shown, savedText(done.changes)),
      });
  }
});

/** Every field of the form by its block, as text or as what was chosen. */
function valuesOf(args: ViewArgs): Record<string, string | string[]> {
  const typed = texts(args);
  return Object.fromEntries(
    Object.entries(args.view.state.values).map(([block, actions]) => {
      const isText = Object.values(actions)[0]?.type === 'plain_text_input';
      return [block, isText ? (typed[block] ?? '') : chosen(args, block)];
    }),
  );
}
