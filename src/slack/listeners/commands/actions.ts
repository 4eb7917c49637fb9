import { parseActionCommand } from '../../../incident/actionArguments.ts';
import {
  dateAction,
  dropAction,
  finishAction,
  giveAction,
  openActions,
  undoAction,
} from '../../../usecases/actionItems.ts';
import { addAction } from '../../../usecases/addAction.ts';
import { incidentFor } from '../../../usecases/scope.ts';
import { actionAdded, actionModal, actionReply, actionsReply } from '../../views/actions.ts';
import type { CommandHandler } from './types.ts';

export const actionCommand: CommandHandler = async ({ ref, rest, run, openModal }) => {
  const typed = parseActionCommand(rest);
  switch (typed.kind) {
    case 'done':
      return actionReply(await run((scope) => finishAction(scope, { ref, ...typed })), 'is done', true);
    case 'undo':
      return actionReply(await run((scope) => undoAction(scope, { ref, ...typed })), 'is open again');
    case 'drop':
      return actionReply(
        await run((scope) => dropAction(scope, { ref, ...typed })),
        `is dropped: ${typed.reason}`,
        true,
      );
    case 'owner':
      return actionReply(await run((scope) => giveAction(scope, { ref, ...typed })), 'has an owner');
    case 'due':
      return actionReply(await run((scope) => dateAction(scope, { ref, ...typed })), 'has a date');
    case 'add': {
      if (rest.trim() === '') {
        await openModal(actionModal(await run((scope) => incidentFor(scope, ref)), null));
        return null;
      }
      return actionAdded(await run((scope) => addAction(scope, { ref, text: rest })));
    }
  }
};

export const actionsCommand: CommandHandler = async ({ rest, run }) => {
  const all = rest.trim().toLowerCase() === 'all';
  return actionsReply(await run((scope) => openActions(scope, { all })), all);
};
