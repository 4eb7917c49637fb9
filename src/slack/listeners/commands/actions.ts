import { parseActionCommand } from '../../../incident/actionArguments.ts';
import {
  dateAction,
  dropAction,
  finishAction,
  giveAction,
  openActions,
} from '../../../usecases/actionItems.ts';
import { addAction } from '../../../usecases/addAction.ts';
import { quote } from '../../mrkdwn.ts';
import { actionReply, actionsReply } from '../../views/actions.ts';
import { message } from '../../views/blocks.ts';
import type { CommandHandler } from './types.ts';

export const actionCommand: CommandHandler = async ({ ref, rest, run }) => {
  const typed = parseActionCommand(rest);
  switch (typed.kind) {
    case 'done':
      return actionReply(await run((scope) => finishAction(scope, { ref, ...typed })), 'is done');
    case 'drop':
      return actionReply(
        await run((scope) => dropAction(scope, { ref, ...typed })),
        `is dropped: ${typed.reason}`,
      );
    case 'owner':
      return actionReply(await run((scope) => giveAction(scope, { ref, ...typed })), 'has an owner');
    case 'due':
      return actionReply(await run((scope) => dateAction(scope, { ref, ...typed })), 'has a date');
    case 'add': {
      const { number, text, ownerId, due } = await run((scope) => addAction(scope, { ref, text: rest }));
      const owner = ownerId ? `owner <@${ownerId}>` : 'no owner yet';
      return message(
        `Action item ${number}, ${owner}, ${due ? `due ${due}` : 'no date yet'}:\n${quote(text)}`,
      );
    }
  }
};

export const actionsCommand: CommandHandler = async ({ rest, run }) => {
  const all = rest.trim().toLowerCase() === 'all';
  return actionsReply(await run((scope) => openActions(scope, { all })), all);
};
