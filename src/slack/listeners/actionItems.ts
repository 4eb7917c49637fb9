import { z } from 'zod';
import { finishAction, openAction, planAction, undoAction } from '../../usecases/actionItems.ts';
import { makeAction } from '../../usecases/addAction.ts';
import { forForm } from '../../usecases/reads.ts';
import { actionModal, actionReply } from '../views/actions.ts';
import { onPress } from './actions.ts';
import { openForm } from './forms.ts';
import { onSubmit } from './onSubmit.ts';
import { chosen, texts } from './submissions.ts';

// The action id ends in the item's number, so that several buttons may stand in one message.
const numberIn = (actionId: string): number => Number(actionId.split('_').at(-1));

export const actionDonePressed = onPress(false, async ({ value, run, args }) => {
  const number = numberIn(args.action.action_id);
  const done = await run((scope) => finishAction(scope, { ref: { id: value }, number }));
  return actionReply(done, 'is done', true);
});

export const actionUndoPressed = onPress(true, async ({ value, run, args }) => {
  const number = numberIn(args.action.action_id);
  const undone = await run((scope) => undoAction(scope, { ref: { id: value }, number }));
  return actionReply(undone, 'is open again');
});

export const actionPlanWanted = onPress(false, async ({ value, run, args }) => {
  const number = numberIn(args.action.action_id);
  const ref = { id: value };
  const { incident, action } = await run((scope) => forForm(scope, openAction(scope, { ref, number })));
  await openForm(args, actionModal(incident, action));
  return null;
});

const metadata = z.object({ id: z.string(), number: z.number().int().nullable() });

export const actionSubmitted = onSubmit('date', async ({ run }, args) => {
  const { id, number } = metadata.parse(JSON.parse(args.view.private_metadata));
  const { action: text = '', date = '' } = texts(args);
  const [ownerId = null] = chosen(args, 'owner');
  const input = { ref: { id }, ownerId, date };
  await run(
    (scope): Promise<unknown> =>
      number === null ? makeAction(scope, { ...input, text }) : planAction(scope, { ...input, number }),
  );
  return null;
});
