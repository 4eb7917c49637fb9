import { readSettings } from '../../../usecases/settings.ts';
import { settingsModal } from '../../views/settings.ts';
import type { CommandHandler } from './types.ts';

export const settingsCommand: CommandHandler = async ({ run, openModal }) => {
  await openModal(settingsModal(await run(readSettings)));
  return null;
};
